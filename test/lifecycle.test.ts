import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createServer } from 'node:net';
import { afterEach, beforeAll, describe, expect, jest, test } from '@jest/globals';
import { emptyDatabase } from './support/database.js';
import { until } from './support/redis.js';

// processes that start on a busy machine take their time
jest.setTimeout(240_000);

const KEYS = `k1:${Buffer.alloc(32).toString('base64')}`;
const started: ChildProcess[] = [];

interface Role {
  process: ChildProcess;
  output(): string;
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
}

/** A role as the Procfile starts it: the built file, in a process of its own, with nothing of our environment. */
function role(name: string, env: Record<string, string>): Role {
  const child = spawn(process.execPath, [`dist/src/${name}.js`], {
    env: { PATH: process.env['PATH'] ?? '', KEYS, PORT: '0', HOST: '127.0.0.1', ...env },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  started.push(child);
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  return { process: child, output: () => output, ended };
}

afterEach(() => {
  for (const child of started.splice(0)) child.kill('SIGKILL');
});
beforeAll(async () => {
  const build = spawn(process.execPath, ['scripts/build.mjs'], { stdio: 'inherit' });
  const [code] = await once(build, 'exit');
  expect(code).toBe(0);
});

async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return String(address && typeof address === 'object' ? address.port : 0);
}
const status = (url: string) =>
  fetch(url).then(
    ({ status }) => status,
    () => 0,
  );
const ready = (url: string, wanted: number) =>
  until(async () => (await status(`${url}/ready`)) === wanted, 60_000, `/ready ${wanted}`);

describe('the processes of the Procfile', () => {
  test('release, then web and worker; F4: SIGTERM ends each with 0', async () => {
    const { url: DATABASE_URL, drop } = await emptyDatabase();
    const PORT = await freePort();
    const release = role('release', { DATABASE_URL });
    expect([await release.ended, release.output()]).toEqual([0, expect.stringContaining('the database is up to date')]);
    const web = role('web', { DATABASE_URL, PORT });
    const worker = role('worker', { DATABASE_URL });
    await ready(`http://127.0.0.1:${PORT}`, 200);
    await until(() => worker.output().includes('worker is ready'), 60_000, 'the worker is ready');
    const before = performance.now();
    web.process.kill('SIGTERM');
    worker.process.kill('SIGTERM');
    expect([await web.ended, await worker.ended]).toEqual([0, 0]);
    expect(performance.now() - before).toBeLessThan(25_000);
    await drop();
  });

  test('a database without the release step: refuses, and says which step', async () => {
    const { url: DATABASE_URL, drop } = await emptyDatabase();
    const web = role('web', { DATABASE_URL });
    expect([await web.ended, web.output()]).toEqual([1, expect.stringContaining('Run the release step first')]);
    await drop();
  });

  test('F7: no database yet: alive, not ready, and leaves when told', async () => {
    const PORT = await freePort();
    const web = role('web', { DATABASE_URL: `postgresql://a:b@127.0.0.1:${await freePort()}/t`, PORT });
    const url = `http://127.0.0.1:${PORT}`;
    await until(async () => (await status(`${url}/live`)) === 200, 60_000, '/live');
    expect([await status(`${url}/ready`), await status(`${url}/storefront/v1/program`)]).toEqual([503, 503]);
    await until(() => web.output().includes('not reachable yet'), 60_000, 'it says what it waits for');
    web.process.kill('SIGTERM');
    expect(await web.ended).toBe(0);
  });

  test('a configuration with holes: names each, and ends with 1', async () => {
    const web = role('web', { NODE_ENV: 'production', KEYS: '' });
    expect(await web.ended).toBe(1);
    for (const name of ['DATABASE_URL', 'PUBLIC_URL', 'KEYS']) expect(web.output()).toContain(`${name} is not set`);
  });

  test('a role needs its database', async () => {
    const worker = role('worker', {});
    expect([await worker.ended, worker.output()]).toEqual([1, expect.stringContaining('Set DATABASE_URL')]);
  });
});
