import type * as z from 'zod';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { readStores } from '../../loyalty/read-stores.js';
import { balancesOf, type ClearedWorth, monthOf, monthPeriods } from '../../reports/clearing.js';
import { readClearing } from '../../reports/read-clearing.js';
import { worthBy } from './overview-verbs.js';
import type * as api from './report-schemas.js';
import type { Asking } from './verbs.js';
import { type OwnerParts, within } from './within.js';

type ClearingAnswer = z.infer<typeof api.clearingAnswer>;

export interface ClearingVerbs {
  clearing(asking: Asking, month: string | undefined): Promise<ClearingAnswer>;
}

export function clearingVerbs(parts: OwnerParts): ClearingVerbs {
  return {
    clearing: (asking, month) => within(parts, asking, (tx, program) => clearingOf(tx, program, asking.now, month)),
  };
}

/** What shops of a program have to settle for a month, the running one when none is said; worth by the rules in force. */
export async function clearingOf(tx: Tx, program: string, now: Millis, asked?: string): Promise<ClearingAnswer> {
  const { rules } = versionInForce(await publishedVersions(tx, program), now).file;
  const month = asked ?? monthOf(now, rules.zone);
  const { before, from, to } = monthPeriods(month, rules.zone);
  const worth = worthBy(rules);
  const linesOf = async (period: { from: Millis; to: Millis }): Promise<ClearedWorth[]> =>
    (await readClearing(tx, program, period)).map((line) => ({
      ...line,
      worth: BigInt(worth(line.unit, line.points)),
    }));
  const lines = await linesOf({ from, to });
  return {
    month,
    stores: (await readStores(tx, program)).map(({ id, url }) => ({ store: id, url })),
    lines: lines.map((line) => ({ ...line, points: `${line.points}`, worth: `${line.worth}` })),
    balances: balancesView(lines),
    before: balancesView(await linesOf({ from: before, to: from })),
  };
}

const balancesView = (lines: readonly ClearedWorth[]): ClearingAnswer['balances'] =>
  balancesOf(lines).map(({ took, gave, worth, ...of }) => ({
    ...of,
    took: `${took}`,
    gave: `${gave}`,
    worth: `${worth}`,
  }));
