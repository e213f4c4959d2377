import { type Tx, inTransaction } from '../db/database.js';
import {
  exportsOver,
  exportsToMake,
  finishExport,
  forgetExport,
  keepPiece,
  leaveExport,
  stumbleExport,
  takeExport,
  type TakenExport,
} from '../exports/work.js';
import { writeExport } from '../exports/write-export.js';
import type { Loyalty } from '../loyalty/context.js';
import type { Work } from './run-effects.js';

type Exporting = Pick<Work, 'db' | 'clock'> & { loyalty: Loyalty };
type Taken = TakenExport & { program: string; id: string };

/** So many bytes are kept together. */
const PIECE = 256 * 1024;

/** Nobody wants it any more, or the process ends. */
class Stopped extends Error {}

/**
 * Makes the exports that wait, one after the other: read in one transaction, so that all in it is of one instant, and kept piece by piece
 * in others, each with how far it came. One that breaks off is begun anew by the next worker.
 */
export async function runExports(work: Exporting, leaving?: AbortSignal): Promise<void> {
  const { db, clock } = work;
  for (const { program, id } of await inTransaction(db, 'intake', exportsToMake)) {
    if (leaving?.aborted) return;
    const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(db, { programs: [program] }, fn);
    const taken = await within((tx) => takeExport(tx, program, id));
    if (!taken) continue;
    const begun = { program, id, ...taken };
    try {
      const now = clock.now();
      const made = await within((tx) => make(tx, work, begun, leaving));
      await within((tx) => finishExport(tx, begun, made, Math.max(clock.now(), now)));
    } catch (error) {
      if (leaving?.aborted) return void (await within((tx) => leaveExport(tx, begun)));
      if (error instanceof Stopped) continue;
      await within((tx) =>
        stumbleExport(tx, begun, 'It failed for a reason of ours, which is in the log.', clock.now()),
      );
      throw error;
    }
  }
}

async function make(tx: Tx, { db, clock, loyalty }: Exporting, taken: Taken, leaving?: AbortSignal) {
  const { program, people } = taken;
  let [done, total] = [0, 0];
  let waiting: Buffer[] = [];
  let size = 0;
  const keep = async () => {
    const piece = { bytes: Buffer.concat(waiting), done, total };
    const wanted = await inTransaction(db, { programs: [program] }, (other) => keepPiece(other, taken, piece, loyalty));
    if (!wanted || leaving?.aborted) throw new Stopped();
    [waiting, size] = [[], 0];
  };
  const pieces = writeExport(
    tx,
    { program, people, now: clock.now() },
    loyalty,
    (rows, of) => ([done, total] = [rows, of]),
  );
  for (let next = await pieces.next(); ; next = await pieces.next()) {
    if (next.done) {
      await keep();
      return next.value;
    }
    waiting.push(next.value);
    size += next.value.length;
    if (size >= PIECE) await keep();
  }
}

/** Exports whose time is over. */
export async function forgetOldExports({ db, clock }: Exporting): Promise<void> {
  for (const { program, id } of await inTransaction(db, 'intake', (tx) => exportsOver(tx, clock.now())))
    await inTransaction(db, { programs: [program] }, (tx) => forgetExport(tx, program, id));
}
