import { useState } from 'preact/hooks';
import type { CartFacts, Preview, Redeemable } from '../../../widget/answers.js';
import { useAsked } from '../../shared/asked.js';
import { type Outcome, type TakeCode, useReward } from '../../shared/redeeming.js';
import type { Say } from '../../shared/say.js';
import type { Service } from '../../shared/service.js';
import { type Words, wordsOf } from '../../shared/words.js';

export interface MemberAtTillProps {
  service: Service;
  say: Say;
  lang: string;
  cart: CartFacts;
  take: TakeCode;
  /** Takes our discount off the sale. */
  drop(): Promise<void>;
  tell(text: string): void;
}

const pace = { wait: (ms: number) => new Promise<void>((done) => setTimeout(done, ms)) };

/** Balance, what this sale earns, and rewards that this sale can take; who is no member can be made one. */
export function MemberAtTill({ service, say, lang, cart, take, drop, tell }: MemberAtTillProps) {
  const [round, setRound] = useState(0);
  const [busy, setBusy] = useState(false);
  const program = useAsked('program', service.program);
  const member = useAsked(`member ${round}`, service.member);
  const preview = useAsked(`${round} ${JSON.stringify(cart)}`, () => service.preview(cart));
  if (program.failed || member.failed || preview.failed) return <s-text>{say('away')}</s-text>;
  if (!program.value || !member.value || !preview.value) return <s-spinner />;
  const words = wordsOf(program.value, lang);
  const again = () => setRound((before) => before + 1);
  const settle = (outcome: Outcome) => {
    setBusy(false);
    again();
    if (outcome.is === 'applied') tell(say('used', { money: words.money(outcome.redemption.off) }));
    else tell(outcome.is === 'refused' ? outcome.why || say('refused') : say('unknown'));
  };
  if (!member.value.member)
    return (
      <s-stack gap="base">
        <s-text>{say('member.none')}</s-text>
        <s-button variant="primary" onClick={() => void service.join().then(again, () => tell(say('refused')))}>
          {say('member.join')}
        </s-button>
      </s-stack>
    );
  return (
    <s-stack gap="base">
      {Object.entries(member.value.balances).map(([unit, { available }]) => (
        <s-text key={unit} type="strong">
          {say('member.balance', { pts: words.pts(available, unit) })}
        </s-text>
      ))}
      <s-text>{say('earn', { sentence: preview.value.earnSentence })}</s-text>
      <Held
        preview={preview.value}
        words={words}
        say={say}
        remove={(id) => {
          setBusy(true);
          void drop()
            .then(() => service.undo(id))
            .then(() => settle({ is: 'refused', why: say('removed') }))
            .catch(() => settle({ is: 'refused', why: say('unknown') }));
        }}
      />
      {preview.value.held.length === 0 &&
        preview.value.redeem
          .filter(({ points, off }) => points !== '0' && off.minor > 0)
          .map((one) => (
            <Offer
              key={one.reward}
              one={one}
              words={words}
              say={say}
              busy={busy}
              use={() => {
                setBusy(true);
                void useReward(service, { reward: one.reward, cart }, take, pace).then(settle);
              }}
            />
          ))}
    </s-stack>
  );
}

function Held({ preview, words, say, remove }: { preview: Preview; words: Words; say: Say; remove(id: string): void }) {
  return (
    <s-stack gap="base">
      {preview.held.map((held) => (
        <s-stack key={held.redemption} direction="inline" gap="base">
          <s-text>{say('applied', { money: words.money(held.off), pts: words.pts(held.points, 'points') })}</s-text>
          <s-button onClick={() => remove(held.redemption)}>{say('remove')}</s-button>
        </s-stack>
      ))}
    </s-stack>
  );
}

interface OfferProps {
  one: Redeemable;
  words: Words;
  say: Say;
  busy: boolean;
  use(): void;
}

function Offer({ one, words, say, busy, use }: OfferProps) {
  return (
    <s-stack gap="small">
      <s-text color="subdued">{one.sentence}</s-text>
      <s-button variant="primary" loading={busy} onClick={use}>
        {say('use', { money: words.money(one.off), pts: words.pts(one.points, one.unit) })}
      </s-button>
    </s-stack>
  );
}
