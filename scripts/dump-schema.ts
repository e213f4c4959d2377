/** Writes migrations/schema.sql: `npx tsx scripts/dump-schema.ts` after a new migration. Needs nothing but Node. */
import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { describeSchema } from '../src/db/describe-schema.js';
import { startEmbedded } from '../src/db/embedded.js';
import { migrate, MIGRATIONS } from '../src/db/migrate.js';

const folder = await mkdtemp(join(tmpdir(), 'tallymark-schema-'));
const server = await startEmbedded({ folder: join(folder, 'postgres') });
await migrate(server.url);
const client = new pg.Client({ connectionString: server.url });
await client.connect();
await writeFile(join(MIGRATIONS, 'schema.sql'), await describeSchema(client));
await client.end();
await server.stop();
await rm(folder, { recursive: true });
