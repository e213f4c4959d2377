import { playExample, type Example } from '../support/play-example.js';
import { dice } from './dice.js';
import type { History } from './format.js';
import { arrivalOf, byArrival } from './known.js';
import { statesOf, type State } from './state.js';

const DAY = 24 * 60 * 60_000;

/** A few instants at which both are asked: at arrivals, just before one, and long after the last. */
export function instantsOf(history: History, seed: number): number[] {
  const roll = dice(seed);
  const arrivals = byArrival(history).map(arrivalOf);
  const last = arrivals[arrivals.length - 1] ?? 0;
  const some = [roll.pick(arrivals), roll.pick(arrivals) - 1, last, last + roll.int(1, 200) * DAY];
  return [...new Set(some)].sort((a, b) => a - b);
}

/** Compared: balances, lots, debts, tiers, cards, membership, nets of orders, gives and reasons, redemptions, liability. */
const compared = (state: State): Record<string, unknown> => ({
  ...state,
  decisions: Object.fromEntries(
    Object.entries(state.decisions).map(([id, { reason, gives }]) => [id, { reason, gives }]),
  ),
});

/** Where the product's engine differs from the oracle on a history; an oracle that fails is a difference too. */
export function divergencesOf(history: History, instants: number[]): string[] {
  const expected = statesOf(history, instants).map(({ state }) => compared(state));
  const example = { id: 'random', title: 'random', ...history, expect: expected } as unknown as Example;
  return playExample(example);
}
