import { randomBytes } from 'node:crypto';
import { chmod, mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { openDatabase } from '../src/db/database.js';
import { startEmbedded } from '../src/db/embedded.js';
import { migrate } from '../src/db/migrate.js';
import { verify } from '../src/ledger/verify.js';
import { find } from '../test/support/machine.js';
import { type RedisServer, startRedis } from '../test/support/redis.js';
import type { Flush } from './harness.js';

/** The bench's own servers: a real Postgres that flushes, and a Redis where the machine has one. */
export interface Servers {
  postgresUrl: string;
  redis: RedisServer | null;
  stop(): Promise<void>;
}

/** Sizes only; everything that makes a commit safe is as Postgres ships it (fsync, full_page_writes, checksums: on). */
const SETTINGS = { shared_buffers: '1GB', max_wal_size: '4GB', max_connections: '200' };

export async function startServers(say: (line: string) => void): Promise<Servers> {
  const folder = await mkdtemp(join(tmpdir(), 'tallymark-bench-'));
  await chmod(folder, 0o755);
  const postgres = await startEmbedded({ folder: join(folder, 'postgres'), settings: SETTINGS });
  const program = find('redis-server');
  if (program === null) say('No redis-server on this machine: what needs one is not run.');
  const redis = program === null ? null : await startRedis(program);
  return {
    postgresUrl: postgres.url,
    redis,
    async stop() {
      await redis?.stop();
      await postgres.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A 1 ms disk: the leader of a group commit sleeps that long with the WAL write lock in its hand. Set on the database, so
 * that every session of it is slowed alike, the product's and the others'.
 */
const SLOW = ['commit_siblings = 0', 'commit_delay = 1000'];

/** A database of its own, empty or a copy of `template`, dropped by the caller. */
export interface BenchDatabase {
  url: string;
  /** Plain SQL as the superuser. */
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Ends our connections, so that others may copy it. */
  close(): Promise<void>;
  drop(): Promise<void>;
}

export async function makeDatabase(server: string, flush: Flush, template?: string): Promise<BenchDatabase> {
  const name = `bench_${randomBytes(5).toString('hex')}`;
  await admin(server, `create database ${name} template ${template ?? 'template0'} strategy file_copy`);
  if (flush === '1ms') for (const setting of SLOW) await admin(server, `alter database ${name} set ${setting}`);
  const url = new URL(server);
  url.pathname = `/${name}`;
  if (template === undefined) await migrate(url.href);
  const pool = new pg.Pool({ connectionString: url.href, max: 2 });
  pool.on('error', () => {});
  let open = true;
  const close = async () => {
    if (open) await pool.end();
    open = false;
  };
  return {
    url: url.href,
    sql: async <Row>(text: string, values: unknown[] = []) => (await pool.query(text, values)).rows as Row[],
    close,
    async drop() {
      await close();
      await admin(server, `drop database ${name} with (force)`);
    },
  };
}

export const nameOf = (database: BenchDatabase): string => new URL(database.url).pathname.slice(1);

async function admin(server: string, text: string): Promise<void> {
  const client = new pg.Client({ connectionString: server });
  await client.connect();
  try {
    await client.query(text);
  } finally {
    await client.end();
  }
}

/**
 * Every promise of the ledger, by the product's own verification, of all programs or one; `besides` those that the bench
 * does not set out to keep. A benchmark of a wrong ledger is worth nothing.
 * @throws Error naming the promise that was broken
 */
export async function checkLedger(
  database: BenchDatabase,
  program?: string,
  besides: readonly string[] = [],
): Promise<void> {
  const db = await openDatabase(database.url, { role: 'owner', max: 1 });
  try {
    const violations = await verify(db, program === undefined ? {} : { program });
    const broken = violations.find(({ rule }) => !besides.includes(rule));
    if (broken) throw new Error(`the ledger is wrong after a run: ${JSON.stringify(broken)}`);
  } finally {
    await db.close();
  }
}
