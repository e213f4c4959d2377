import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/purchase.thank-you.block.render';
import { render } from 'preact';
import { serviceAddress } from '../../shared/address.js';
import { numberOf } from '../../shared/checkout-cart.js';
import { sayOf } from '../../shared/say.js';
import { type Service, serviceFor } from '../../shared/service.js';
import { Thanks } from '../../shared/thanks.js';

declare const shopify: Api;

export default () => {
  const base = `${serviceAddress()}/storefront/v1`;
  const lang = shopify.localization.extensionLanguage.value.isoCode;
  const service = serviceFor({ base, token: () => shopify.sessionToken.get(), lang });
  render(<ThankYou service={service} lang={lang} />, document.body);
};

function ThankYou({ service, lang }: { service: Service; lang: string }) {
  const customer = shopify.buyerIdentity?.customer.value?.id ?? null;
  const order = numberOf(shopify.orderConfirmation.value.order.id);
  return <Thanks service={service} say={sayOf(shopify)} lang={lang} order={order} customer={customer} />;
}
