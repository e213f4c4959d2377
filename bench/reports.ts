// How long the reports of three years take in a big shop: node --import tsx bench/reports.ts [members] [orders]
import { performance } from 'node:perf_hooks';
import { inTransaction, openDatabase } from '../src/db/database.js';
import { forecastOf } from '../src/reports/forecast.js';
import { readActivity } from '../src/reports/read-activity.js';
import { readCohorts } from '../src/reports/read-cohorts.js';
import { readCohortsLeft } from '../src/reports/read-forecast.js';
import { readReach, readUnclaimed } from '../src/reports/read-reach.js';
import { ORDER_VALUE, readOrderValue, readValue } from '../src/reports/read-value.js';
import { readReturning } from '../src/reports/read-returning.js';
import { makeDatabase, startServers } from './postgres.js';
import { NOW, settleReportPast } from './report-past.js';

/** As it was asked before: a look-up of the member for each order. */
const BY_LOOK_UP = `
  select to_char(o.placed_at at time zone $4, 'YYYY-MM') as month, coalesce(m.joined_at <= o.placed_at, false) as member,
    count(*)::int as n, sum(o.brought)::float8 as sum, sum(o.brought::float8 * o.brought) as squares
  from order_state o left join member m on m.program_id = $1 and m.id = o.member_id
  where o.program_id = $1 and o.placed_at >= $2 and o.placed_at < $3 and o.brought is not null and not o.removed
    and o.brought_in = $5
  group by 1, 2 order by 1`;
const ROUNDS = 5;
const YEAR = 365 * 24 * 3_600_000;
/** Of three years and of the three before them, as the report asks. */
const monthEnds = Array.from({ length: 72 }, (_, nth) => Date.UTC(2020, 12 + nth, 1)).filter((at) => at <= NOW);

const [members = 200_000, orders = 2_000_000] = process.argv.slice(2).map(Number);
const say = (line: string) => void process.stdout.write(`${line}\n`);
const servers = await startServers(say);
try {
  const database = await makeDatabase(servers.postgresUrl, 'free');
  await settleReportPast(database, { members, orders }, say);
  const db = await openDatabase(database.url, { role: 'owner', max: 1 });
  const from = Date.UTC(2023, 11, 1);
  const range = { from, to: NOW, zone: 'Europe/Amsterdam', money: 'EUR2' };
  await inTransaction(db, { programs: ['1'] }, async (tx) => {
    const reports = {
      value: () => readValue(tx, '1', { ...range, within: 180 }),
      'order value': () => readOrderValue(tx, '1', range),
      cohorts: () => readCohorts(tx, '1', { ...range, now: NOW }),
      activity: () => readActivity(tx, '1', range),
      forecast: async () => {
        const cohorts = await readCohortsLeft(tx, '1', { now: NOW, zone: range.zone });
        return forecastOf(cohorts.get('points') ?? [], false, 12);
      },
      active: () => readReach(tx, '1', { instants: monthEnds, days: 90 }),
      unclaimed: () => readUnclaimed(tx, '1', { unit: 'points', anybody: 100, levels: [] }, [NOW - YEAR / 4]),
      returning: () => readReturning(tx, '1', { days: 365, within: 90, now: NOW }),
    };
    for (const [name, read] of Object.entries(reports)) {
      const began = performance.now();
      await read();
      say(`${name}: ${Math.round(performance.now() - began)} ms`);
    }
  });
  const asked = ['1', new Date(from), new Date(NOW), range.zone, range.money];
  const took = { before: [] as number[], now: [] as number[] };
  // in turns, so that what else the machine does meets both
  for (let round = 0; round < ROUNDS; round += 1)
    for (const [name, sql] of [
      ['before', BY_LOOK_UP],
      ['now', ORDER_VALUE],
    ] as const) {
      const { ms, buffers, plan } = await explained(sql, asked);
      took[name].push(ms);
      if (round === ROUNDS - 1) say(`order value, ${name}: ${Math.round(ms)} ms, ${buffers} pages\n${plan}`);
    }
  const median = (all: number[]) => [...all].sort((a, b) => a - b)[ROUNDS >> 1] ?? 0;
  say(`order value, before / now: ${(median(took.before) / median(took.now)).toFixed(2)} (medians of ${ROUNDS})`);
  await db.close();
  await database.close();

  /** By EXPLAIN (ANALYZE, BUFFERS), prepared and generic as the service asks it. */
  async function explained(sql: string, values: unknown[]): Promise<{ ms: number; buffers: number; plan: string }> {
    const written = values
      .map((value) => `'${value instanceof Date ? value.toISOString() : String(value)}'`)
      .join(', ');
    const client = await db.pool.connect();
    try {
      await client.query('set plan_cache_mode = force_generic_plan');
      await client.query(`prepare asked as ${sql}`);
      const { rows } = await client.query<{ 'QUERY PLAN': string }>(
        `explain (analyze, buffers, timing off, costs off) execute asked (${written})`,
      );
      const lines = rows.map((row) => row['QUERY PLAN']);
      const plan = lines.join('\n');
      const [, hit = '0'] = /shared hit=(\d+)/.exec(plan) ?? [];
      const [, read = '0'] = /shared (?:hit=\d+ )?read=(\d+)/.exec(plan) ?? [];
      const [, ms = '0'] = /Execution Time: ([\d.]+)/.exec(plan) ?? [];
      return { ms: Number(ms), buffers: Number(hit) + Number(read), plan };
    } finally {
      await client.query('deallocate asked');
      client.release();
    }
  }
} finally {
  await servers.stop();
}
