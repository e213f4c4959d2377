import { announce } from './announce.js';
import type { CartFacts, Held, Redeemable, Redemption } from './answers.js';
import { newKey, Refused } from './client.js';
import type { Scene, Stage } from './scene.js';

const FIRST_POLL = 120;
const LAST_POLL = 1000;
const LONGEST_POLL = 60_000;

function step(s: Scene, stage: Stage): void {
  s.stage = stage;
  s.draw();
}

/** What goes into the purse at the platform, to a cause, or over the counter: whatever is in the cart. */
export const needsNoCart = (kind?: string) => kind === 'store-credit' || kind === 'donation' || kind === 'by-hand';

/** What came of it: money off where it is known, else what it was. */
export function outcome({ words, program }: Scene, { reward: id, points, unit, off }: Redemption): string {
  const reward = program.rewards.find((one) => one.id === id);
  const pts = words.pts(points, unit);
  if (off.minor) return words.say('off', { money: words.money(off), pts });
  const minor = (+points / Number(reward?.slider?.step)) * Number(reward?.slider?.offPerStep.minor);
  const what = minor ? words.say('purse', { money: words.money({ ...off, minor }) }) : (reward?.title ?? id);
  return words.say('given', { reward: what, pts });
}

const refusal = (s: Scene, why: unknown) =>
  why instanceof Refused ? why.message || s.words.say('refused') : s.words.say('unsure');

/** Waits until the platform has the code, then tells the page, which puts it into its cart. */
async function follow(s: Scene, redemption: Redemption, byHand: boolean): Promise<void> {
  const mine: Stage = { is: 'placing', redemption };
  step(s, mine);
  for (let wait = FIRST_POLL; s.stage === mine && s.alive(); wait = Math.min(LAST_POLL, wait * 1.5)) {
    const { state, code, codeState, reward, points, unit, off, id } = mine.redemption;
    const kind = s.program.rewards.find((one) => one.id === reward)?.kind;
    const keptForHand = state === 'held' && codeState === 'killed' && kind === 'by-hand';
    // no code will come: it was given at once, or staff hand it out
    if (state === 'captured' || keptForHand) {
      const pts = s.words.pts(points, unit);
      s.told['redeem'] = keptForHand ? s.words.say('kept', { pts }) : outcome(s, mine.redemption);
      step(s, { is: 'choosing' });
      announce(s.told['redeem']);
      return s.changed();
    }
    if (codeState === 'live' && code) {
      s.focusNext = byHand;
      step(s, { is: 'applied', redemption: mine.redemption });
      if (byHand) announce(outcome(s, mine.redemption));
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

/** What is asked with where the page told no cart. */
export const noCart = ({ facts }: Scene): CartFacts => ({ currency: facts.currency, lines: [] });

/** Holds points for money off. A lost answer is asked for again under the same key, so it counts once. */
export async function redeem(s: Scene, offer: Redeemable, points?: string, key = newKey()): Promise<void> {
  const cart = s.facts.cart ?? noCart(s);
  if (s.stage.is !== 'choosing') return;
  s.told['redeem'] = '';
  const sentence = s.words.say('holding', { pts: s.words.pts(points ?? offer.points, offer.unit) });
  step(s, { is: 'holding', reward: offer.reward, sentence });
  announce(sentence);
  try {
    const held = await s.client.redeem({ reward: offer.reward, ...(points ? { points } : {}), cart }, key);
    s.points = {};
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

/** Points are back once the code is dead at the platform; a shop that takes its time is waited for, with ever longer pauses. */
async function awaitBack(s: Scene, id: string): Promise<void> {
  for (let wait = LAST_POLL; s.alive() && wait < LONGEST_POLL; wait *= 1.5) {
    await new Promise((done) => setTimeout(done, wait));
    const now = await s.client.redemption(id).catch(() => null);
    if (now && now.state !== 'held') return s.changed();
  }
}

/** Gives the points back: shown at once, as nothing is lost if the service says no; then it stands there again. */
export async function undo(s: Scene, redemption: Redemption): Promise<void> {
  const before = s.stage;
  s.undone = redemption.id;
  step(s, { is: 'choosing' });
  try {
    const { state } = await s.client.undo(redemption.id);
    announce(s.words.say('back', { pts: s.words.pts(redemption.points, redemption.unit) }));
    s.emit('tally:undone', { code: redemption.code, redemption: redemption.id });
    s.changed();
    if (state === 'held') void awaitBack(s, redemption.id);
  } catch (why) {
    s.undone = '';
    step(s, before);
    announce(refusal(s, why));
  }
}
