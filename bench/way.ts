import { setTimeout as sleep } from 'node:timers/promises';
import { type Child, startChild } from './child.js';
import { instant, quantile } from './harness.js';
import type { LoadReport, LoadSettings } from './load-process.js';
import { PER_EVENT_LAWS } from './per-event.js';
import { SHOPS } from './population.js';
import { type BenchDatabase, checkLedger } from './postgres.js';
import type { ServerSettings } from './server-process.js';
import type { WorkerSettings, WorkReport } from './worker-process.js';

/** How deliveries go: through the product, or as one job and one transaction each. */
export interface Way {
  mode: 'product' | 'event';
  queue: 'redis' | 'postgres';
}

/** What a stretch of load came to. */
export interface Travelled {
  /** Accepted and committed a second, from the first request until nothing waited any more. */
  rate: number;
  /** From a webhook being sent until its balance was committed, ms. */
  p50: number;
  p99: number;
  /** From the request to the answer, ms. */
  ack99: number;
  /** How long after the last answer the last balance came, s. */
  behind: number;
  jobsPerEvent: number;
  eventsPerBatch: number;
}

export type Load = { saturate: number } | { rate: number; seconds: number };

let runs = 0;
export const freshPrefix = (): string => `bench${process.pid}-${++runs}`;

/** After that long what was not done yet counts as lost time, not as work. */
const PATIENCE_MS = 30_000;

/** Before anything is measured code is compiled and every connection has its plans: a service runs for months. */
const WARM_SECONDS = 3;

/** A server process, a worker process and a load process on one database, which is checked afterwards. */
export async function travel(
  way: Way,
  load: Load,
  database: BenchDatabase,
  redisUrl: string | null,
  shops = SHOPS,
): Promise<Travelled> {
  const prefix = freshPrefix();
  const shared = { url: database.url, queue: way.queue, redisUrl, prefix };
  const children: Child[] = [];
  const start = async (file: string, settings: object) => {
    const child = await startChild(file, settings);
    children.push(child);
    return child;
  };
  try {
    const server = await start('server-process.ts', { ...shared, mode: way.mode } satisfies ServerSettings);
    const worker = await start('worker-process.ts', {
      ...shared,
      mode: way.mode,
      concurrency: 2,
    } satisfies WorkerSettings);
    await worker.ask('start');
    const port = await server.ask<number>('port');
    const measured = 'saturate' in load ? load.saturate * 2_000 : load.seconds * load.rate;
    const settings: LoadSettings = {
      port,
      connections: 50,
      run: prefix,
      orders: Math.ceil(WARM_SECONDS * 2_000 + measured) + 1,
      again: false,
      first: 1_000_000 * ++runs,
      shops,
    };
    const sender = await start('load-process.ts', settings);
    await drive(sender, { saturate: WARM_SECONDS });
    await emptied(way, database);
    const warm = await worker.ask<WorkReport>('take');
    const report = await drive(sender, load);
    const ended = instant();
    await emptied(way, database);
    const work = await worker.ask<WorkReport>('take');
    if (report.refused > 0) throw new Error(`${way.mode}: ${report.refused} deliveries were refused`);
    await check(way, database, warm.ids.length + work.ids.length);
    return summed(report, await latencies(way, database, report, work, warm.ids.length), work, ended);
  } finally {
    await Promise.all(children.map((child) => child.stop()));
  }
}

const drive = (sender: Child, load: Load): Promise<LoadReport> =>
  'saturate' in load
    ? sender.ask<LoadReport>('saturate', { seconds: load.saturate })
    : sender.ask<LoadReport>('steady', { rate: load.rate, seconds: load.seconds });

/** Until nothing waits. */
export async function emptied({ mode }: Pick<Way, 'mode'>, database: BenchDatabase): Promise<void> {
  const table = mode === 'product' ? 'inbox' : 'event.inbox';
  const until = performance.now() + PATIENCE_MS;
  while (performance.now() < until) {
    const [row] = await database.sql<{ waits: boolean }>(
      `select exists (select from ${table} where status = 0) as waits`,
    );
    // the transaction that marked the last row was committed, its worker will know in a moment
    if (row?.waits === false) return void (await sleep(50));
    await sleep(20);
  }
}

/** Milliseconds from being sent to being committed, of each delivery that was. */
async function latencies(
  { mode }: Way,
  database: BenchDatabase,
  { sent }: LoadReport,
  { ids, at }: WorkReport,
  before: number,
): Promise<number[]> {
  const keys = mode === 'event' ? new Map(ids.map((key) => [key, key])) : await keysOf(database);
  return ids.flatMap((id, i) => {
    const n = Number(keys.get(id)?.split('-').at(-1)) - before;
    const from = sent[n];
    return from === undefined ? [] : [(at[i] ?? NaN) - from];
  });
}

async function keysOf(database: BenchDatabase): Promise<Map<string, string>> {
  const rows = await database.sql<{ id: string; key: string }>('select id, delivery_key as key from inbox');
  return new Map(rows.map(({ id, key }) => [id, key]));
}

function summed({ acks, seconds }: LoadReport, waited: number[], work: WorkReport, ended: number): Travelled {
  const last = work.at.reduce((latest, at) => Math.max(latest, at), 0);
  const behind = Math.max(0, (last - ended) / 1000);
  return {
    rate: work.ids.length / (seconds + behind),
    p50: quantile(waited, 0.5),
    p99: quantile(waited, 0.99),
    ack99: quantile([...acks], 0.99),
    behind,
    jobsPerEvent: work.jobs / work.ids.length,
    eventsPerBatch: work.ids.length / work.batches,
  };
}

/** Each delivery that was done is one transfer, none failed, every promise of the ledger is kept. */
export async function check({ mode }: Pick<Way, 'mode'>, database: BenchDatabase, committed: number): Promise<void> {
  if (mode === 'product') {
    await checkLedger(database);
    const [row] = await database.sql<{ done: number; failed: number; transfers: number; why: string }>(
      `select count(*) filter (where status = 1)::int as done, count(*) filter (where status = 2 or attempts > 0)::int as failed,
         (select count(*) from transfer)::int as transfers, min(error) as why from inbox`,
    );
    if (row?.done !== row?.transfers || row?.done !== committed || row?.failed !== 0)
      throw new Error(`the path lost or doubled something: ${JSON.stringify({ ...row, committed })}`);
    return;
  }
  const [row] = await database.sql<{ done: string; transfers: string; wrong: string }>(PER_EVENT_LAWS);
  if (row?.done !== row?.transfers || row?.wrong !== '0')
    throw new Error(`the baseline is wrong: ${JSON.stringify(row)}`);
}
