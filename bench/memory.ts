import { type ChildProcess, execFileSync, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { fileURLToPath } from 'node:url';
import { startChild } from './child.js';
import { type Plan, spread } from './harness.js';
import type { LoadReport, LoadSettings } from './load-process.js';
import { KEYS, SECRET, settlePopulation, SHOPS } from './population.js';
import { type BenchDatabase, checkLedger, makeDatabase, type Servers } from './postgres.js';
import { type Claim, most } from './targets.js';

const ROOT = fileURLToPath(new URL('../', import.meta.url));
const MB = 1024 * 1024;

/** (f) The whole service in one process, as `npm start` runs it beside a database: what it holds, and whether that grows. */
export async function benchMemory(plan: Plan, { postgresUrl }: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const database = await makeDatabase(postgresUrl, 'free');
  await settlePopulation(database);
  // nothing leaves this machine: the effects of active stores would be told to their platforms
  await database.sql("update store set status = 'suspended'");
  execFileSync(process.execPath, ['scripts/build.mjs'], { cwd: ROOT, stdio: 'ignore' });
  const data = await mkdtemp(join(tmpdir(), 'tallymark-bench-data-'));
  const port = await freePort();
  const service = startService(database, port, data);
  try {
    await answers(port, service);
    plan.say('  the service is up; watching it idle');
    const idle = await watch(service, plan.quick ? 10_000 : 30_000);
    const { loaded, rate } = await underLoad(plan, service, port);
    const [before] = await database.sql<{ n: number }>('select count(*)::int as n from inbox where status = 0');
    const left = await backlog(database, plan);
    plan.say(`  ${before?.n} deliveries waited when the load ended, ${left} after as long again`);
    await checkLedger(database);
    const warm = loaded.slice(Math.floor(loaded.length / 4));
    const growth = slope(
      warm.map(({ at }) => at / 60_000),
      warm.map(({ mb }) => mb),
    );
    plan.say(
      `  ${Math.round(rate)} deliveries/s for ${plan.minutes} min, ${Math.round(warm.at(-1)?.mb ?? 0)} MB at the end`,
    );
    return { claims: claimsOf(plan, idle, warm, growth), samples: { idle, loaded, rate } };
  } finally {
    await end(service);
    await rm(data, { recursive: true, force: true });
    await database.drop();
  }
}

function startService({ url }: BenchDatabase, port: number, data: string): ChildProcess {
  const env = {
    ...{
      PATH: process.env['PATH'],
      HOME: process.env['HOME'],
      NODE_ENV: 'production',
      LOG_LEVEL: 'error',
      DATA_DIR: data,
    },
    ...{ DATABASE_URL: url, PORT: String(port), HOST: '127.0.0.1', PUBLIC_URL: 'https://bench.example.test' },
    ...{ KEYS: KEYS.map(({ id, key }) => `${id}:${key.toString('base64')}`).join(','), SHARDS: '4' },
    ...{ SHOPIFY_API_KEY: 'bench', SHOPIFY_API_SECRET: SECRET },
  };
  return spawn(process.execPath, ['scripts/start.mjs'], { cwd: ROOT, env, stdio: ['ignore', 'ignore', 'inherit'] });
}

async function answers(port: number, service: ChildProcess): Promise<void> {
  for (let tries = 0; tries < 600; tries++) {
    if (service.exitCode !== null) throw new Error('the service ended before it answered');
    const ready = await fetch(`http://127.0.0.1:${port}/ready`).then(
      ({ ok }) => ok,
      () => false,
    );
    if (ready) return;
    await sleep(100);
  }
  throw new Error('the service was not ready within a minute');
}

interface Sample {
  at: number;
  mb: number;
}

async function watch(service: ChildProcess, ms: number, until: () => boolean = () => false): Promise<Sample[]> {
  const start = performance.now();
  const samples: Sample[] = [];
  while (performance.now() - start < ms && !until()) {
    samples.push({ at: performance.now() - start, mb: (await residentBytes(service.pid ?? 0)) / MB });
    await sleep(500);
  }
  return samples;
}

async function residentBytes(pid: number): Promise<number> {
  try {
    return Number(/VmRSS:\s+(\d+) kB/.exec(await readFile(`/proc/${pid}/status`, 'utf8'))?.[1]) * 1024;
  } catch {
    return Number(execFileSync('ps', ['-o', 'rss=', '-p', String(pid)], { encoding: 'utf8' })) * 1024;
  }
}

async function underLoad(
  { minutes, say }: Plan,
  service: ChildProcess,
  port: number,
): Promise<{ loaded: Sample[]; rate: number }> {
  const load: LoadSettings = { port, connections: 50, run: 'memory', orders: 0, again: false, first: 1, shops: SHOPS };
  const sender = await startChild('load-process.ts', load);
  try {
    let over = false;
    const sending = sender.ask<LoadReport>('saturate', { seconds: minutes * 60 }).finally(() => (over = true));
    const loaded = await watch(service, Infinity, () => over);
    const report = await sending;
    // on a starved machine some are asked to come back, which a platform does
    if (report.refused > 0) say(`  ${report.refused} of ${report.acks.length} deliveries were asked to come back`);
    return { loaded, rate: report.acks.length / report.seconds };
  } finally {
    await sender.stop();
  }
}

/** Waits until nothing waits, at most as long as the load lasted; gives how many deliveries are left. */
async function backlog(database: BenchDatabase, { minutes }: Plan): Promise<number> {
  const until = performance.now() + minutes * 60_000;
  for (;;) {
    const [row] = await database.sql<{ n: number }>('select count(*)::int as n from inbox where status = 0');
    if (!row?.n || performance.now() > until) return row?.n ?? 0;
    await sleep(500);
  }
}

async function end(service: ChildProcess): Promise<void> {
  if (service.exitCode !== null || service.signalCode !== null) return;
  const gone = once(service, 'exit');
  service.kill('SIGTERM');
  const timer = setTimeout(() => service.kill('SIGKILL'), 20_000);
  await gone;
  clearTimeout(timer);
}

/** Least squares. */
function slope(xs: readonly number[], ys: readonly number[]): number {
  const mean = (values: readonly number[]) => values.reduce((sum, one) => sum + one, 0) / values.length;
  const [x0, y0] = [mean(xs), mean(ys)];
  const over = xs.reduce((sum, x, i) => sum + (x - x0) * ((ys[i] ?? 0) - y0), 0);
  return over / xs.reduce((sum, x) => sum + (x - x0) ** 2, 0);
}

function claimsOf({ minutes }: Plan, idle: Sample[], warm: Sample[], growth: number): Claim[] {
  const size = (samples: Sample[]) => spread(samples.map(({ mb }) => mb));
  const claim = (what: string, measured: Claim['measured'], bound: Claim['bound'], unit: Claim['unit']): Claim => ({
    ...{ target: 'memory', what, measured, unit, bound },
  });
  return [
    claim('idle', size(idle), most(200), 'MB'),
    claim('at saturation, 50 connections, after warm-up', size(warm), most(400), 'MB'),
    claim(`growth after warm-up, ${minutes} min`, { median: growth, min: growth, max: growth }, most(1), 'MB/min'),
  ];
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
