import { announce } from './announce.js';
import type { Held, Redeemable, Redemption } from './answers.js';
import { newKey, Refused } from './client.js';
import type { Scene, Stage } from './scene.js';

const FIRST_POLL = 120;
const LAST_POLL = 1000;

function step(s: Scene, stage: Stage): void {
  s.stage = stage;
  s.draw();
}

const refusal = (s: Scene, why: unknown) =>
  why instanceof Refused ? why.message || s.words.say('refused') : s.words.say('unsure');

/** Waits until the platform has the code, then tells the page, which puts it into its cart. */
async function follow(s: Scene, redemption: Redemption, byHand: boolean): Promise<void> {
  const mine: Stage = { is: 'placing', redemption };
  step(s, mine);
  for (let wait = FIRST_POLL; s.stage === mine && s.alive(); wait = Math.min(LAST_POLL, wait * 1.5)) {
    const { state, code, codeState, points, unit, off, id } = mine.redemption;
    if (codeState === 'live' && code) {
      s.focusNext = byHand;
      step(s, { is: 'applied', redemption: mine.redemption });
      if (byHand) announce(s.words.say('off', { money: s.words.money(off), pts: s.words.pts(points, unit) }));
      s.emit('tally:redeemed', { code, off, redemption: id, byHand });
      return byHand ? s.changed() : undefined;
    }
    if (state === 'released' || state === 'returned' || codeState === 'failed') {
      step(s, { is: 'choosing', trouble: s.words.say('refused') });
      return s.changed();
    }
    await new Promise((done) => setTimeout(done, wait));
    mine.redemption = await s.client.redemption(id).catch(() => mine.redemption);
  }
}

/** Holds points for money off. A lost answer is asked for again under the same key, so it counts once. */
export async function redeem(s: Scene, offer: Redeemable, points?: string, key = newKey()): Promise<void> {
  const cart = s.facts.cart;
  if (!cart || s.stage.is !== 'choosing') return;
  const sentence = s.words.say('holding', { pts: s.words.pts(points ?? offer.points, offer.unit) });
  step(s, { is: 'holding', reward: offer.reward, sentence });
  announce(sentence);
  try {
    const held = await s.client.redeem({ reward: offer.reward, ...(points ? { points } : {}), cart }, key);
    s.points = 0;
    await follow(s, held, true);
  } catch (why) {
    const trouble = refusal(s, why);
    const retry = () => void redeem(s, offer, points, why instanceof Refused ? newKey() : key);
    step(s, { is: 'choosing', trouble, retry });
    announce(trouble);
  }
}

/** Takes up what the service already holds for this shopper, e.g. from another page. */
export function resume(s: Scene, held: Held, unit: string): void {
  const { redemption: id, reward, points, off, code, expiresAt } = held;
  const codeState = code ? 'live' : 'wanted';
  queueMicrotask(() => {
    if (s.stage.is === 'choosing')
      void follow(s, { id, state: 'held', reward, unit, points, off, code: code || null, codeState, expiresAt }, false);
  });
}

/** Gives the points back: shown at once, as nothing is lost if the service says no; then it stands there again. */
export async function undo(s: Scene, redemption: Redemption): Promise<void> {
  const before = s.stage;
  s.undone = redemption.id;
  step(s, { is: 'choosing' });
  try {
    await s.client.undo(redemption.id);
    announce(s.words.say('back', { pts: s.words.pts(redemption.points, redemption.unit) }));
    s.emit('tally:undone', { code: redemption.code, redemption: redemption.id });
    s.changed();
  } catch (why) {
    s.undone = '';
    step(s, before);
    announce(refusal(s, why));
  }
}
