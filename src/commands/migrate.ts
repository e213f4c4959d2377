import pg from 'pg';
import { migrate } from '../db/migrate.js';
import { prepareQueueSchema } from '../queue/backend.js';
import { type Command, databaseOf } from './command.js';

/** The release step: the database's tables, and the queue's when it lives there too. */
export const command: Command = async ({ config, say }) => {
  await migrateAll(databaseOf(config), config.redisUrl === null, say);
  return 'done';
};

/** Safe to run from several processes at once, and again. */
export async function migrateAll(databaseUrl: string, queueToo: boolean, say: (line: string) => void): Promise<void> {
  const ran = await migrate(databaseUrl, { progress: (name) => say(`migration ${name}`) });
  if (queueToo) {
    const pool = new pg.Pool({ connectionString: databaseUrl, max: 1 });
    pool.on('error', () => undefined);
    await prepareQueueSchema(pool).finally(() => pool.end());
  }
  say(ran.length === 0 ? 'the database is up to date' : `the database is up to date, ${ran.length} migrations ran`);
}
