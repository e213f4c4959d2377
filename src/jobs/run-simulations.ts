import { type Tx, inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { standingTotals } from '../ledger/standing-totals.js';
import { ruleVersions } from '../loyalty/rule-sets.js';
import { overMadePast } from '../simulation/made-past.js';
import { labelled, pastOf } from '../simulation/read-past.js';
import { simulate } from '../simulation/simulate.js';
import {
  type TakenSimulation,
  finishSimulation,
  leaveSimulation,
  noteProgress,
  simulationsToRun,
  takeSimulation,
} from '../simulation/simulations.js';
import type { Work } from './run-effects.js';

type Simulating = Pick<Work, 'db' | 'clock'>;

/** Whoever asked does not want it any more, or the process ends. */
class Stopped extends Error {}

/**
 * Runs the simulations that wait, one after the other. One that is under way when the process leaves is begun anew by the next
 * worker; one that fails says why and is not tried again.
 */
export async function runSimulations(work: Simulating, leaving?: AbortSignal): Promise<void> {
  const waiting = await inTransaction(work.db, 'intake', simulationsToRun);
  for (const { program, id } of waiting) {
    if (leaving?.aborted) return;
    const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(work.db, { programs: [program] }, fn);
    const taken = await within((tx) => takeSimulation(tx, program, id));
    if (!taken) continue;
    try {
      const report = await run(work, program, taken, leaving);
      await within(async (tx) => {
        const named = taken.made
          ? report
          : { ...(await labelled(tx, program, report)), ledger: await standingTotals(tx, program) };
        await finishSimulation(tx, program, taken, { report: named });
      });
    } catch (error) {
      await within((tx) => end(tx, program, taken, error, leaving));
      if (!(error instanceof Stopped) && !(error instanceof AppError)) throw error;
    }
  }
}

async function run(work: Simulating, program: string, taken: TakenSimulation, leaving?: AbortSignal) {
  const { db, clock } = work;
  const scope = { programs: [program] };
  const now = clock.now();
  const published = (await inTransaction(db, scope, (tx) => ruleVersions(tx, [program]))).get(program) ?? [];
  const { rules, since, made } = taken;
  const onProgress = async (done: number, total: number) => {
    const wanted = await inTransaction(db, scope, (tx) => noteProgress(tx, program, taken, done, total));
    if (!wanted || leaving?.aborted) throw new Stopped();
  };
  const draft = { rules, since };
  const over =
    made && published.length > 0
      ? overMadePast(published, draft, { ...made, now })
      : { past: pastOf(db, program, published), published, draft };
  return simulate({ ...over, now, onProgress });
}

async function end(
  tx: Tx,
  program: string,
  taken: TakenSimulation,
  error: unknown,
  leaving?: AbortSignal,
): Promise<void> {
  if (!(error instanceof Stopped)) {
    const why = error instanceof AppError ? error.message : 'It failed for a reason of ours, which is in the log.';
    return finishSimulation(tx, program, taken, { error: why });
  }
  return leaving?.aborted ? leaveSimulation(tx, program, taken) : finishSimulation(tx, program, taken, {});
}
