import { inTransaction } from '../db/database.js';
import { programsToRejudge, rejudgePage } from '../loyalty/rejudge-members.js';
import type { Work } from './run-effects.js';

const PAGE = 100;

/**
 * Settles the members of programs whose rules were published with a start in the past, page by page until all are done or the
 * process leaves; the table `rejudging` tells how far it came. Programs take turns: a large one does not hold up the others, nor
 * does one that fails, which is tried again by the next run.
 * @throws the first failure, after the others are done
 */
export async function rejudgeMembers({ db, clock, shards }: Work, leaving?: AbortSignal, page = PAGE): Promise<void> {
  let programs = await inTransaction(db, 'intake', programsToRejudge);
  const failures: unknown[] = [];
  while (programs.length > 0 && !leaving?.aborted) {
    const left: string[] = [];
    for (const program of programs) {
      if (leaving?.aborted) return;
      try {
        const came = await inTransaction(db, { programs: [program] }, (tx) =>
          rejudgePage(tx, program, clock.now(), shards, page),
        );
        if (came && !came.finished) left.push(program);
      } catch (error) {
        failures.push(error);
      }
    }
    programs = left;
  }
  if (failures.length > 0) throw failures[0];
}
