import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/customer-account.page.render';
import { render } from 'preact';
import { serviceAddress } from '../../shared/address.js';
import { useAsked } from '../../shared/asked.js';
import { sayOf } from '../../shared/say.js';
import { type Service, serviceFor } from '../../shared/service.js';
import { wordsOf } from '../../shared/words.js';
import { Standing } from './standing.js';

declare const shopify: Api;

export default () => {
  const base = `${serviceAddress()}/storefront/v1`;
  const lang = shopify.localization.extensionLanguage.value.isoCode;
  const service = serviceFor({ base, token: () => shopify.sessionToken.get(), lang });
  render(<Page service={service} lang={lang} />, document.body);
};

/** The customer's own page: what they have, why each line came, how the program works. */
function Page({ service, lang }: { service: Service; lang: string }) {
  const say = sayOf(shopify);
  const program = useAsked('program', service.program);
  return (
    <s-page heading={program.value?.name ?? say('title')}>
      <s-section heading={say('title')}>
        <Standing service={service} say={say} lang={lang} />
      </s-section>
      <History service={service} lang={lang} />
      {program.value && (
        <s-section heading={say('how')}>
          <s-unordered-list>
            {program.value.earning.map(({ id, sentence }) => (
              <s-list-item key={id}>{sentence}</s-list-item>
            ))}
          </s-unordered-list>
        </s-section>
      )}
    </s-page>
  );
}

/** Each line opens to its parts, which add up to it (T1). */
function History({ service, lang }: { service: Service; lang: string }) {
  const say = sayOf(shopify);
  const program = useAsked('program', service.program);
  const history = useAsked('history', service.history);
  const words = wordsOf(program.value, lang);
  const lines = history.value?.lines ?? [];
  return (
    <s-section heading={say('history')}>
      {history.failed && <s-text color="subdued">{say('away')}</s-text>}
      {history.value && lines.length === 0 && <s-text color="subdued">{say('none')}</s-text>}
      {lines.map((line) => (
        <s-details key={line.id}>
          <s-summary>
            {`${words.date(line.at)}: ${line.sentence} (${line.points.startsWith('-') ? '' : '+'}${words.pts(line.points, line.unit)})`}
          </s-summary>
          <s-stack gap="none">
            {line.parts.map((part, i) => (
              <s-text key={i}>{part.points === null ? part.sentence : `${part.sentence}: ${part.points}`}</s-text>
            ))}
            {line.missed.map((missed) => (
              <s-text key={missed.rule} color="subdued">
                {missed.sentence}
              </s-text>
            ))}
          </s-stack>
        </s-details>
      ))}
    </s-section>
  );
}
