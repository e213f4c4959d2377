// One real Postgres for the whole run, with a migrated template that each test file clones (test/support/database.ts).
// Jest loads this file before its own transforms, so tsx reads our TypeScript here.
import { chmod, mkdtemp, statfs } from 'node:fs/promises';
import { freemem, tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { tsImport } from 'tsx/esm/api';

export default async function setup() {
  const { startEmbedded } = await tsImport('../../src/db/embedded.ts', import.meta.url);
  const { migrate } = await tsImport('../../src/db/migrate.ts', import.meta.url);
  const folder = await mkdtemp(join(await roomy(), 'tallymark-test-'));
  await chmod(folder, 0o755);
  // a crash of the machine may lose this cluster: nobody will miss it
  const settings = {
    fsync: 'off',
    synchronous_commit: 'off',
    full_page_writes: 'off',
    shared_buffers: '256MB',
    max_connections: '300',
    autovacuum_naptime: '10s',
  };
  const server = await startEmbedded({ folder: join(folder, 'postgres'), settings });
  const template = new URL(server.url);
  template.pathname = '/template_tallymark';
  await admin(server.url, 'create database template_tallymark');
  await migrate(template.href);
  process.env.TALLYMARK_TEST_POSTGRES = server.url;
  // what the tests lay into the temp folder goes with the run
  process.env.TMPDIR = folder;
  globalThis.tallymarkTestPostgres = { server, folder };
}

/** In memory where there is plenty of it: made and thrown away there, a database costs half the processor time. */
async function roomy() {
  const memory = '/dev/shm';
  const { bavail, bsize } = await statfs(memory).catch(() => ({ bavail: 0, bsize: 0 }));
  return Math.min(bavail * bsize, freemem()) > 6 * 2 ** 30 ? memory : tmpdir();
}

async function admin(url, text) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query(text);
  await client.end();
}
