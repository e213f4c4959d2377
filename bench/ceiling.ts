import type { OrderSnapshot } from '../src/commerce/order.js';
import { type Database, inTransaction, openDatabase } from '../src/db/database.js';
import type { Loyalty } from '../src/loyalty/context.js';
import { applyOrders } from '../src/loyalty/apply-orders.js';
import { makeLoyalty } from '../src/loyalty/make-loyalty.js';
import { programRules } from '../src/rules/program-rules.js';
import { closedLoop, interleave, type Plan, ratio } from './harness.js';
import { customerOf, KEYS, PEOPLE, SHARDS, settlePopulation } from './population.js';
import { type BenchDatabase, makeDatabase, type Servers } from './postgres.js';
import { type Claim, least } from './targets.js';

const BATCH = 50;
/** Programs 1 to 3: nothing to wait for, a ceiling with room, a ceiling that was used up long ago. */
const PROGRAMS = { 'no ceiling': 1, 'a ceiling with room': 2, 'a ceiling used up': 3 };
const SHOPS = 3;

const rules = (ceiling?: object) =>
  programRules.parse({
    zone: 'Europe/Amsterdam',
    money: { code: 'EUR', exponent: 2 },
    units: { points: { value: '1', expiry: { kind: 'months', months: 12 } } },
    earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
    promotions: [{ id: 'double', factor: '2', ceiling }],
  });
const RULES: Record<number, object> = { 1: rules(), 2: rules({ points: 1e14 }), 3: rules({ points: 1 }) };

/**
 * Ceilings: orders a second when all of a program's orders take of one ceiling, whose row is locked while they are granted,
 * against the same promotion without one; two connections that want the same row, batches of 50.
 */
export async function benchCeiling(plan: Plan, servers: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const database = await makeDatabase(servers.postgresUrl, 'free');
  const db = await openDatabase(database.url, { role: 'app', max: 2 });
  try {
    await settle(database);
    const loyalty = makeLoyalty(KEYS, SHARDS);
    const variants = Object.fromEntries(
      Object.entries(PROGRAMS).map(([name, program]) => [
        name,
        () => closedLoop(2, plan.sliceMs, () => applyBatch(db, loyalty, program)),
      ]),
    );
    for (const run of Object.values(variants)) await run();
    const samples = await interleave(plan, variants);
    await checkCeilings(database);
    const without = samples['no ceiling'] ?? [];
    const claims = (['a ceiling with room', 'a ceiling used up'] as const).map((name): Claim => {
      const measured = ratio(samples[name] ?? [], without);
      return {
        target: 'ceiling',
        what: `orders/s with ${name} / without one`,
        measured,
        unit: 'x',
        bound: least(0.25),
      };
    });
    return { claims, samples };
  } finally {
    await db.close();
    await database.drop();
  }
}

async function settle(database: BenchDatabase): Promise<void> {
  await settlePopulation(database, SHOPS);
  for (const [program, body] of Object.entries(RULES)) {
    await database.sql(
      `insert into rule_set (program_id, version, in_force_from, rules) values ($1, 2, '2026-01-02Z', $2)`,
      [program, JSON.stringify(body)],
    );
  }
}

let made = 0;

/** New orders of as many members of the program, each paid at once. */
async function applyBatch(db: Database, loyalty: Loyalty, program: number): Promise<number> {
  const now = Date.now();
  const ref = { program: String(program), store: String(program) };
  const arrived = Array.from({ length: BATCH }, () => ({
    ...ref,
    order: orderOf(program, now),
    untold: [],
    reread: false,
  }));
  await inTransaction(db, { programs: [ref.program] }, (tx) => applyOrders(tx, arrived, now, loyalty));
  return BATCH;
}

function orderOf(program: number, at: number): OrderSnapshot {
  const id = String(++made);
  const member = SHOPS * (1 + Math.floor(Math.random() * (PEOPLE / SHOPS - 2))) + program - 1;
  const line = { id: `${id}01`, kind: 'product', product: '9001', categories: [], tags: [], quantity: 1 } as const;
  return {
    ...{ id, at, name: null, channel: 'web', customer: String(customerOf(member)), email: null, phone: null },
    ...{ placed: at, paid: at, fulfilled: null, cancelled: null, test: false, money: { code: 'EUR', exponent: 2 } },
    lines: [{ ...line, categories: [], tags: [], net: 2_000, tax: 0, discount: 0 }],
    ...{ shipping: { net: 0, tax: 0 }, tip: 0, outstanding: 0, giftCardPaid: 0, refunds: [], disputes: [], codes: [] },
    referral: null,
  };
}

/** What is counted is what orders have, and never more than there is: else no figure is worth anything. */
async function checkCeilings(database: BenchDatabase): Promise<void> {
  const rows = await database.sql<{ program: string; granted: string; parts: string }>(
    `select c.program_id as program, c.granted, coalesce((select sum((o.grants -> 'double' ->> 'part')::bigint)
       from order_state o where o.program_id = c.program_id), 0) as parts from ceiling c order by 1`,
  );
  const wrong = rows.filter(({ program, granted, parts }) => granted !== parts || (program === '3' && granted !== '1'));
  if (rows.length !== 2 || wrong.length > 0) throw new Error(`ceilings do not hold: ${JSON.stringify(rows)}`);
}
