// How long the reports of three years take in a big shop: node --import tsx bench/reports.ts [members] [orders]
import { performance } from 'node:perf_hooks';
import { inTransaction, openDatabase } from '../src/db/database.js';
import { readCohorts } from '../src/reports/read-cohorts.js';
import { readOrderValue, readValue } from '../src/reports/read-value.js';
import { readReturning } from '../src/reports/read-returning.js';
import { makeDatabase, startServers } from './postgres.js';
import { NOW, settleReportPast } from './report-past.js';

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
      returning: () => readReturning(tx, '1', { days: 365, within: 90, now: NOW }),
    };
    for (const [name, read] of Object.entries(reports)) {
      const began = performance.now();
      await read();
      say(`${name}: ${Math.round(performance.now() - began)} ms`);
    }
  });
  await db.close();
  await database.close();
} finally {
  await servers.stop();
}
