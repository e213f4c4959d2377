import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/customer-account.order-status.block.render';
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
  render(<OrderStatus service={service} lang={lang} />, document.body);
};

/** Whoever came by a link of a mail is not signed in yet: then it is a guest's page. */
function OrderStatus({ service, lang }: { service: Service; lang: string }) {
  const signedIn = shopify.authenticationState.value === 'fully_authenticated';
  const customer = signedIn ? (shopify.buyerIdentity?.customer.value?.id ?? null) : null;
  const order = shopify.order.value;
  if (!order) return <s-skeleton-paragraph />;
  return <Thanks service={service} say={sayOf(shopify)} lang={lang} order={numberOf(order.id)} customer={customer} />;
}
