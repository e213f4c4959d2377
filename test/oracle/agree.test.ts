import { expect, test } from '@jest/globals';
import { divergencesOf, instantsOf } from './divergences.js';
import type { History } from './format.js';
import { randomHistory } from './random-history.js';
import { shrink } from './shrink.js';

const OPERATIONS = Number(process.env['ORACLE_OPERATIONS'] ?? 4_000);
const SEED = Number(process.env['ORACLE_SEED'] ?? 1);
const MOST_PER_HISTORY = 40;

test(`the engine and the oracle agree on ${OPERATIONS} random operations from seed ${SEED}`, () => {
  let seed = SEED;
  for (let played = 0; played < OPERATIONS; seed += 1) {
    const operations = Math.min(10 + (seed % (MOST_PER_HISTORY - 9)), OPERATIONS - played);
    played += operations;
    const history = randomHistory(seed, { operations });
    const instants = instantsOf(history, seed);
    if (divergencesOf(history, instants).length === 0) continue;
    const smallest = shrink(history, (smaller) => differs(smaller, instants));
    expect({ ORACLE_SEED: seed, smallest, differences: divergencesOf(smallest, instants) }).toBeNull();
  }
}, 900_000);

const NAMES_A_MEMBER = ['member', 'advocate', 'from', 'into'];

/** A history that no longer makes sense to one of the two is no smaller example of the difference. */
function differs(history: History, instants: number[]): boolean {
  const joined = history.history.flatMap((event) => (event.kind === 'join' ? [event.member] : []));
  const named = history.history
    .flatMap((event) => Object.entries(event))
    .filter(([key]) => NAMES_A_MEMBER.includes(key));
  if (!named.every(([, member]) => joined.includes(member as string))) return false;
  try {
    return divergencesOf(history, instants).length > 0;
  } catch {
    return false;
  }
}
