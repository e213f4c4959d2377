import { told } from '../acting.js';
import type { Preview, Redeemable } from '../answers.js';
import { needsNoCart, noCart, outcome, redeem, resume, undo } from '../redeeming.js';
import type { Scene, Stage } from '../scene.js';
import { amount } from './amount.js';
import { joining } from './join.js';
import { Button, Card, earns, Mark, signIn, waiting } from './pieces.js';
import { preview } from './product.js';

/** What this cart earns, and points as money off it: choose, hold, applied, removed. */
export function cartBlock(s: Scene) {
  const { words, facts } = s;
  if (!facts.cart) return null;
  const { asked, pts } = preview(s, facts.cart);
  const member = s.ask('member', '', s.client.member);
  const answer = asked.value;
  if (!answer || !member.value) return waiting(asked.failed ? asked : member, words, s.again, 6);
  return (
    <Card>
      {pts && earns(s, words.say('earnOrder', { pts }))}
      {!member.value.customer
        ? signIn(s)
        : !member.value.member
          ? joining(s, member.value)
          : using(s, answer.redeem, answer.held[0])}
    </Card>
  );
}

/** What needs no cart, where the page told none. */
export function purse(s: Scene) {
  const kinds = new Map(s.program.rewards.map(({ id, kind }) => [id, kind]));
  const cartless = ({ reward }: { reward: string }) => needsNoCart(kinds.get(reward));
  if (s.facts.cart || ![...kinds.values()].some(needsNoCart)) return null;
  const { asked } = preview(s, noCart(s));
  const answer = asked.value;
  if (!answer) return waiting(asked, s.words, s.again);
  return <Card>{using(s, answer.redeem.filter(cartless), answer.held.find(cartless))}</Card>;
}

function using(s: Scene, offers: Redeemable[], held: Preview['held'][number] | undefined) {
  const { stage } = s;
  if (held && stage.is === 'choosing' && held.redemption !== s.undone)
    resume(s, held, offers.find((offer) => offer.reward === held.reward)?.unit ?? 'points');
  return stage.is === 'placing' || stage.is === 'applied' ? applied(s, stage) : choices(s, offers, stage);
}

function choices(s: Scene, offers: Redeemable[], stage: Stage) {
  const { words } = s;
  const busy = (id: string) => (stage.is === 'holding' ? (stage.reward === id ? stage.sentence : '') : null);
  const rest: Redeemable[] = [];
  const sliders = offers.map((offer) => {
    const reward = s.program.rewards.find((one) => one.id === offer.reward);
    if (reward?.slider && offer.points !== '0') return amount(s, offer, reward, busy(offer.reward));
    rest.push(offer);
    return null;
  });
  return (
    <>
      {offers.length > 0 && <h3>{words.say('use')}</h3>}
      {sliders}
      {told(s, 'redeem')}
      <ul class="ledger">{rest.map((offer) => fixed(s, offer, busy(offer.reward)))}</ul>
      {stage.is === 'choosing' && stage.trouble && (
        <p class="trouble">
          {stage.trouble}{' '}
          {stage.retry && (
            <Button kind="link" go={stage.retry}>
              {words.say('again')}
            </Button>
          )}
        </p>
      )}
    </>
  );
}

/** A reward of a fixed price: a button where it can be used, else the one reason why not. */
function fixed(s: Scene, offer: Redeemable, busy: string | null) {
  const { words } = s;
  const pts = words.pts(offer.points, offer.unit);
  const usable = offer.points !== '0';
  const reward = s.program.rewards.find((one) => one.id === offer.reward);
  const label = offer.off.minor ? words.say('useFor', { pts, money: words.money(offer.off) }) : words.say('use');
  return (
    <li key={offer.reward} class="row">
      <span>
        {reward?.title ?? offer.reward}
        <small>
          {usable ? pts : offer.sentence} {usable && reward?.stock}{' '}
          {usable && reward?.kind === 'donation' && words.say('final')}
        </small>
      </span>
      {usable && (
        <Button off={busy !== null} go={() => void redeem(s, offer)}>
          {busy || label}
        </Button>
      )}
    </li>
  );
}

/** Points are held; the money is off, or on its way. Removing is in the shopper's own hand. */
function applied(s: Scene, stage: Extract<Stage, { is: 'placing' | 'applied' }>) {
  const { words } = s;
  const { reward: id, points, unit, code } = stage.redemption;
  const done = stage.is === 'applied';
  const sentence = done
    ? outcome(s, stage.redemption)
    : needsNoCart(s.program.rewards.find((one) => one.id === id)?.kind)
      ? words.say('holding', { pts: words.pts(points, unit) })
      : words.say('placing');
  return (
    <div
      class="row applied"
      ref={(box) => {
        if (!s.focusNext || !box) return;
        s.focusNext = false;
        box.querySelector('button')?.focus();
      }}
    >
      <Mark drawn={done} />
      <span>
        {sentence}
        {done && <small>{code}</small>}
      </span>
      <Button go={() => void undo(s, stage.redemption)}>{words.say('remove')}</Button>
    </div>
  );
}
