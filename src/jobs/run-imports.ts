import { type Tx, inTransaction } from '../db/database.js';
import { checkPart, dayIn } from '../imports/check-part.js';
import { countLevels, sumUp } from '../imports/dry-run.js';
import { givePart } from '../imports/give-part.js';
import { type Import, readImport } from '../imports/imports.js';
import { compareImport } from '../imports/parity.js';
import { PART, readPart } from '../imports/receive-file.js';
import type { DryRun } from '../imports/report.js';
import { undoPart } from '../imports/undo-part.js';
import {
  finishCheck,
  finishImport,
  forgetImport,
  importsToRun,
  leaveImport,
  noteDone,
  staleImports,
  stumble,
  takeImport,
  type TakenImport,
} from '../imports/work.js';
import type { Loyalty } from '../loyalty/context.js';
import { inForce, ruleVersions } from '../loyalty/rule-sets.js';
import type { Work } from './run-effects.js';

type Importing = Pick<Work, 'db' | 'clock'> & { loyalty: Loyalty };
interface Taken extends TakenImport {
  within<T>(fn: (tx: Tx) => Promise<T>): Promise<T>;
  leaving: AbortSignal | undefined;
}

/**
 * Checks, brings and takes back what waits, part by part: each part is one transaction with the note of how far it came, so that a
 * process that ends, or is killed, leaves nothing half done, and the next one goes on behind it.
 */
export async function runImports(work: Importing, leaving?: AbortSignal): Promise<void> {
  const failures: unknown[] = [];
  for (const { program, id } of await inTransaction(work.db, 'intake', importsToRun)) {
    if (leaving?.aborted) return;
    await runImport(work, { program, id }, leaving).catch((error: unknown) => failures.push(error));
  }
  if (failures.length > 0) throw failures[0];
}

/** One of them, unless somebody works on it already. @throws what it failed of, after that was noted */
export async function runImport(
  work: Importing,
  { program, id }: { program: string; id: string },
  leaving?: AbortSignal,
): Promise<void> {
  const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(work.db, { programs: [program] }, fn);
  const taken = await within((tx) => takeImport(tx, program, id));
  if (!taken) return;
  try {
    await run(work, { ...taken, within, leaving });
  } catch (error) {
    await within((tx) => stumble(tx, taken, 'It failed for a reason of ours, which is in the log.'));
    throw error;
  }
}

async function run(work: Importing, taken: Taken): Promise<void> {
  const { program, id, within } = taken;
  const one = await within((tx) => readImport(tx, program, id));
  if (one.state === 'checking') return check(work, taken, one);
  if (one.state === 'importing') return give(work, taken, one);
  return undo(work, taken, one);
}

async function check(
  { clock, loyalty }: Importing,
  taken: Taken,
  { mapping, parts, rows, columns }: Import,
): Promise<void> {
  const { program, id, within, leaving } = taken;
  if (!mapping) throw new Error('an import is checked without its mapping');
  const now = clock.now();
  const levels: DryRun['levels'] = [];
  for (let n = 0; n < parts; n++) {
    if (leaving?.aborted) return void (await within((tx) => leaveImport(tx, taken)));
    const goOn = await within(async (tx) => {
      if (!(await noteDone(tx, taken, 'checking', n + 1))) return false;
      const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
      const part = await readPart(tx, program, id, n, loyalty);
      const read = { mapping, today: dayIn(rules.zone, now), width: columns.length };
      await checkPart(tx, { program, id, ...read }, part, loyalty);
      const lines = part.map(({ line }) => line);
      levels.push(...(await countLevels(tx, program, id, lines, now)));
      return true;
    });
    if (!goOn) return;
  }
  await within(async (tx) => {
    const report = await sumUp(tx, program, { id, rows, unit: mapping.unit }, levels);
    await finishCheck(tx, taken, report);
  });
}

async function give({ clock, loyalty }: Importing, taken: Taken, one: Import): Promise<void> {
  const { program, id, within, leaving, by } = taken;
  const { mapping, given: at, parts } = one;
  if (!mapping || at === null) throw new Error('an import gives without its mapping or its instant');
  for (let n = one.done; n < parts; n++) {
    if (leaving?.aborted) return void (await within((tx) => leaveImport(tx, taken)));
    const goOn = await within(async (tx) => {
      // the note comes first: its row's lock keeps a second worker, whose lease ran out, from the same part
      const wanted = await noteDone(tx, taken, 'importing', n + 1);
      const part = await readPart(tx, program, id, n, loyalty);
      if (wanted) await givePart(tx, { program, id, mapping, at, by, now: clock.now() }, part, loyalty);
      return wanted;
    });
    if (!goOn) break;
  }
  await within(async (tx) => finishImport(tx, taken, 'done', await compareImport(tx, program, id)));
}

async function undo({ clock, loyalty }: Importing, taken: Taken, { undone: at }: Import): Promise<void> {
  const { program, id, within, leaving } = taken;
  if (at === null) throw new Error('an import is undone without its instant');
  for (let n = 1; ; n++) {
    if (leaving?.aborted) return void (await within((tx) => leaveImport(tx, taken)));
    const rows = await within(async (tx) => {
      if (!(await noteDone(tx, taken, 'undoing', n))) return 0;
      return undoPart(tx, { program, id, at, now: clock.now() }, PART, loyalty);
    });
    if (rows === 0) break;
  }
  await within(async (tx) => finishImport(tx, taken, 'undone', await compareImport(tx, program, id)));
}

/** Files that nothing came of are not kept. */
export async function forgetOldImports({ db, clock }: Importing): Promise<void> {
  for (const { program, id } of await inTransaction(db, 'intake', (tx) => staleImports(tx, clock.now())))
    await inTransaction(db, { programs: [program] }, (tx) => forgetImport(tx, program, id));
}
