import { type BulkAdjustment, readBulk } from '../bulk/bulk-adjustments.js';
import { givePart, undoPart } from '../bulk/give-part.js';
import { holdPart, undoHoldPart } from '../bulk/hold-part.js';
import {
  bulksToRun,
  finishBulk,
  forgetLook,
  leaveBulk,
  noteDone,
  staleLooks,
  stumble,
  takeBulk,
  type TakenBulk,
} from '../bulk/work.js';
import { type Tx, inTransaction } from '../db/database.js';
import type { Loyalty } from '../loyalty/context.js';
import type { Work } from './run-effects.js';

type Giving = Pick<Work, 'db' | 'clock'> & { loyalty: Loyalty };
interface Taken extends TakenBulk {
  within<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  leaving: AbortSignal | undefined;
}

/**
 * Gives to many members, or takes back, what was asked for (points, or a hold), part by part: each part is one transaction with the note of how far it
 * came, so that a process that ends, or is killed, leaves nothing half done, and the next one goes on behind it.
 */
export async function runBulkAdjustments(work: Giving, leaving?: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const { program, id } of await inTransaction(work.db, 'intake', bulksToRun)) {
    if (leaving?.aborted) return;
    const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(work.db, { programs: [program] }, fn);
    const taken = await within((tx) => takeBulk(tx, program, id));
    if (!taken) continue;
    try {
      await run(work, { ...taken, within, leaving });
    } catch (error) {
      await within((tx) => stumble(tx, taken, 'It failed for a reason of ours, which is in the log.'));
      failures.push(error);
    }
  }
  if (failures.length > 0) throw failures[0];
}

async function run(work: Giving, taken: Taken): Promise<void> {
  const { program, id, within } = taken;
  const one = await within((tx) => readBulk(tx, program, id));
  const ended = one.state === 'giving' ? await give(work, taken, one) : await undo(work, taken, one);
  await within(async (tx) =>
    ended ? finishBulk(tx, taken, one.state, work.clock.now()) : void (await leaveBulk(tx, taken)),
  );
}

/** Gives whether it has ended, or was left. */
async function give({ clock, loyalty }: Giving, taken: Taken, one: BulkAdjustment): Promise<boolean> {
  const { program, within, leaving } = taken;
  for (let n = one.done; n < one.parts; n++) {
    if (leaving?.aborted) return false;
    const goOn = await within(async (tx) => {
      const wanted = await noteDone(tx, taken, 'giving', n + 1);
      if (wanted && one.kind === 'points') await givePart(tx, program, one, n, clock.now(), loyalty.shards);
      else if (wanted) await holdPart(tx, program, one, n, clock.now());
      return wanted;
    });
    if (!goOn) break;
  }
  return true;
}

async function undo({ clock, loyalty }: Giving, taken: Taken, one: BulkAdjustment): Promise<boolean> {
  const { program, within, leaving } = taken;
  for (let n = one.done + 1; ; n++) {
    if (leaving?.aborted) return false;
    const members = await within(async (tx) => {
      if (!(await noteDone(tx, taken, 'undoing', n))) return 0;
      if (one.kind !== 'points') return undoHoldPart(tx, program, one);
      return undoPart(tx, program, one, clock.now(), loyalty.shards);
    });
    if (members === 0) return true;
  }
}

/** Looks that nothing came of are not kept. */
export async function forgetOldLooks({ db, clock }: Giving): Promise<void> {
  for (const { program, id } of await inTransaction(db, 'intake', (tx) => staleLooks(tx, clock.now())))
    await inTransaction(db, { programs: [program] }, (tx) => forgetLook(tx, program, id));
}
