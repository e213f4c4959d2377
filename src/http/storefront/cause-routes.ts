import * as z from 'zod';
import type { Database } from '../../db/database.js';
import { readPaid } from '../../loyalty/cause-payouts.js';
import { readCauses } from '../../loyalty/read-causes.js';
import { compile } from '../../rules/compile.js';
import type { Route } from '../contract.js';
import { memberOfShopper, within } from './asking.js';
import { givenAnswer } from './cause-schemas.js';
import { causeStatement } from './cause-statement.js';
import { moneyOf } from './member-view.js';
import { BASE, forShopper, lang, ok } from './shopper-routes.js';
import { spokenTo } from './spoken-to.js';
import type { StorefrontVerbs } from './verbs.js';

/** What was given to causes: by everybody so far, and by the shopper in a year. */
export function causeRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forShopper(
      {
        method: 'get',
        path: `${BASE}/causes`,
        name: 'givenToCauses',
        summary: 'What members together gave to each cause, what was passed on, and what this member gave in a year',
        limit: 'read',
        query: z.strictObject({ lang, year: z.coerce.number().int().min(2000).max(2999).optional() }),
        answers: { 200: givenAnswer },
      },
      async (shopper, { query }) => ok(await verbs.givenToCauses(shopper, query.year)),
    ),
  ];
}

export function causeVerbs(parts: { db: Database }): Pick<StorefrontVerbs, 'givenToCauses'> {
  return {
    givenToCauses: (shopper, asked) =>
      within(parts, shopper, async (tx) => {
        const spoken = await spokenTo(tx, shopper);
        const { rules, speaker } = spoken;
        const { program } = shopper.store;
        const year = asked ?? compile(rules).calendar.yearOf(shopper.now);
        const member = await memberOfShopper(tx, shopper);
        const theirs = member === null ? null : await causeStatement(tx, { program, member }, spoken, year);
        const paid = await readPaid(tx, program);
        const causes = (await readCauses(tx, program, rules)).map(({ cause, money: given }) => ({
          id: cause,
          name: speaker.name('rule', cause),
          given: moneyOf(rules, Number(given)),
          paid: moneyOf(rules, Number(paid.get(cause) ?? 0n)),
          yours: theirs && moneyOf(rules, Number(theirs.given.get(cause) ?? 0n)),
        }));
        return { year, causes, sentence: theirs?.said ?? null };
      }),
  };
}
