import { divergencesOf, instantsOf } from './divergences.js';
import type { History } from './format.js';
import { randomHistory } from './random-history.js';
import { shrink } from './shrink.js';

const OPERATIONS = Number(process.env['ORACLE_OPERATIONS'] ?? 200_000);
/** Printed with what is found. The same without being told, so that one code has one verdict; `date +%s` looks where nobody looked. */
const SEED = Number(process.env['ORACLE_SEED'] ?? 1_795_417_294);
const MOST_PER_HISTORY = 40;

export interface Agreement {
  from: number;
  operations: number;
  histories: number;
  /** The first seed at which they differ, the shortest history that shows it and what differs; null = they agree. */
  difference: { ORACLE_SEED: number; smallest: History; differences: string[] } | null;
}

/** The seeds of one of two halves: each test file plays one, so that both cores have something to do. */
export function playHalf(half: 0 | 1): Agreement {
  const most = Math.ceil(OPERATIONS / 2);
  const done: Agreement = { from: SEED, operations: 0, histories: 0, difference: null };
  for (let seed = 2 * SEED + half; done.operations < most; seed += 2) {
    const operations = Math.min(10 + (seed % (MOST_PER_HISTORY - 9)), most - done.operations);
    done.operations += operations;
    done.histories += 1;
    // two of five say more than the format knows
    const beyond = seed % 5 >= 3;
    const history = randomHistory(seed, { operations, beyond });
    const instants = instantsOf(history, seed);
    if (divergencesOf(history, instants).length === 0) continue;
    const smallest = shrink(history, (smaller) => differs(smaller, instants));
    return { ...done, difference: { ORACLE_SEED: SEED, smallest, differences: divergencesOf(smallest, instants) } };
  }
  return done;
}

const NAMES_A_MEMBER = ['member', 'advocate', 'from', 'into', 'to', 'head'];

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
