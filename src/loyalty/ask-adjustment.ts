import type { Tx } from '../db/database.js';
import { type Balance, readBalancesAt } from '../ledger/balances.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { givenToday, judgeAdjustment, type LimitedRole, readAdjustmentLimits } from './adjustment-limits.js';
import { adjustByHand, findMember } from './by-hand.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { audit } from './store-life.js';

/** `waiting` = for a second person. */
export type AdjustmentState = 'given' | 'waiting' | 'refused' | 'withdrawn';

export interface AdjustmentWish {
  /** Names the act: the same id again changes nothing. */
  id: string;
  unit: string;
  /** To give, or (negative) to take. */
  points: bigint;
  /** The member reads it. */
  reason: string;
}

/** Who asks; `limited` = the role whose limits hold, null for whoever has none. */
export interface Asker {
  by: string;
  limited: LimitedRole | null;
}

const ONE = 'select member_id, unit, points, state from adjustment where program_id = $1 and id = $2';
const NOTE = `
  insert into adjustment (program_id, id, member_id, unit, points, reason, asked_by, asked_at, state)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (program_id, id) do nothing returning id`;

/**
 * Gives or takes points by hand, or lets it wait for a second person when it is above what the asker does alone. The same id
 * again changes nothing.
 * @throws AppError `no_such_member` (404), `no_such_unit`, `idempotency_key_reused` (422), `above_limit`, `above_daily_limit` (403)
 */
export async function askAdjustment(
  tx: Tx,
  program: string,
  publicId: string,
  wish: AdjustmentWish,
  { by, limited }: Asker,
  now: Millis,
  shards: number,
): Promise<{ state: AdjustmentState; balances: Balance[] }> {
  const { id, unit, points, reason } = wish;
  const ref = await findMember(tx, program, publicId);
  const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
  if (!Object.hasOwn(rules.units, unit))
    throw new AppError(
      'no_such_unit',
      422,
      `There is no unit ${unit}: name one of ${Object.keys(rules.units).join(', ')}.`,
    );
  // one person's adjustments come after one another, so that two at once are not both within what is left of the day
  await tx.prepared('adjustment_turn', 'select pg_advisory_xact_lock(hashtext($1))', [`adjust/${program}/${by}`]);
  const known = await sameAgain(tx, program, ref.member, wish);
  if (known) return { state: known, balances: await readBalancesAt(tx, [ref], now) };
  const size = points < 0n ? -points : points;
  const limit = (await readAdjustmentLimits(tx, program)).find(({ role }) => role === limited);
  const waits =
    limit !== undefined &&
    judgeAdjustment(limit, size, await givenToday(tx, program, { by, unit, zone: rules.zone }, now));
  const state = waits ? 'waiting' : 'given';
  const values = [program, id, ref.member, unit, `${points}`, reason, by, new Date(now), state];
  const [noted] = await tx.prepared('adjustment_note', NOTE, values);
  if (!noted) {
    const other = await sameAgain(tx, program, ref.member, wish);
    return { state: other ?? state, balances: await readBalancesAt(tx, [ref], now) };
  }
  if (!waits) return { state, balances: await adjustByHand(tx, { ...ref, ...wish, by }, now, shards) };
  const facts = { member: ref.member, adjustment: id, unit, points: `${points}`, reason };
  await audit(tx, program, by, 'member.adjustment-asked', facts);
  return { state, balances: await readBalancesAt(tx, [ref], now) };
}

/** What became of the act of this id; null when there was none. @throws AppError `idempotency_key_reused` (422) */
async function sameAgain(
  tx: Tx,
  program: string,
  member: string,
  { id, unit, points }: AdjustmentWish,
): Promise<AdjustmentState | null> {
  const [row] = await tx.prepared<{ member_id: string; unit: string; points: string; state: AdjustmentState }>(
    'adjustment_one',
    ONE,
    [program, id],
  );
  if (!row) return null;
  if (row.member_id === member && row.unit === unit && BigInt(row.points) === points) return row.state;
  throw new AppError(
    'idempotency_key_reused',
    422,
    `Another adjustment is called ${id}: give this one an id of its own.`,
  );
}
