import '@shopify/ui-extensions/preact';
import type { Api } from '@shopify/ui-extensions/pos.customer-details.block.render';
import { render } from 'preact';
import { useAsked } from '../../shared/asked.js';
import { sayOf } from '../../shared/say.js';
import type { Service } from '../../shared/service.js';
import { wordsOf } from '../../shared/words.js';
import { serviceAtTill } from './till-service.js';

declare const shopify: Api;

export default () => render(<CustomerBlock service={serviceAtTill(shopify, shopify.customer.id)} />, document.body);

/** On the customer's own screen: what they have. */
function CustomerBlock({ service }: { service: Service }) {
  const say = sayOf(shopify);
  const program = useAsked('program', service.program);
  const member = useAsked('member', service.member);
  const words = wordsOf(program.value, shopify.locale.current.value);
  return (
    <s-pos-block heading={program.value?.name ?? say('title')}>
      {(program.failed || member.failed) && <s-text>{say('away')}</s-text>}
      {member.value && !member.value.member && <s-text>{say('member.none')}</s-text>}
      {member.value?.member &&
        Object.entries(member.value.balances).map(([unit, { available }]) => (
          <s-text key={unit}>{say('member.balance', { pts: words.pts(available, unit) })}</s-text>
        ))}
    </s-pos-block>
  );
}
