import { performance } from 'node:perf_hooks';
import type * as z from 'zod';
import { INVARIANTS, type Rule } from '../../ledger/invariants.js';
import { verifyRule } from '../../ledger/verify.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { readAccounts, readJournal, readLiability } from '../../reports/read-ledger.js';
import { Calendar, parseDate } from '../../rules/calendar.js';
import type * as api from './ledger-schemas.js';
import { worthBy } from './overview-verbs.js';
import type { Asking } from './verbs.js';
import { type OwnerParts, within } from './within.js';

export interface LedgerVerbs {
  ledger(asking: Asking): Promise<z.infer<typeof api.ledgerAnswer>>;
  journal(asking: Asking, query: z.infer<typeof api.journalQuery>): Promise<z.infer<typeof api.journalAnswer>>;
  promise(asking: Asking, rule: Rule): Promise<z.infer<typeof api.promiseAnswer>>;
}

export function ledgerVerbs(parts: OwnerParts): LedgerVerbs {
  return {
    ledger: (asking) =>
      within(parts, asking, async (tx, program) => {
        const { rules } = versionInForce(await publishedVersions(tx, program), asking.now).file;
        const worth = worthBy(rules);
        const said = <R extends { unit: string; points: bigint }>(row: R) => ({
          ...row,
          points: `${row.points}`,
          worth: worth(row.unit, row.points),
        });
        return {
          accounts: (await readAccounts(tx, program)).map(said),
          ending: (await readLiability(tx, program, rules.zone)).map(said),
          promises: INVARIANTS.map(({ rule, says }) => ({ rule, says })),
        };
      }),
    journal: (asking, { from, to }) =>
      within(parts, asking, async (tx, program) => {
        const { rules } = versionInForce(await publishedVersions(tx, program), asking.now).file;
        const calendar = Calendar.of(rules.zone);
        const dayAt = (text: string) => calendar.startOf(parseDate(text));
        const period = { from: dayAt(from), to: dayAt(to), zone: rules.zone };
        const worth = worthBy(rules);
        return {
          lines: (await readJournal(tx, program, period)).map((line) => ({
            ...line,
            points: `${line.points}`,
            worth: worth(line.unit, line.points),
          })),
        };
      }),
    async promise({ owner }, rule) {
      const began = performance.now();
      const broken = await verifyRule(parts.db, owner.program, rule);
      return {
        rule,
        holds: broken === null,
        breaches: broken?.count ?? 0,
        first: broken?.first ?? null,
        took: Math.round(performance.now() - began),
      };
    },
  };
}
