import type { Tx } from '../db/database.js';
import { type Balance, readBalancesAt } from '../ledger/balances.js';
import { lockMembers } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { adjustPoints } from './adjust.js';
import { claimOrder } from './claim-orders.js';
import { giveOrder } from './give-order.js';
import type { MemberRef } from './settle-members.js';
import { audit } from './store-life.js';

const FIND = `
  select program_id as program, coalesce(merged_into, id) as member from member where program_id = $1 and public_id = $2
    and status <> 'bearer' and ($3 or status <> 'redacted')`;

/**
 * A member by the id that the outside knows; who was merged is whoever remains. Whoever was erased is there to be looked at alone.
 * @throws AppError `no_such_member` (404)
 */
export async function findMember(
  tx: Tx,
  program: string,
  publicId: string,
  { erased = false }: { erased?: boolean } = {},
): Promise<MemberRef> {
  const [ref] = await tx.prepared<MemberRef>('member_by_public_id', FIND, [program, publicId, erased]);
  if (!ref) throw new AppError('no_such_member', 404, 'There is no member of this id.');
  return ref;
}

export interface AdjustmentByHand extends MemberRef {
  /** Names the act: the same id again changes nothing. */
  id: string;
  unit: string;
  points: bigint;
  reason: string;
  by: string;
  /** Who asked for it, where `by` is the second person. */
  asked?: string;
}

const NOTED = `
  select member_id, facts from activity where program_id = $1 and kind = 'adjust' and key = $2`;

/**
 * Gives or takes points by hand; gives what the member then has. The same id again changes nothing.
 * @throws AppError `idempotency_key_reused` (422)
 */
export async function adjustByHand(
  tx: Tx,
  { id, unit, points, reason, by, asked, ...ref }: AdjustmentByHand,
  now: Millis,
  shards: number,
): Promise<Balance[]> {
  const amount = Number(points);
  // what the log calls before is what the posting meets
  lockMembers(tx, [ref]);
  const had = await readBalancesAt(tx, [ref], now);
  await adjustPoints(tx, { ...ref, id, unit, amount, reason, by: asked ?? by, at: now }, now, shards);
  const [noted] = await tx.prepared<{ member_id: string; facts: { unit: string; amount: number } }>(
    'adjustment_noted',
    NOTED,
    [ref.program, id],
  );
  if (noted && (noted.member_id !== ref.member || noted.facts.unit !== unit || noted.facts.amount !== amount))
    throw new AppError(
      'idempotency_key_reused',
      422,
      `Another adjustment is called ${id}: give this one an id of its own.`,
    );
  const has = await readBalancesAt(tx, [ref], now);
  const before = availableOf(had, unit);
  const after = availableOf(has, unit);
  // the same act again moves nothing, and is no act
  if (before !== after) {
    const facts = { member: ref.member, adjustment: id, unit, points: `${points}`, before, after, reason };
    await audit(tx, ref.program, by, 'member.adjusted', asked === undefined ? facts : { ...facts, asked });
  }
  return has;
}

const availableOf = (balances: readonly Balance[], of: string): string =>
  `${balances.find(({ unit }) => unit === of)?.available ?? 0n}`;

/**
 * Gives a member one guest's order; gives what the member then has.
 * @throws AppError `no_such_member` (404), `not_claimable` (409)
 */
export async function claimByHand(
  tx: Tx,
  program: string,
  wish: { member: string; store: string; order: string; by: string },
  now: Millis,
  shards: number,
): Promise<Balance[]> {
  const { store, order, by } = wish;
  const ref = await findMember(tx, program, wish.member);
  await claimOrder(tx, { ...ref, store, order }, now, now, shards);
  await audit(tx, program, by, 'order.claimed', { store, order, member: ref.member });
  return readBalancesAt(tx, [ref], now);
}

/**
 * Gives a member the membership that an order bought; gives what the member then has.
 * @throws AppError `no_such_member` (404), `no_gifts` (422), `not_givable` (409)
 */
export async function giveByHand(
  tx: Tx,
  program: string,
  wish: { member: string; store: string; order: string; starts?: string | undefined; by: string },
  now: Millis,
  shards: number,
): Promise<Balance[]> {
  const { store, order, starts, by } = wish;
  const ref = await findMember(tx, program, wish.member);
  await giveOrder(tx, { ...ref, store, order, starts }, now, shards);
  await audit(tx, program, by, 'order.given', { store, order, member: ref.member });
  return readBalancesAt(tx, [ref], now);
}
