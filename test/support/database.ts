import { randomBytes, randomInt } from 'node:crypto';
import { afterAll, beforeAll } from '@jest/globals';
import pg from 'pg';
import { openDatabase } from '../../src/db/database.js';
import type { Database, Role } from '../../src/db/database.js';

/** What a worker's process remembers by the number of a program or store is of another file's databases. */
const FIRST = randomInt(1, 1_000_000) * 1000;

/** A database of one test file: cloned from the migrated template, dropped after it. */
export interface TestDatabase {
  url: string;
  /** As the service works: role tallymark_app. */
  app: Database;
  /** As the receiver and the sweeps work: role tallymark_intake. */
  intake: Database;
  /** As the superuser: for planting rows, looking at what nobody may see, and damaging things on purpose. */
  owner: Database;
  /** Plain SQL as the superuser. */
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
}

/** For a whole file: `const db = testDatabase();` at the top; its members are usable inside tests and hooks. */
export function testDatabase(): TestDatabase {
  const holder = {} as TestDatabase;
  let dropped: () => Promise<void>;
  beforeAll(async () => {
    const made = await makeDatabase();
    dropped = made.drop;
    Object.assign(holder, made.db);
  });
  afterAll(async () => dropped());
  return holder;
}

/** For one test that wants a database to itself. */
export async function withDatabase<T>(fn: (db: TestDatabase) => Promise<T>): Promise<T> {
  const { db, drop } = await makeDatabase();
  try {
    return await fn(db);
  } finally {
    await drop();
  }
}

/** The address of the run's server, with which a test may start processes of its own. */
export function serverUrl(): string {
  const url = process.env.TALLYMARK_TEST_POSTGRES;
  if (!url) throw new Error('no test Postgres: run the tests through jest (test/support/global-setup.mjs)');
  return url;
}

/** An empty database without our tables, dropped by the caller. */
export async function emptyDatabase(template = 'template1'): Promise<{ url: string; drop(): Promise<void> }> {
  const name = `t_${randomBytes(6).toString('hex')}`;
  await once(serverUrl(), `create database ${name} template ${template} strategy file_copy`);
  const url = new URL(serverUrl());
  url.pathname = `/${name}`;
  return { url: url.href, drop: () => once(serverUrl(), `drop database ${name} with (force)`) };
}

async function makeDatabase(): Promise<{ db: TestDatabase; drop: () => Promise<void> }> {
  const { url, drop } = await emptyDatabase('template_tallymark');
  // a loaded machine may keep many clients waiting for a connection; that is not what tests are about
  const open = (role: Role, max: number) => openDatabase(url, { role, max, acquireTimeoutMs: 60_000 });
  const [app, intake, owner] = await Promise.all([open('app', 16), open('intake', 4), open('owner', 4)]);
  for (const table of ['program', 'store'])
    await owner.pool.query(`select setval(pg_get_serial_sequence($1, 'id'), $2)`, [table, FIRST]);
  const db: TestDatabase = {
    url,
    app,
    intake,
    owner,
    sql: async <Row>(text: string, values: unknown[] = []) => (await owner.pool.query(text, values)).rows as Row[],
  };
  const close = async () => {
    await Promise.all([app.close(), intake.close(), owner.close()]);
    await drop();
  };
  return { db, drop: close };
}

async function once(url: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}
