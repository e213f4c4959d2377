import { useState } from 'preact/hooks';
import type { HistoryLine, Member } from '../../widget/answers.js';
import { useAsked } from './asked.js';
import type { Say } from './say.js';
import type { Service } from './service.js';
import { type Words, wordsOf } from './words.js';

export interface ThanksProps {
  service: Service;
  say: Say;
  lang: string;
  /** Shopify's number of the order. */
  order: string;
  /** Null = a guest: nothing can be joined or kept without knowing who it is. */
  customer: string | null;
}

/** After an order: what it gave a member and why; one tap to join for a customer who is none yet; a way in for a guest. */
export function Thanks({ service, say, lang, order, customer }: ThanksProps) {
  const program = useAsked('program', service.program);
  const member = useAsked(customer === null ? null : `member ${customer}`, service.member);
  const words = wordsOf(program.value, lang);
  if (program.failed || member.failed) return <s-text color="subdued">{say('away')}</s-text>;
  if (!program.value) return <s-skeleton-paragraph />;
  const { name } = program.value;
  if (customer === null)
    return (
      <s-stack gap="small-200">
        <s-heading>{name}</s-heading>
        <s-text>{say('guest')}</s-text>
      </s-stack>
    );
  if (!member.value) return <s-skeleton-paragraph />;
  return (
    <s-stack gap="small-200">
      <s-heading>{name}</s-heading>
      {member.value.member ? (
        <Given service={service} say={say} words={words} order={order} member={member.value} />
      ) : (
        <Join service={service} say={say} order={order} joined={member.again} />
      )}
    </s-stack>
  );
}

/** Points of an order are there within seconds; until then it says so instead of a number that may be wrong. */
function Given({
  service,
  say,
  words,
  order,
  member,
}: Omit<ThanksProps, 'lang' | 'customer'> & { words: Words; member: Member }) {
  const history = useAsked(`history ${order}`, () => untilCounted(service, order));
  const points = member.balances['points'];
  const lines = (history.value?.lines ?? []).filter((line) => isOf(line, order));
  return (
    <s-stack gap="small-200" accessibilityRole="status">
      {lines.length === 0 && <s-text>{say('counting')}</s-text>}
      {lines.map((line) => (
        <s-stack key={line.id} gap="none">
          <s-text type="strong">{line.sentence}</s-text>
          {line.parts.map((part, i) => (
            <s-text key={i} color="subdued">
              {part.sentence}
            </s-text>
          ))}
        </s-stack>
      ))}
      {points && <s-text>{say('balance', { pts: words.pts(points.available, 'points') })}</s-text>}
    </s-stack>
  );
}

const isOf = ({ cause }: HistoryLine, order: string): boolean =>
  cause.kind === 'order' && cause.id.split('/').at(-1) === order;

const LOOKS = 5;
const BETWEEN_MS = 2_000;

async function untilCounted(service: Service, order: string): ReturnType<Service['history']> {
  for (let looks = 1; ; looks += 1) {
    const history = await service.history();
    if (looks === LOOKS || history.lines.some((line) => isOf(line, order))) return history;
    await new Promise((done) => setTimeout(done, BETWEEN_MS));
  }
}

function Join({ service, say, order, joined }: { service: Service; say: Say; order: string; joined(): void }) {
  const [state, setState] = useState<'asked' | 'busy' | 'failed' | 'declined'>('asked');
  if (state === 'declined') return null;
  const join = () => {
    setState('busy');
    service.join(order).then(joined, () => setState('failed'));
  };
  return (
    <s-stack gap="small-200">
      <s-text>{say('join.why')}</s-text>
      <s-stack direction="inline" gap="base">
        <s-button variant="primary" loading={state === 'busy'} onClick={join}>
          {say('join.do')}
        </s-button>
        <s-button variant="secondary" onClick={() => setState('declined')}>
          {say('join.no')}
        </s-button>
      </s-stack>
      <s-stack accessibilityRole="status">{state === 'failed' && <s-text>{say('join.failed')}</s-text>}</s-stack>
    </s-stack>
  );
}
