import type { Tx } from '../db/database.js';
import { type Balance, readBalancesAt } from '../ledger/balances.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { AdjustmentState } from './ask-adjustment.js';
import { adjustByHand, findMember } from './by-hand.js';
import type { MemberRef } from './settle-members.js';
import { audit } from './store-life.js';

interface Row {
  member: string;
  unit: string;
  points: string;
  reason: string;
  asked_by: string;
  state: AdjustmentState;
}

/** Whoever remains of merged members; locked, so that two who decide come after one another. */
const LOCKED = `
  select coalesce(m.merged_into, m.id) as member, a.unit, a.points, a.reason, a.asked_by, a.state
  from adjustment a join member m on m.program_id = a.program_id and m.id = a.member_id
  where a.program_id = $1 and a.id = $2 for update of a`;
const DECIDE = `
  update adjustment set state = $3, decided_by = $4, decided_at = $5, said = $6 where program_id = $1 and id = $2`;

export interface AdjustmentDecision {
  approve: boolean;
  /** Why not, for whoever asked. */
  said: string | null;
  /** The second person: never the one who asked. */
  by: string;
}

/**
 * A second person agrees to an adjustment that waits, or refuses it; the same decision again changes nothing.
 * @throws AppError `no_such_adjustment` (404), `own_adjustment` (403), `already_decided` (409)
 */
export async function decideAdjustment(
  tx: Tx,
  program: string,
  id: string,
  { approve, said, by }: AdjustmentDecision,
  now: Millis,
  shards: number,
): Promise<AdjustmentState> {
  const row = await locked(tx, program, id);
  const state = approve ? 'given' : 'refused';
  if (row.state === state) return state;
  if (row.state !== 'waiting')
    throw new AppError('already_decided', 409, 'Somebody else has decided about this already.', { state: row.state });
  if (row.asked_by === by)
    throw new AppError('own_adjustment', 403, 'You asked for this: somebody else has to look at it.');
  await tx.prepared('adjustment_decide', DECIDE, [program, id, state, by, new Date(now), said]);
  const { member, unit, points, reason, asked_by: asked } = row;
  if (approve)
    await adjustByHand(tx, { program, member, id, unit, points: BigInt(points), reason, by, asked }, now, shards);
  else
    await audit(tx, program, by, 'member.adjustment-refused', {
      ...{ member, adjustment: id, unit, points, asked, said },
      ...{ before: 'waiting', after: 'refused' },
    });
  return state;
}

const GIVEN = `
  select a.facts from activity a
  where a.program_id = $1 and a.kind = 'adjust' and a.key = $3
    and a.member_id in (select id from member where program_id = $1 and (id = $2 or merged_into = $2))`;
const COUNTER = `
  insert into adjustment (program_id, id, member_id, unit, points, reason, asked_by, asked_at, state, undoes)
  values ($1, $2, $3, $4, $5, $6, $7, $8, 'given', $9) on conflict do nothing`;

/** The id of what takes an adjustment back. */
export const undoOf = (id: string): string => `undo:${id}`;

/**
 * Takes an adjustment back by its counterpart, once; one that still waits is withdrawn. One's own, or anybody's for whoever
 * may be the second person.
 * @throws AppError `no_such_member`, `no_such_adjustment` (404), `not_your_adjustment` (403), `is_undoing` (409)
 */
export async function undoAdjustment(
  tx: Tx,
  program: string,
  publicId: string,
  { id, reason, by, ofOthers }: { id: string; reason: string; by: string; ofOthers: boolean },
  now: Millis,
  shards: number,
): Promise<{ state: AdjustmentState; balances: Balance[] }> {
  const ref = await findMember(tx, program, publicId);
  const [waiting] = await tx.prepared<Row>('adjustment_locked', LOCKED, [program, id]);
  const [row] = await tx.prepared<{ facts: { unit: string; amount: number; by: string } }>('adjustment_given', GIVEN, [
    program,
    ref.member,
    id,
  ]);
  const asked = row?.facts.by ?? (waiting?.member === ref.member ? waiting.asked_by : undefined);
  if (asked === undefined) throw noSuchAdjustment();
  if (asked !== by && !ofOthers)
    throw new AppError('not_your_adjustment', 403, 'Somebody else did this: they can undo it, or an owner can.');
  if (!row) return { state: await withdraw(tx, ref, id, by, now), balances: await readBalancesAt(tx, [ref], now) };
  if (id.startsWith(undoOf('')))
    throw new AppError('is_undoing', 409, 'This took something back already: adjust the points anew instead.');
  const { unit, amount } = row.facts;
  const counter = { id: undoOf(id), unit, points: BigInt(-amount), reason };
  const values = [program, counter.id, ref.member, unit, `${counter.points}`, reason, by, new Date(now), id];
  await tx.prepared('adjustment_counter', COUNTER, values);
  return { state: 'given', balances: await adjustByHand(tx, { ...ref, ...counter, by }, now, shards) };
}

async function withdraw(tx: Tx, ref: MemberRef, id: string, by: string, now: Millis): Promise<AdjustmentState> {
  const { state, points, unit } = await locked(tx, ref.program, id);
  if (state !== 'waiting') return state;
  await tx.prepared('adjustment_decide', DECIDE, [ref.program, id, 'withdrawn', by, new Date(now), null]);
  const facts = { member: ref.member, adjustment: id, unit, points, before: 'waiting', after: 'withdrawn' };
  await audit(tx, ref.program, by, 'member.adjustment-withdrawn', facts);
  return 'withdrawn';
}

async function locked(tx: Tx, program: string, id: string): Promise<Row> {
  const [row] = await tx.prepared<Row>('adjustment_locked', LOCKED, [program, id]);
  if (!row) throw noSuchAdjustment();
  return row;
}

const noSuchAdjustment = () => new AppError('no_such_adjustment', 404, 'There is no adjustment of this name.');
