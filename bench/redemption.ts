import { type Database, inTransaction, openDatabase } from '../src/db/database.js';
import { hold } from '../src/ledger/hold.js';
import { closedLoop, type Flush, interleave, type Plan, quantile, ratio, spread } from './harness.js';
import { holdInLoop } from './one-by-one.js';
import { pastLots, PROGRAM_1 } from './past-lots.js';
import { type BenchDatabase, checkLedger, makeDatabase, type Servers } from './postgres.js';
import { type Claim, least, most } from './targets.js';

/** So many members with so many open lots each, large enough that every reservation is served from the first of them. */
const GROUPS = [
  { lots: 1, first: 1, last: 1_000 },
  { lots: 10, first: 1_001, last: 2_000 },
  { lots: 100, first: 2_001, last: 2_300 },
  { lots: 1_000, first: 2_301, last: 2_360 },
];
const TEN = GROUPS[1] as (typeof GROUPS)[number];
const PROGRAM = '1';
const POINTS = 500n;
const LOT = 1_000_000;
/** Takes the first five of ten lots; rolled back, so that there are ten again. */
const HALF_OF_TEN = BigInt(4.5 * LOT);

interface Held {
  rate: number;
  p50: number;
  p99: number;
}

/** (c) Redemption: a reservation of points from members with 1 to 1,000 open lots, one connection. */
export async function benchRedemption(plan: Plan, servers: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const sites: { database: BenchDatabase; db: Database }[] = [];
  const variants: Record<string, () => Promise<Held>> = {};
  try {
    for (const flush of plan.flushes) {
      const database = await openSite(servers, flush);
      const db = await openDatabase(database.url, { role: 'app', max: 1 });
      sites.push({ database, db });
      for (const group of GROUPS) {
        variants[`${flush}: hold, ${group.lots} open lots`] = () => measure(plan, db, group, holdOnce);
        variants[`${flush}: loop, ${group.lots} open lots`] = () => measure(plan, db, group, holdInLoop);
      }
      for (const [how, take] of Object.entries({ hold: holdOnce, loop: holdInLoop }))
        variants[`${flush}: ${how}, half of 10 lots taken`] = () => measure(plan, db, TEN, take, HALF_OF_TEN);
    }
    for (const run of Object.values(variants)) await run();
    const samples = await interleave(plan, variants);
    // points are held here without the redemption that a shopper would have made
    for (const { database } of sites) await checkLedger(database, PROGRAM, ['held_equals_reservations']);
    return { claims: plan.flushes.flatMap((flush) => claimsOf(flush, samples)), samples };
  } finally {
    for (const { database, db } of sites) {
      await db.close();
      await database.drop();
    }
  }
}

async function openSite({ postgresUrl }: Servers, flush: Flush): Promise<BenchDatabase> {
  const database = await makeDatabase(postgresUrl, flush);
  await database.sql(PROGRAM_1);
  for (const group of GROUPS)
    await database.sql(
      pastLots({
        ...group,
        points: LOT,
        pending: false,
        usable: "now() - interval '1 day'",
        ends: "now() + (k + 1) * interval '1 day'",
      }),
    );
  await database.sql('vacuum analyze member, account, transfer, entry, lot');
  return database;
}

type HoldOnce = typeof holdInLoop;

const holdOnce: HoldOnce = async (tx, member, points, cause) =>
  void (await hold(tx, { program: PROGRAM, member, unit: 'points', points, cause, at: Date.now() }));

let made = 0;
const ROLLED_BACK = new Error('as meant');

async function measure(
  { sliceMs }: Plan,
  db: Database,
  { first, last }: { first: number; last: number },
  take: HoldOnce,
  half: bigint | null = null,
): Promise<Held> {
  const durations: number[] = [];
  const once = async () => {
    const member = String(first + Math.floor(Math.random() * (last - first + 1)));
    await inTransaction(db, { programs: [PROGRAM] }, async (tx) => {
      await take(tx, member, half ?? POINTS, `redemption:${++made}`);
      if (half !== null) throw ROLLED_BACK;
    }).catch((error: unknown) => {
      if (error !== ROLLED_BACK) throw error;
    });
    return 1;
  };
  const rate = await closedLoop(1, sliceMs, once, durations);
  return { rate, p50: quantile(durations, 0.5), p99: quantile(durations, 0.99) };
}

function claimsOf(flush: Flush, samples: Record<string, Held[]>): Claim[] {
  const of = (name: string, key: keyof Held) => (samples[`${flush}: ${name}`] ?? []).map((one) => one[key]);
  const rate = (how: 'hold' | 'loop', lots: number) => of(`${how}, ${lots} open lots`, 'rate');
  const half = (how: 'hold' | 'loop') => of(`${how}, half of 10 lots taken`, 'rate');
  const at = flush === 'free' ? 'free flush' : '1 ms flush';
  const claim = (
    what: string,
    measured: Claim['measured'],
    bound: Claim['bound'],
    unit: Claim['unit'] = 'x',
  ): Claim => ({
    ...{ target: 'P-T16', what: `${what}, ${at}`, measured, unit, bound },
  });
  return [
    claim('1000 open lots / 1', ratio(rate('hold', 1_000), rate('hold', 1)), least(0.7)),
    claim('hold / loop in JavaScript, 5 of 10 lots taken', ratio(half('hold'), half('loop')), least(2)),
    claim('hold / loop in JavaScript, 1 of 10 lots taken', ratio(rate('hold', 10), rate('loop', 10)), least(2)),
    claim('hold / loop in JavaScript, 1000 open lots', ratio(rate('hold', 1_000), rate('loop', 1_000)), null),
    claim('p99 with 1000 open lots', spread(of('hold, 1000 open lots', 'p99')), most(3), 'ms'),
    claim('p50 with 1000 open lots', spread(of('hold, 1000 open lots', 'p50')), null, 'ms'),
  ];
}
