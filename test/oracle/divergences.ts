import { playExample, type Example } from '../support/play-example.js';
import { dice } from './dice.js';
import type { AskedCart, History } from './format.js';
import { arrivalOf, byArrival } from './known.js';
import { cartShown, statesOf, type State } from './state.js';

const DAY = 24 * 60 * 60_000;

/** When both are asked: at an arrival, or just before one, or at the last of them; long after it; or at both. */
export function instantsOf(history: History, seed: number): number[] {
  const roll = dice(seed);
  const arrivals = byArrival(history).map(arrivalOf);
  const last = arrivals[arrivals.length - 1] ?? 0;
  const within = roll.int(0, 2) === 0 ? last : roll.pick(arrivals) - roll.int(0, 1);
  const later = last + roll.int(1, 200) * DAY;
  const some = roll.pick([[within], [later], [within, later]]);
  return [...new Set(some)].sort((a, b) => a - b);
}

/** Orders of which the reason says that their lines were judged: only then `missed`, `lines` and the rest are compared. */
const JUDGED = ['earned', 'zero-base', 'rounds-to-zero', 'no-rule'];

const compared = (state: State): Record<string, unknown> => ({
  ...state,
  decisions: Object.fromEntries(
    Object.entries(state.decisions).map(([id, decision]) => [
      id,
      JUDGED.includes(decision.reason) ? decision : { reason: decision.reason, gives: decision.gives },
    ]),
  ),
});

/** What a member could do with a cart, asked at the last instant. */
function cartsOf(history: History, seed: number): AskedCart[] {
  const members = history.history.flatMap((event) => (event.kind === 'join' ? [event.member] : []));
  const orders = history.history.flatMap((event) => (event.kind === 'order' ? [event] : []));
  const roll = dice(seed);
  if (members.length === 0 || orders.length === 0) return [];
  const { lines, shipping = {} } = roll.pick(orders);
  return [{ member: roll.pick(members), lines, shipping }];
}

/** Where the product's engine differs from the oracle on a history; an oracle that fails is a difference too. */
export function divergencesOf(history: History, instants: number[], seed = 1): string[] {
  const states = statesOf(history, instants);
  const expected = states.map(({ state, books }, index) => {
    if (index < states.length - 1) return compared(state);
    const present = (cart: AskedCart): boolean => cart.member in state.members;
    const carts = cartsOf(history, seed).filter(present);
    return { ...compared(state), carts: carts.map((cart) => ({ ...cart, ...cartShown(books, cart) })) };
  });
  const example = { id: 'random', title: 'random', ...history, expect: expected } as unknown as Example;
  return playExample(example);
}
