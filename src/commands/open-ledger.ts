import { join } from 'node:path';
import { type Database, openDatabase } from '../db/database.js';
import { startEmbedded } from '../db/embedded.js';
import type { Invocation } from './command.js';

/** The database that a command looks at: that of DATABASE_URL, else the demo's own, running or not. */
export async function openLedger({ config, releasers, complain }: Invocation): Promise<Database> {
  let url = config.databaseUrl;
  if (url === null) {
    const server = await startEmbedded({ folder: join(config.dataDir, 'postgres'), progress: complain });
    // one that was running belongs to whoever started it
    if (!server.adopted) releasers.add('Postgres', () => server.stop());
    url = server.url;
  }
  const db = await openDatabase(url, { role: 'app', max: 2 });
  releasers.add('database', () => db.close());
  return db;
}
