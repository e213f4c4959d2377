import { type Question, comparePast } from './compare-past.js';
import type { SimulationReport } from './report.js';
import { Tally } from './tally.js';

/** How many members and orders a list of the report names. */
const MOST = 20;

/**
 * Plays a draft over a past beside the published rules and reports what it would have changed (T3). Writes nothing.
 * @throws AppError `no_rules` (409)
 */
export async function simulate(question: Question, most = MOST): Promise<SimulationReport> {
  let tally: Tally | null = null;
  const by = await comparePast(question, (compared, family, comparing) => {
    tally ??= new Tally(comparing, most);
    tally.add(compared, family);
  });
  return (tally ?? new Tally(by, most)).report();
}
