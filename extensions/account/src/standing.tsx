import { useState } from 'preact/hooks';
import { useAsked } from '../../shared/asked.js';
import type { Say } from '../../shared/say.js';
import type { Service } from '../../shared/service.js';
import { type Words, wordsOf } from '../../shared/words.js';
import type { Member, Program } from '../../../widget/answers.js';

export interface StandingProps {
  service: Service;
  say: Say;
  lang: string;
}

/** What the customer has, by unit, and what becomes of it next; who is no member can join right here. */
export function Standing({ service, say, lang }: StandingProps) {
  const program = useAsked('program', service.program);
  const member = useAsked('member', service.member);
  const [failed, setFailed] = useState(false);
  if (program.failed || member.failed) return <s-text color="subdued">{say('away')}</s-text>;
  if (!program.value || !member.value) return <s-skeleton-paragraph />;
  const words = wordsOf(program.value, lang);
  if (member.value.member) return <Balances program={program.value} member={member.value} say={say} words={words} />;
  return (
    <s-stack gap="small-200">
      <s-text>{say('join.why')}</s-text>
      <s-button variant="primary" onClick={() => void service.join().then(member.again, () => setFailed(true))}>
        {say('join.do')}
      </s-button>
      <s-stack accessibilityRole="status">{failed && <s-text>{say('join.failed')}</s-text>}</s-stack>
    </s-stack>
  );
}

function Balances({ program, member, say, words }: { program: Program; member: Member; say: Say; words: Words }) {
  return (
    <s-stack gap="small-200">
      {Object.entries(member.balances).map(([unit, balance]) => (
        <s-stack key={unit} gap="none">
          <s-text type="strong">
            {balance.worth && balance.worth.minor > 0
              ? say('worth', { pts: words.pts(balance.available, unit), money: words.money(balance.worth) })
              : say('balance', { pts: words.pts(balance.available, unit) })}
          </s-text>
          {balance.nextUsable && (
            <s-text color="subdued">
              {say('pending', {
                pts: words.pts(balance.nextUsable.points, unit),
                date: words.date(balance.nextUsable.at),
              })}
            </s-text>
          )}
          {balance.nextToEnd && (
            <s-text color="subdued">
              {say('ends', { pts: words.pts(balance.nextToEnd.points, unit), date: words.date(balance.nextToEnd.at) })}
            </s-text>
          )}
        </s-stack>
      ))}
      {member.tier !== null && <s-text>{say('tier', { tier: member.tier, program: program.name })}</s-text>}
    </s-stack>
  );
}
