import pg from 'pg';
import { emptyDatabase } from '../support/database.js';
import { findOrSay } from '../support/machine.js';
import { startRedis } from '../support/redis.js';

/** One of the two things that the queue may live on, with the ways in which it can fail us. */
export interface QueueStore {
  options: { redisUrl: string | null; databaseUrl: string };
  /** All that the queue holds is gone, schedules included (FLUSHALL, a new Redis, an emptied table). */
  lose(): Promise<void>;
  /** Only the jobs are gone; what marks a shard as rung for is still there. */
  loseJobsOnly(): Promise<void>;
  /** Cuts every connection to it. */
  cut(): Promise<void>;
  close(): Promise<void>;
}

/** For describe.each: Postgres always, Redis where there is a redis-server. */
export function queueStores(): { name: string; open: () => Promise<QueueStore> }[] {
  const redis = findOrSay('redis-server', 'the tests of the queue on Redis are');
  const onPostgres = { name: 'Postgres', open: openPostgres };
  return redis ? [onPostgres, { name: 'Redis', open: () => openRedis(redis) }] : [onPostgres];
}

async function openRedis(program: string): Promise<QueueStore> {
  const server = await startRedis(program);
  return {
    options: { redisUrl: server.url, databaseUrl: 'unused' },
    lose: async () => void (await server.command('FLUSHALL')),
    async loseJobsOnly() {
      const keys = (await server.command('KEYS', '*')) as string[];
      const gone = keys.filter((key) => /:(\d+|wait|active|delayed|marker)$/.test(key));
      await server.command('DEL', ...gone);
    },
    async cut() {
      await server.kill();
      await server.start();
    },
    close: () => server.stop(),
  };
}

async function openPostgres(): Promise<QueueStore> {
  const { url, drop } = await emptyDatabase();
  const owner = new pg.Pool({ connectionString: url, max: 2 });
  owner.on('error', () => undefined);
  const tables = async () => {
    const { rows } = await owner.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'",
    );
    return rows.map(({ name }) => name);
  };
  return {
    options: { redisUrl: null, databaseUrl: url },
    async lose() {
      for (const name of await tables()) await owner.query(`delete from bullmq.${name}`);
    },
    loseJobsOnly: async () => void (await owner.query('delete from bullmq.job')),
    async cut() {
      await owner.query(
        'select pg_terminate_backend(pid) from pg_stat_activity where datname = current_database() and pid <> pg_backend_pid()',
      );
    },
    async close() {
      await owner.end();
      await drop();
    },
  };
}
