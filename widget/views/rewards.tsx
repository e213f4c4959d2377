import type { Member, Reward } from '../answers.js';
import { needsNoCart } from '../redeeming.js';
import type { Scene } from '../scene.js';
import { cartBlock, purse } from './cart.js';
import { Bar, Card, Icon } from './pieces.js';

/** What can be had, what each costs, and what is missing. Where the page told its cart, points are used right here. */
export function rewards(s: Scene, member: Member) {
  const { words, program, facts } = s;
  return (
    <>
      {facts.view !== 'cart' && member.member && (facts.cart?.lines.length ? cartBlock(s) : purse(s))}
      <Card title={words.say('rewards')}>
        {program.rewards.length > 0 ? (
          <ul class="ledger">{program.rewards.map((reward) => one(s, reward, member))}</ul>
        ) : (
          <p>{words.say('noRewards')}</p>
        )}
        {member.member && !facts.cart && program.rewards.some(({ kind }) => !needsNoCart(kind)) && (
          <p class="m">{words.say('cartHint')}</p>
        )}
      </Card>
    </>
  );
}

function one(
  { words }: Scene,
  { id, kind, title, slider, points, unit, left: pieces, stock }: Reward,
  { member, balances }: Member,
) {
  const price = Number(points ?? slider?.min ?? 0);
  const have = Number(balances[unit]?.available ?? 0);
  const left = price - have;
  return (
    <li class="goal" key={id}>
      <span class={`tile ${member && left <= 0 && pieces !== 0 ? 'on' : ''}`}>
        <Icon of={kind} />
      </span>
      <span>
        <b>{title}</b>
        {points && <small>{words.pts(price, unit)}</small>}
        {stock && <small>{stock}</small>}
        {member && left > 0 && pieces !== 0 && <Bar share={have / price} />}
      </span>
      {member && pieces !== 0 && (
        <small class={left > 0 ? '' : 'gained'}>
          {left > 0 ? words.say('missing', { pts: words.pts(left, unit) }) : words.say('ready')}
        </small>
      )}
    </li>
  );
}
