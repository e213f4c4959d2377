import pg from 'pg';
import { findOrSay } from '../support/machine.js';
import { startRedis } from '../support/redis.js';

/** What the queue lives on beside the database of a stage. */
export interface QueueHome {
  redisUrl: string | null;
  /** Everything that the queue holds is gone, schedules included. */
  lose(): Promise<void>;
  /** Gone as above, and away for as long as `meanwhile` takes. */
  restart(meanwhile: () => Promise<void>): Promise<void>;
  close(): Promise<void>;
}

interface Kind {
  name: string;
  open(databaseUrl: string): Promise<QueueHome>;
}

/** For describe.each: Postgres always, Redis where there is a redis-server. */
export function queueHomes(): Kind[] {
  const program = findOrSay('redis-server', 'fault tests of the queue on Redis are');
  const onPostgres = { name: 'Postgres', open: openPostgres };
  return program ? [onPostgres, { name: 'Redis', open: () => openRedis(program) }] : [onPostgres];
}

async function openRedis(program: string): Promise<QueueHome> {
  const server = await startRedis(program);
  return {
    redisUrl: server.url,
    lose: async () => void (await server.command('FLUSHALL')),
    async restart(meanwhile) {
      await server.kill();
      await meanwhile();
      await server.start();
    },
    close: () => server.stop(),
  };
}

/** False when a deadlock was what went wrong. */
function gaveWay(error: unknown): boolean {
  if (error instanceof pg.DatabaseError && error.code === '40P01') return false;
  throw error;
}

async function openPostgres(databaseUrl: string): Promise<QueueHome> {
  const owner = new pg.Pool({ connectionString: databaseUrl, max: 1 });
  owner.on('error', () => undefined);
  const lose = async () => {
    const { rows } = await owner.query<{ name: string }>(
      "select tablename as name from pg_tables where schemaname = 'bullmq' and tablename <> 'migration'",
    );
    const tables = rows.map(({ name }) => `bullmq.${name}`).join(', ');
    // the queue's own statements lock the same tables in another order: whoever is chosen to give way tries again
    for (let gone = rows.length === 0; !gone;) gone = await owner.query(`truncate ${tables}`).then(() => true, gaveWay);
  };
  const cut = `select pg_terminate_backend(pid) from pg_stat_activity
    where datname = current_database() and application_name = 'tallymark queue'`;
  return {
    redisUrl: null,
    lose,
    async restart(meanwhile) {
      await owner.query(cut);
      await meanwhile();
      await lose();
    },
    close: () => owner.end(),
  };
}
