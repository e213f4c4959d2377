import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { type Database, openDatabase } from '../db/database.js';
import { startEmbedded } from '../db/embedded.js';
import { refuseUnmigrated } from '../foundation.js';
import { type Invocation, databaseOf } from './command.js';

/**
 * The database that a command looks at: that of DATABASE_URL, else the demo's own, running or not.
 * @throws AppError `database_missing`, `not_migrated`
 */
export async function openLedger(invocation: Invocation): Promise<Database> {
  const { config, releasers } = invocation;
  const ofDemo = join(config.dataDir, 'postgres');
  const own = config.databaseUrl === null && existsSync(ofDemo);
  const db = await openDatabase(own ? await wakeDemo(ofDemo, invocation) : databaseOf(config), { role: 'app', max: 2 });
  releasers.add('database', () => db.close());
  await refuseUnmigrated(db);
  return db;
}

async function wakeDemo(folder: string, { releasers, complain }: Invocation): Promise<string> {
  const server = await startEmbedded({ folder, progress: complain });
  // one that was running belongs to whoever started it
  if (!server.adopted) releasers.add('Postgres', () => server.stop());
  return server.url;
}
