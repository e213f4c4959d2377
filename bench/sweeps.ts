import { setTimeout as sleep } from 'node:timers/promises';
import { type Database, inTransaction, openDatabase } from '../src/db/database.js';
import { expireDue, matureDue } from '../src/ledger/sweeps.js';
import { type Child, startChild } from './child.js';
import { type Flush, interleave, type Plan, quantile, ratio, spread } from './harness.js';
import { sweepOne } from './one-by-one.js';
import { pastLots, PROGRAM_1 } from './past-lots.js';
import { type BenchDatabase, checkLedger, makeDatabase, type Servers } from './postgres.js';
import type { ReaderSettings } from './reader-process.js';
import { type Claim, least, most } from './targets.js';

interface Swept {
  rate: number;
  /** Of the balance reads beside it, ms. */
  readP99: number;
  readMax: number;
  /** The longest single round of the sweep, its claim and commit included, ms. */
  longest: number;
}

const SWEEPS = { expire: expireDue, mature: matureDue };
type Sweep = keyof typeof SWEEPS;
const READS = 500;

/** (d) Lots that end and lots that mature: set by set against one by one, with balance reads from another process. */
export async function benchSweeps(plan: Plan, servers: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const sites: { database: BenchDatabase; db: Database; reader: Child }[] = [];
  const variants: Record<string, () => Promise<Swept>> = {};
  try {
    for (const flush of plan.flushes) {
      const { database, members } = await openSite(plan, servers, flush);
      const db = await openDatabase(database.url, { role: 'app', max: 2 });
      const settings: ReaderSettings = { url: database.url, rate: READS, members };
      const reader = await startChild('reader-process.ts', settings);
      sites.push({ database, db, reader });
      const measured = (run: () => Promise<number[]>) => () => measure(plan, reader, run);
      variants[`${flush}: nothing beside the reads`] = measured(async () => (await sleep(plan.sliceMs), [0]));
      for (const what of ['expire', 'mature'] as const) {
        variants[`${flush}: ${what}, set by set`] = measured(() => setBySet(db, what));
        variants[`${flush}: ${what}, one by one`] = measured(() => oneByOne(db, what));
      }
    }
    const samples = await interleave(plan, variants);
    for (const { database } of sites) await checkLedger(database, '1');
    return { claims: plan.flushes.flatMap((flush) => claimsOf(flush, samples)), samples };
  } finally {
    for (const { database, db, reader } of sites) {
      await reader.stop();
      await db.close();
      await database.drop();
    }
  }
}

/** Each member has lots that are due and lots that are not; more are due than the rounds can take. */
async function openSite({ quick }: Plan, { postgresUrl }: Servers, flush: Flush) {
  const members = quick ? 5_000 : 20_000;
  const database = await makeDatabase(postgresUrl, flush);
  await database.sql(PROGRAM_1);
  const group = { first: 1, last: members, lots: 20, points: 10 };
  const past = "now() - interval '30 days' + k * interval '1 minute'";
  const ends = `case when k <= 15 then ${past} else now() + interval '1 year' end`;
  await database.sql(pastLots({ ...group, pending: false, usable: "now() - interval '300 days'", ends }));
  await database.sql(pastLots({ ...group, pending: true, usable: past, ends: "now() + interval '1 year'" }));
  await database.sql('vacuum analyze member, account, transfer, entry, lot');
  return { database, members };
}

/** `run` does pieces until the time is over and tells what each piece did and took: lots, ms, lots, ms ... */
async function measure({ sliceMs }: Plan, reader: Child, run: () => Promise<number[]>): Promise<Swept> {
  await reader.ask('take');
  const start = performance.now();
  let lots = 0;
  let longest = 0;
  do {
    const before = performance.now();
    const done = await run();
    longest = Math.max(longest, performance.now() - before);
    lots += done.reduce((sum, one) => sum + one, 0);
  } while (performance.now() - start < sliceMs);
  const seconds = (performance.now() - start) / 1000;
  const reads = [...(await reader.ask<Float64Array>('take'))];
  return { rate: lots / seconds, readP99: quantile(reads, 0.99), readMax: Math.max(...reads), longest };
}

const LIMIT = 1_000;

async function setBySet(db: Database, what: Sweep): Promise<number[]> {
  const { lots } = await SWEEPS[what](db, { now: Date.now(), limit: LIMIT });
  if (lots === 0) throw new Error('the bench has run out of due lots');
  return [lots];
}

const DUE = {
  expire: `select member_id as member, of from lot where remaining > 0 and matured and ends_at < 'infinity' and ends_at <= now() order by ends_at limit 50`,
  mature: `select member_id as member, of from lot where not matured and remaining > 0 and usable_at <= now() order by usable_at limit 50`,
};

async function oneByOne(db: Database, what: Sweep): Promise<number[]> {
  const scope = { programs: ['1'] };
  const due = await inTransaction(db, scope, (tx) =>
    tx.prepared<{ member: string; of: string }>(`due_${what}`, DUE[what], []),
  );
  const done: number[] = [];
  for (const { member, of } of due) done.push(await inTransaction(db, scope, (tx) => sweepOne(tx, what, member, of)));
  return done;
}

function claimsOf(flush: Flush, samples: Record<string, Swept[]>): Claim[] {
  const of = (name: string, key: keyof Swept) => (samples[`${flush}: ${name}`] ?? []).map((one) => one[key]);
  const at = flush === 'free' ? 'free flush' : '1 ms flush';
  const claim = (
    what: string,
    measured: Claim['measured'],
    bound: Claim['bound'],
    unit: Claim['unit'] = 'x',
  ): Claim => ({
    ...{ target: 'P-T15', what: `${what}, ${at}`, measured, unit, bound },
  });
  return (['expire', 'mature'] as const).flatMap((what) => {
    const set = `${what}, set by set`;
    const idle = of('nothing beside the reads', 'readP99');
    return [
      claim(`${what}: set by set / one by one`, ratio(of(set, 'rate'), of(`${what}, one by one`, 'rate')), least(6)),
      claim(`${what}: longest round of ${LIMIT} lots`, spread(of(set, 'longest')), most(150), 'ms'),
      claim(`${what}: balance reads beside it, p99 / idle p99`, ratio(of(set, 'readP99'), idle), most(3)),
    ];
  });
}
