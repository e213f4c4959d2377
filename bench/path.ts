import { BASELINE_TABLES, openBaselines } from './baselines.js';
import { startChild } from './child.js';
import { fillEvents, fillInbox } from './fill-inbox.js';
import { closedLoop, type Flush, interleave, type Plan, ratio, spread } from './harness.js';
import { measureIngest } from './ingest.js';
import { PER_EVENT_TABLES } from './per-event.js';
import { settlePopulation } from './population.js';
import { type BenchDatabase, makeDatabase, nameOf, type Servers } from './postgres.js';
import { type Claim, least, most } from './targets.js';
import { check, emptied, freshPrefix, travel, type Travelled, type Way } from './way.js';
import type { WorkReport } from './worker-process.js';

/** The databases of one kind of flush: what runs are copies of. */
interface Site {
  flush: Flush;
  empty: BenchDatabase;
  manyShops: BenchDatabase;
  filled: BenchDatabase;
  raw: BenchDatabase;
  /** Jobs of the rows of the one who makes one each. */
  events: string[];
}

/** (b) From webhook to balance through receiver, inbox, doorbell, engine and ledger. */
export async function benchPath(plan: Plan, servers: Servers): Promise<{ claims: Claim[]; samples: object }> {
  const sites: Site[] = [];
  try {
    for (const flush of plan.flushes) sites.push(await openSite(plan, servers, flush));
    const drains: Record<string, () => Promise<number>> = {};
    for (const site of sites) Object.assign(drains, drainVariants(plan, servers, site));
    const drained = await interleave(plan, drains);
    const claims = plan.flushes.flatMap((flush) => drainClaims(flush, drained));
    if (servers.redis === null) return { claims, samples: { drained } };
    const loaded = await interleave(
      plan,
      Object.assign({}, ...sites.map((site) => loadVariants(plan, servers, site))) as Loads,
    );
    const ingested = await interleave(
      plan,
      Object.fromEntries(sites.map((site) => [site.flush, () => ingestOnly(plan, servers, site)])),
    );
    for (const flush of plan.flushes)
      claims.push(
        ...loadClaims(
          flush,
          loaded,
          (ingested[flush] ?? []).map(({ rate }) => rate),
        ),
      );
    return { claims, samples: { drained, loaded, ingested } };
  } finally {
    for (const site of sites) for (const one of [site.empty, site.manyShops, site.filled, site.raw]) await one.drop();
  }
}

type Loads = Record<string, () => Promise<Travelled>>;

const sizes = ({ quick }: Plan) => (quick ? { product: 3_000, event: 1_000 } : { product: 12_000, event: 3_000 });

async function openSite(plan: Plan, servers: Servers, flush: Flush): Promise<Site> {
  const { postgresUrl } = servers;
  const empty = await makeDatabase(postgresUrl, flush);
  await empty.sql(PER_EVENT_TABLES);
  await settlePopulation(empty);
  await empty.close();
  const filled = await makeDatabase(postgresUrl, flush, nameOf(empty));
  await fillInbox(filled, sizes(plan).product);
  const events = await fillEvents(filled, sizes(plan).event);
  await filled.sql('vacuum analyze inbox, event.inbox');
  await filled.close();
  const manyShops = await makeDatabase(postgresUrl, flush);
  await settlePopulation(manyShops, MANY_SHOPS);
  await manyShops.close();
  const raw = await makeDatabase(postgresUrl, flush);
  await raw.sql(BASELINE_TABLES);
  await raw.sql('vacuum analyze raw.balance');
  return { flush, empty, manyShops, filled, raw, events };
}

const MANY_SHOPS = 200;

/** A copy of a database for one run. */
async function onCopy<T>(
  { postgresUrl }: Servers,
  flush: Flush,
  of: BenchDatabase,
  run: (copy: BenchDatabase) => Promise<T>,
): Promise<T> {
  const copy = await makeDatabase(postgresUrl, flush, nameOf(of));
  try {
    return await run(copy);
  } finally {
    await copy.drop();
  }
}

function drainVariants(plan: Plan, servers: Servers, site: Site): Record<string, () => Promise<number>> {
  const { flush, filled, raw, events } = site;
  const baselines = openBaselines(raw.url);
  const drained = (way: Way) => () => onCopy(servers, flush, filled, (copy) => drain(way, copy, servers, events));
  const redis = servers.redis !== null;
  const variants = {
    'raw limit R': () => closedLoop(2, plan.sliceMs, baselines.plainBatch),
    'drain, queue on postgres': drained({ mode: 'product', queue: 'postgres' }),
    ...(redis && { 'drain, queue on redis': drained({ mode: 'product', queue: 'redis' }) }),
    ...(redis && { 'drain, one job per event': drained({ mode: 'event', queue: 'redis' }) }),
  };
  return Object.fromEntries(Object.entries(variants).map(([name, run]) => [`${flush}: ${name}`, run]));
}

/** How fast a worker takes what waits; its first fifth warms it up. */
async function drain(way: Way, database: BenchDatabase, servers: Servers, events: string[]): Promise<number> {
  const shared = { url: database.url, queue: way.queue, redisUrl: servers.redis?.url ?? null, prefix: freshPrefix() };
  const worker = await startChild('worker-process.ts', { ...shared, mode: way.mode, concurrency: 2 });
  try {
    if (way.mode === 'event') await worker.ask('add', events);
    await worker.ask('start');
    if (way.mode === 'product') await worker.ask('ring');
    await emptied(way, database);
    const { ids, at } = await worker.ask<WorkReport>('take');
    await check(way, database, ids.length);
    const sorted = at.toSorted();
    const warm = sorted[Math.floor(sorted.length / 5)] ?? NaN;
    const later = sorted.filter((one) => one > warm).length;
    return later / (((sorted.at(-1) ?? NaN) - warm) / 1000);
  } finally {
    await worker.stop();
  }
}

function loadVariants(plan: Plan, servers: Servers, { flush, empty, manyShops }: Site): Loads {
  const url = servers.redis?.url ?? null;
  const seconds = plan.quick ? 2 : 4;
  const run = (mode: Way['mode'], queue: Way['queue'], load: Parameters<typeof travel>[1]) => () =>
    onCopy(servers, flush, empty, (copy) => travel({ mode, queue }, load, copy, url));
  const many = () =>
    onCopy(servers, flush, manyShops, (copy) =>
      travel({ mode: 'product', queue: 'redis' }, { saturate: seconds }, copy, url, MANY_SHOPS),
    );
  const steady = (rate: number) => ({ rate, seconds: plan.quick ? 3 : 6 });
  const variants: Loads = {
    'saturated, redis': run('product', 'redis', { saturate: seconds }),
    'saturated, postgres queue': run('product', 'postgres', { saturate: seconds }),
    'saturated, one job per event': run('event', 'redis', { saturate: seconds }),
    [`saturated, redis, ${MANY_SHOPS} shops`]: many,
    '100/s, redis': run('product', 'redis', steady(100)),
    '500/s, redis': run('product', 'redis', steady(500)),
    '100/s, one job per event': run('event', 'redis', steady(100)),
    '500/s, one job per event': run('event', 'redis', steady(500)),
  };
  return Object.fromEntries(Object.entries(variants).map(([name, go]) => [`${flush}: ${name}`, go]));
}

const ingestOnly = (plan: Plan, servers: Servers, { flush, empty }: Site) =>
  onCopy(servers, flush, empty, (copy) => measureIngest(plan, { mode: 'product', url: copy.url }, copy));

const nameOfFlush = (flush: Flush) => (flush === 'free' ? 'free flush' : '1 ms flush');

function drainClaims(flush: Flush, samples: Record<string, number[]>): Claim[] {
  const of = (name: string) => samples[`${flush}: ${name}`] ?? [];
  const claim = (target: Claim['target'], what: string, measured: Claim['measured'], bound: Claim['bound']): Claim => ({
    ...{ target, what: `${what}, ${nameOfFlush(flush)}`, measured, unit: 'x', bound },
  });
  const redis = of('drain, queue on redis').length > 0;
  const main = of(redis ? 'drain, queue on redis' : 'drain, queue on postgres');
  const own = [
    claim(
      'P-T2',
      'drain of a filled inbox / raw limit R (never below 0.25)',
      ratio(main, of('raw limit R')),
      least(0.4),
    ),
  ];
  if (!redis) return own;
  return [
    ...own,
    claim(
      'P-T3',
      'drain / one job and one transaction per event',
      ratio(main, of('drain, one job per event')),
      least(25),
    ),
    claim('P-T14', 'drain: queue on postgres / on redis', ratio(of('drain, queue on postgres'), main), null),
  ];
}

function loadClaims(flush: Flush, samples: Record<string, Travelled[]>, ingestRate: number[]): Claim[] {
  const of = (name: string, key: keyof Travelled) => (samples[`${flush}: ${name}`] ?? []).map((one) => one[key]);
  const [main, each] = ['saturated, redis', 'saturated, one job per event'];
  const claim = (
    target: Claim['target'],
    what: string,
    measured: Claim['measured'],
    bound: Claim['bound'],
    unit: Claim['unit'] = 'x',
  ): Claim => ({ ...{ target, what: `${what}, ${nameOfFlush(flush)}`, measured, unit, bound } });
  return [
    claim('P-T10', 'whole path / ingest alone', ratio(of(main, 'rate'), ingestRate), least(0.35)),
    claim('P-T10', 'whole path / one job per event', ratio(of(main, 'rate'), of(each, 'rate')), least(4)),
    claim('P-T10', 'inbox empty after the load ended', spread(of(main, 'behind')), most(1), 's'),
    claim('P-T11', 'p99 / p99 of one job per event', ratio(of(main, 'p99'), of(each, 'p99')), most(0.02)),
    claim('P-T11', 'p99', spread(of(main, 'p99')), most(100), 'ms'),
    claim('P-T12', '100/s: p50', spread(of('100/s, redis', 'p50')), most(10), 'ms'),
    claim('P-T12', '100/s: p99', spread(of('100/s, redis', 'p99')), most(40), 'ms'),
    claim('P-T12', '100/s: answer p99', spread(of('100/s, redis', 'ack99')), most(20), 'ms'),
    claim(
      'P-T12',
      '500/s: p99 / one job per event',
      ratio(of('500/s, redis', 'p99'), of('500/s, one job per event', 'p99')),
      most(0.6),
    ),
    claim('P-T12', '500/s: p50', spread(of('500/s, redis', 'p50')), null, 'ms'),
    claim('P-T12', '500/s: p99', spread(of('500/s, redis', 'p99')), null, 'ms'),
    claim('P-T13', 'at saturation, 20 shops', spread(of(main, 'jobsPerEvent')), most(0.15), 'jobs/event'),
    claim(
      'P-T13',
      `at saturation, ${MANY_SHOPS} shops`,
      spread(of(`saturated, redis, ${MANY_SHOPS} shops`, 'jobsPerEvent')),
      most(0.15),
      'jobs/event',
    ),
    claim('P-T13', 'at 100/s', spread(of('100/s, redis', 'jobsPerEvent')), most(1), 'jobs/event'),
    claim(
      'P-T14',
      'whole path: queue on postgres / on redis',
      ratio(of('saturated, postgres queue', 'rate'), of(main, 'rate')),
      least(0.85),
    ),
  ];
}
