import { type Child, startChild } from './child.js';
import { type Flush, interleave, type Plan, quantile, ratio, spread } from './harness.js';
import type { LoadReport, LoadSettings } from './load-process.js';
import { PER_EVENT_TABLES } from './per-event.js';
import { settlePopulation, SHOPS } from './population.js';
import { type BenchDatabase, makeDatabase, type Servers } from './postgres.js';
import type { ServerSettings } from './server-process.js';
import { type Claim, least } from './targets.js';

interface Ingested {
  rate: number;
  p50: number;
  p99: number;
}

/** (e) Ingest: 50 connections, orders of 6 kB; each answer follows the commit of its row. */
export async function benchIngest(plan: Plan, servers: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const sites = await Promise.all(
    plan.flushes.map(async (flush) => {
      const database = await makeDatabase(servers.postgresUrl, flush);
      await database.sql(PER_EVENT_TABLES);
      await settlePopulation(database);
      return { flush, database };
    }),
  );
  try {
    const variants: Record<string, () => Promise<Ingested>> = {};
    for (const { flush, database } of sites) {
      for (const mode of ['product', 'single', 'insert'] as const)
        variants[`${flush}: ${mode}`] = () => measureIngest(plan, { mode, url: database.url }, database);
    }
    const [first] = sites;
    if (first)
      variants['signature only'] = () => measureIngest(plan, { mode: 'signature', url: first.database.url }, null);
    const samples = await interleave(plan, variants);
    return { claims: plan.flushes.flatMap((flush) => claimsOf(flush, samples)), samples };
  } finally {
    for (const { database } of sites) await database.drop();
  }
}

let runs = 0;
const WARM = 4_000;

/** One server, one load: the rate of answers and how long they took. Checks that every answer has its row. */
export async function measureIngest(
  { quick }: Plan,
  { mode, url }: Pick<ServerSettings, 'mode' | 'url'>,
  database: BenchDatabase | null,
): Promise<Ingested> {
  const settings: ServerSettings = { mode, url, queue: 'none', redisUrl: null, prefix: '' };
  const server = await startChild('server-process.ts', settings);
  try {
    const port = await server.ask<number>('port');
    const run = `ingest${process.pid}-${++runs}`;
    const load: LoadSettings = { port, connections: 50, run, orders: 1_000, again: true, first: 1, shops: SHOPS };
    const sender = await startChild('load-process.ts', load);
    try {
      await warmUp(sender);
      const report = await sender.ask<LoadReport>('saturate', { seconds: quick ? 1.5 : 3 });
      if (report.refused > 0) throw new Error(`${mode}: ${report.refused} deliveries were refused`);
      if (database) await checkRows(database, mode, run, report.sent.length);
      const acks = [...report.acks];
      return { rate: acks.length / report.seconds, p50: quantile(acks, 0.5), p99: quantile(acks, 0.99) };
    } finally {
      await sender.stop();
    }
  } finally {
    await server.stop();
  }
}

/** By deliveries and not by time: a server is as fast as it gets after so many, however long it takes for them. */
async function warmUp(sender: Child): Promise<void> {
  for (let answered = 0; answered < WARM;)
    answered += (await sender.ask<LoadReport>('saturate', { seconds: 0.5 })).acks.length;
}

/** What was answered with 200 is there: at least as many rows of this run as were measured. */
async function checkRows(database: BenchDatabase, mode: string, run: string, answered: number): Promise<void> {
  const from = mode === 'product' || mode === 'single' ? 'inbox where delivery_key' : 'event.inbox where webhook_id';
  const [row] = await database.sql<{ n: number }>(`select count(*)::int as n from ${from} like $1`, [`${run}-%`]);
  if ((row?.n ?? 0) < answered) throw new Error(`${mode}: ${answered} answers, but ${row?.n} rows`);
  await database.sql('truncate inbox, event.inbox');
}

function claimsOf(flush: Flush, samples: Record<string, Ingested[]>): Claim[] {
  const of = (name: string, key: keyof Ingested) => (samples[name] ?? []).map((one) => one[key]);
  const product = of(`${flush}: product`, 'rate');
  const single = of(`${flush}: single`, 'rate');
  const plain = of(`${flush}: insert`, 'rate');
  const at = flush === 'free' ? 'free flush' : '1 ms flush';
  const claim = (
    what: string,
    measured: Claim['measured'],
    bound: Claim['bound'],
    unit: Claim['unit'] = 'x',
  ): Claim => ({
    ...{ target: 'P-T9', what: `${what}, ${at}`, measured, unit, bound },
  });
  return [
    claim('receiver / signature only on the same server', ratio(product, of('signature only', 'rate')), least(0.25)),
    claim(
      'receiver / one INSERT of the same row per request',
      ratio(product, single),
      least(flush === 'free' ? 1.2 : 1.5),
    ),
    claim('receiver / one INSERT of the plain body per request', ratio(product, plain), null),
    claim('receiver, answer p99 at saturation', spread(of(`${flush}: product`, 'p99')), null, 'ms'),
    claim('one INSERT of the same row, answer p99', spread(of(`${flush}: single`, 'p99')), null, 'ms'),
  ];
}
