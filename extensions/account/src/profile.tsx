import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/customer-account.profile.block.render';
import { render } from 'preact';
import { serviceAddress } from '../../shared/address.js';
import { sayOf } from '../../shared/say.js';
import { type Service, serviceFor } from '../../shared/service.js';
import { Standing } from './standing.js';

declare const shopify: Api;

export default () => {
  const base = `${serviceAddress()}/storefront/v1`;
  const lang = shopify.localization.extensionLanguage.value.isoCode;
  const service = serviceFor({ base, token: () => shopify.sessionToken.get(), lang });
  render(<Profile service={service} lang={lang} />, document.body);
};

function Profile({ service, lang }: { service: Service; lang: string }) {
  const say = sayOf(shopify);
  return (
    <s-section heading={say('title')}>
      <Standing service={service} say={say} lang={lang} />
    </s-section>
  );
}
