import { type Database, inTransaction, openDatabase } from '../src/db/database.js';
import { settleMembers } from '../src/loyalty/settle-members.js';
import { programRules } from '../src/rules/program-rules.js';
import { fillPast } from './fill-past.js';
import { closedLoop, interleave, type Plan, ratio } from './harness.js';
import { SHARDS } from './population.js';
import { checkLedger, makeDatabase, type Servers } from './postgres.js';
import { type Claim, least } from './targets.js';

const BEGINS = Date.UTC(2026, 5, 1);
const DAY = 86_400_000;
/** As many as the sweep of what falls due settles in one transaction (src/jobs/schedules.ts). */
const ROUND = 200;

const RULES = programRules.parse({
  ...{ zone: 'Europe/Amsterdam', money: { code: 'EUR', exponent: 2 } },
  units: { points: { value: '1' } },
  earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
  tiers: {
    ...{ basis: 'spend', window: { kind: 'rolling', days: 180 } },
    levels: [
      { id: 'plain' },
      { id: 'silver', enter: 10_000, multiplier: '6/5' },
      { id: 'gold', enter: 30_000, multiplier: '3/2' },
    ],
  },
});

/**
 * (d) Levels that are looked at again because their day has come: by the sweep's rounds against a member and a transaction
 * each. Both replay what is known of the member; a level is never a column that some statement may change alone.
 */
export async function benchLevels(plan: Plan, { postgresUrl }: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const database = await makeDatabase(postgresUrl, 'free');
  const db = await openDatabase(database.url, { role: 'app', max: 2 });
  const members = plan.quick ? 1_000 : 5_000;
  try {
    const orders = await fillPast(database, RULES, { members, seed: 2, now: BEGINS });
    plan.say(`  ${orders} orders of ${members} members`);
    const settled = turning(db, members);
    for (let n = 0; n < members; n += ROUND) await settled(ROUND, BEGINS);
    let now = BEGINS;
    const samples = await interleave(plan, {
      'levels, round by round': () => closedLoop(1, plan.sliceMs, () => settled(ROUND, (now += DAY))),
      'levels, one by one': () => closedLoop(1, plan.sliceMs, () => settled(1, (now += DAY / ROUND))),
    });
    await checkLedger(database, '1');
    const measured = ratio(samples['levels, round by round'], samples['levels, one by one']);
    const what = 'levels looked at again: rounds of 200 / one by one';
    return { claims: [{ target: 'P-T15', what, measured, unit: 'x', bound: least(25) }], samples };
  } finally {
    await db.close();
    await database.drop();
  }
}

/** Settles the next so many members, again from the first after the last. */
function turning(db: Database, members: number) {
  let next = 0;
  return async (n: number, now: number): Promise<number> => {
    const refs = Array.from({ length: n }, () => ({ program: '1', member: String(1 + (next++ % members)) }));
    await inTransaction(db, { programs: ['1'] }, (tx) => settleMembers(tx, refs, now, SHARDS));
    return n;
  };
}
