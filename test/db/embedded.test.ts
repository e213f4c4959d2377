import { chmod, mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from '@jest/globals';
import pg from 'pg';
import { startEmbedded } from '../../src/db/embedded.js';

let home: string;
let folder: string;

beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'tallymark-embedded-'));
  await chmod(home, 0o755);
  folder = join(home, 'data/postgres');
});
afterAll(() => rm(home, { recursive: true, force: true }));

const ask = async (url: string, text: string) => {
  const client = new pg.Client({ connectionString: url });
  client.on('error', () => {});
  await client.connect();
  const { rows } = await client.query<Record<string, string>>(text);
  await client.end();
  return rows;
};

test('starts, keeps its data over a stop, and says what it does', async () => {
  const lines: string[] = [];
  const first = await startEmbedded({ folder, progress: (line) => lines.push(line) });
  await ask(first.url, 'create table kept as select 1 as x');
  await first.stop();
  const second = await startEmbedded({ folder, progress: (line) => lines.push(line) });
  expect(await ask(second.url, 'select x from kept')).toEqual([{ x: 1 }]);
  expect(lines).toEqual(['Making the data folder of Postgres', 'Starting Postgres', 'Starting Postgres']);
  await second.stop();
});

test('UTF-8 whatever LANG says, loopback alone, a password in a file of our own', async () => {
  const server = await startEmbedded({ folder });
  const [row] = await ask(
    server.url,
    `select current_setting('server_encoding') as encoding, current_setting('listen_addresses') as listens,
       (select datlocale from pg_database where datname = 'postgres') as locale, upper('straße é') as upper`,
  );
  expect(row).toMatchObject({ encoding: 'UTF8', listens: '127.0.0.1', locale: 'C.UTF-8' });
  expect((await stat(join(folder, 'password'))).mode & 0o777).toBe(0o600);
  const wrong = server.url.replace(/:[^:@]+@/, ':password@');
  await expect(ask(wrong, 'select 1')).rejects.toThrow('password authentication failed');
  await server.stop();
});

test('a server that a killed process left running is used, and can be stopped', async () => {
  const left = await startEmbedded({ folder });
  const adopted = await startEmbedded({ folder });
  expect(adopted.port).toBe(left.port);
  await adopted.stop();
  await expect(ask(left.url, 'select 1')).rejects.toThrow();
  const again = await startEmbedded({ folder });
  expect(await ask(again.url, 'select x from kept')).toEqual([{ x: 1 }]);
  await again.stop();
});

test('when it does not start, the error ends with its log', async () => {
  await expect(startEmbedded({ folder, settings: { shared_buffers: 'plenty' } })).rejects.toMatchObject({
    code: 'embedded_postgres',
    message: expect.stringContaining('shared_buffers'),
  });
});
