import { inTransaction } from '../db/database.js';
import { countIsDue, countLevels } from '../loyalty/count-levels.js';
import type { Work } from './run-effects.js';

const PROGRAMS = 'select distinct program_id as program from store order by 1';

/** Counts the levels of every program whose count is of another day. One that was cut short begins anew the next time. */
export async function countAllLevels({ db, clock }: Pick<Work, 'db' | 'clock'>, leaving?: AbortSignal): Promise<void> {
  const programs = await inTransaction(db, 'intake', (tx) =>
    tx.prepared<{ program: string }>('jobs_programs_of_stores', PROGRAMS, []),
  );
  for (const { program } of programs) {
    const now = clock.now();
    const isDue = await inTransaction(db, { programs: [program] }, (tx) => countIsDue(tx, program, now));
    if (isDue && (await countLevels(db, program, now, leaving)) === null) return;
  }
}
