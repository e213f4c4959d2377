import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { Tx } from '../db/database.js';
import type { MemberRef } from './lock-members.js';
import { explained } from './post.js';
import { settleDue } from './sweeps.js';

/** A reservation of points for a redemption. */
export interface Hold extends MemberRef {
  unit: string;
  points: bigint;
  /** The activity key of the redemption: `redemption:<id>`. */
  cause: string;
  at: Millis;
}

/** What a hold took from a lot. */
export interface Draw {
  of: string;
  points: bigint;
}

interface Answer {
  outcome: 'held' | 'held_before' | 'due' | 'short';
  draws: { of: string; points: string }[] | null;
}

/** migrations/0006_hold.sql: the walk takes lots by the index lot_open and stops when the need is met. */
export const HOLD = 'select outcome, draws from ledger_hold($1, $2, $3, $4, $5, to_timestamp($6::float8 / 1000))';

/**
 * Moves points from available to held, taking usable lots by soonest end, then oldest, then key (one move a lot: kind
 * 'hold', as the replay would say). Locks the member first; 64 at once leave exactly floor(balance / points) granted.
 * Asked again with the same cause it answers with what it drew then. One round trip, however many lots are open.
 * @throws AppError `not_enough_points` (409), also while what fell due of the member waits for a replay
 */
export async function hold(tx: Tx, wish: Hold): Promise<Draw[]> {
  let answer = await ask(tx, wish);
  if (answer.outcome === 'due') {
    await settleDue(tx, wish, wish.at);
    answer = await ask(tx, wish);
  }
  if (answer.outcome === 'short' || answer.outcome === 'due') {
    throw new AppError('not_enough_points', 409, 'There are not enough points on the account for this.');
  }
  return (answer.draws ?? []).map((draw) => ({ of: draw.of, points: BigInt(draw.points) }));
}

async function ask(tx: Tx, { program, member, unit, points, cause, at }: Hold): Promise<Answer> {
  try {
    const [row] = await tx.prepared<Answer>('ledger_hold', HOLD, [program, member, unit, points, cause, at]);
    if (!row) throw new Error('ledger_hold gave no answer');
    return row;
  } catch (error) {
    throw explained(error);
  }
}
