import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { givenToday, judgeAdjustment, readAdjustmentLimits } from '../loyalty/adjustment-limits.js';
import type { Asker } from '../loyalty/ask-adjustment.js';
import { inForce, ruleVersions } from '../loyalty/rule-sets.js';
import { audit } from '../loyalty/store-life.js';
import { type BulkAdjustment, lockBulk, whatOf } from './bulk-adjustments.js';

const START = `
  update bulk_adjustment set state = $3, asked_at = $4, done = 0, attempts = 0 where program_id = $1 and id = $2`;

/**
 * Does what the look said, or lets it wait for a second person: what one may give or take at once, alone and in a day holds for
 * the sum. A worker gives the points. Again changes nothing.
 * @throws AppError `no_such_bulk` (404), `not_your_bulk`, `above_limit`, `above_daily_limit` (403)
 */
export async function startBulk(
  tx: Tx,
  program: string,
  id: string,
  { by, limited }: Asker,
  now: Millis,
): Promise<void> {
  // one person's adjustments come after one another, so that two at once are not both within what is left of the day
  await tx.prepared('adjustment_turn', 'select pg_advisory_xact_lock(hashtext($1))', [`adjust/${program}/${by}`]);
  const one = await lockBulk(tx, program, id);
  if (one.asked_by !== by) throw notYours();
  if (one.state !== 'looked') return;
  const limit = (await readAdjustmentLimits(tx, program)).find(({ role }) => role === limited);
  let waits = false;
  // by a hold nobody gets anything: it has no limits
  if (limit && one.unit !== null) {
    const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
    const given = await givenToday(tx, program, { by, unit: one.unit, zone: rules.zone }, now);
    waits = judgeAdjustment(limit, BigInt(one.total), given);
  }
  await tx.prepared('bulk_start', START, [program, id, waits ? 'waiting' : 'giving', new Date(now)]);
  await audit(tx, program, by, waits ? 'bulk.asked' : whatOf(one.kind, 'started'), factsOf(one));
}

const DECIDE = `
  update bulk_adjustment set state = $3, decided_by = $4, decided_at = $5, said = $6, done = 0, attempts = 0
  where program_id = $1 and id = $2`;

/**
 * A second person agrees to one that waits, or refuses it; the same decision again changes nothing.
 * @throws AppError `no_such_bulk` (404), `own_adjustment` (403), `already_decided` (409)
 */
export async function decideBulk(
  tx: Tx,
  program: string,
  id: string,
  { approve, said, by }: { approve: boolean; said: string | null; by: string },
  now: Millis,
): Promise<void> {
  const one = await lockBulk(tx, program, id);
  const isSame = approve ? one.decided_by !== null && one.state !== 'refused' : one.state === 'refused';
  if (isSame) return;
  if (one.state !== 'waiting')
    throw new AppError('already_decided', 409, 'This does not wait for anybody: look at what became of it.', {
      state: one.state,
    });
  if (one.asked_by === by)
    throw new AppError('own_adjustment', 403, 'You asked for this: somebody else has to look at it.');
  await tx.prepared('bulk_decide', DECIDE, [program, id, approve ? 'giving' : 'refused', by, new Date(now), said]);
  await audit(tx, program, by, approve ? 'bulk.agreed' : 'bulk.refused', {
    ...factsOf(one),
    asked: one.asked_by,
    said,
  });
}

const REMOVE = 'delete from bulk_adjustment where program_id = $1 and id = $2';
const WITHDRAW = `update bulk_adjustment set state = 'withdrawn', finished_at = $3 where program_id = $1 and id = $2`;
const STOP = 'update bulk_adjustment set cancelled = true where program_id = $1 and id = $2';

/**
 * Stops one that is under way, after the members under way: what was given stays, and can be undone. One that waits is withdrawn,
 * one that was only looked at is removed. `ofOthers` = also what somebody else asked for.
 * @throws AppError `no_such_bulk` (404), `not_your_bulk` (403), `bulk_ended` (409)
 */
export async function cancelBulk(
  tx: Tx,
  program: string,
  id: string,
  { by, ofOthers }: { by: string; ofOthers: boolean },
  now: Millis,
): Promise<void> {
  const one = await lockBulk(tx, program, id);
  if (one.asked_by !== by && !ofOthers) throw notYours();
  if (one.state === 'looked') return void (await tx.prepared('bulk_remove', REMOVE, [program, id]));
  if (one.state === 'waiting') {
    await tx.prepared('bulk_withdraw', WITHDRAW, [program, id, new Date(now)]);
    return audit(tx, program, by, 'bulk.withdrawn', factsOf(one));
  }
  if (one.state !== 'giving')
    throw new AppError('bulk_ended', 409, 'This has ended: it can be undone, not stopped.', { state: one.state });
  if (one.cancelled) return;
  await tx.prepared('bulk_stop', STOP, [program, id]);
  await audit(tx, program, by, whatOf(one.kind, 'stopped'), factsOf(one));
}

const UNDO = `
  update bulk_adjustment set state = 'undoing', done = 0, attempts = 0, turn = turn + 1, undone_by = $3, undo_reason = $4, finished_at = null, error = null
  where program_id = $1 and id = $2`;

/**
 * Takes everything back that it gave, or gives back what it took, each by a counterpart; the worker does it. Again changes nothing.
 * @throws AppError `no_such_bulk` (404), `not_your_bulk` (403), `not_undoable` (409)
 */
export async function undoBulk(
  tx: Tx,
  program: string,
  id: string,
  { by, reason, ofOthers }: { by: string; reason: string; ofOthers: boolean },
): Promise<void> {
  const one = await lockBulk(tx, program, id);
  if (one.asked_by !== by && !ofOthers) throw notYours();
  if (one.state === 'undoing' || one.state === 'undone') return;
  if (!['done', 'failed'].includes(one.state))
    throw new AppError('not_undoable', 409, 'Only what has ended can be undone: stop it first.', { state: one.state });
  await tx.prepared('bulk_undo', UNDO, [program, id, by, reason]);
  await audit(tx, program, by, whatOf(one.kind, 'undone'), { ...factsOf(one), members: one.given_members, reason });
}

const factsOf = ({ id, members, unit, points, total, reason }: BulkAdjustment) => ({
  ...{ bulk: id, members, reason },
  ...(unit !== null && { unit, points, total }),
});

const notYours = () =>
  new AppError(
    'not_your_bulk',
    403,
    'Somebody else did this: they can go on with it, or who may agree to it can end it.',
  );
