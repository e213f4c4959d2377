import { execFile, spawn } from 'node:child_process';
import type { ChildProcess } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { chown, chmod, mkdir, open, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { createServer } from 'node:net';
import { userInfo } from 'node:os';
import { join, resolve } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import { promisify } from 'node:util';
import { AppError } from '../lib/errors.js';
import { reachableFor } from './embedded-binaries.js';
import type { Owner } from './embedded-binaries.js';

const run = promisify(execFile);
const START_TIMEOUT_MS = 30_000;
const LOG_TAIL = 40;

/** A running server of our own. `url` holds the password: never log it. */
export interface EmbeddedPostgres {
  url: string;
  port: number;
  /** True when it was running already: it is somebody else's to stop. */
  adopted: boolean;
  /** Fast shutdown: open transactions are rolled back, the data stays. */
  stop(): Promise<void>;
}

export interface EmbeddedOptions {
  /** Made when absent, kept for ever; as root it must be reachable for the system user `postgres`. */
  folder: string;
  /** What is being done, for a person who waits. */
  progress?: (line: string) => void;
  /** Server settings (`-c name=value`), e.g. { shared_buffers: '256MB' }. */
  settings?: Record<string, string>;
}

/**
 * Starts the real Postgres that comes from npm on a free port of 127.0.0.1, making its data folder at the first time
 * and adopting a server that still runs there (a killed process leaves one behind). For trials, development and tests.
 *
 * We start the program ourselves because the package's own class answers Ctrl-C before us: the database would be gone
 * while requests are still being served.
 * @throws AppError `embedded_postgres` with the end of the server's log
 */
export async function startEmbedded({ folder, progress = () => {}, settings = {} }: EmbeddedOptions) {
  const owner = await systemOwner();
  const place = await reachableFor(owner, resolve(folder), progress);
  const cluster = join(place.data, 'cluster');
  const password = await passwordOf(place.data);
  const running = await serverOf(cluster);
  if (running) {
    progress('Postgres was still running here: using it');
    return adopted(running, password);
  }
  const child = { uid: owner?.uid, gid: owner?.gid };
  if (!(await exists(join(cluster, 'PG_VERSION')))) {
    progress('Making the data folder of Postgres');
    await makeCluster(place.bin.initdb, cluster, password, owner);
  }
  await rm(join(cluster, 'postmaster.pid'), { force: true });
  progress('Starting Postgres');
  const port = await freePort();
  return launch({ program: place.bin.postgres, cluster, port, password, settings, child });
}

interface Launch {
  program: string;
  cluster: string;
  port: number;
  password: string;
  settings: Record<string, string>;
  child: { uid: number | undefined; gid: number | undefined };
}

async function launch({ program, cluster, port, password, settings, child }: Launch): Promise<EmbeddedPostgres> {
  const given = { listen_addresses: '127.0.0.1', unix_socket_directories: '', max_connections: '120', ...settings };
  const flags = Object.entries(given).flatMap(([name, value]) => ['-c', `${name}=${value}`]);
  // its own process group: a Ctrl-C in the terminal is ours to answer, the database goes last
  const server = spawn(program, ['-D', cluster, '-p', String(port), ...flags], {
    ...owned(child),
    cwd: cluster,
    env: cleanEnvironment(),
    stdio: ['ignore', 'ignore', 'pipe'],
    detached: true,
  });
  await ready(server);
  return {
    url: urlOf(port, password),
    port,
    adopted: false,
    stop: () => ended(server),
  };
}

/** Resolves when the server takes connections; keeps the pipe drained for as long as it lives. */
function ready(server: ChildProcess): Promise<void> {
  const tail: string[] = [];
  return new Promise((done, fail) => {
    const failed = (why: string) => {
      fail(
        new AppError('embedded_postgres', 500, `Postgres did not start (${why}). Its log ends:\n${tail.join('\n')}`),
      );
    };
    const timer = setTimeout(() => {
      server.kill('SIGKILL');
      failed(`not ready within ${START_TIMEOUT_MS / 1000} s`);
    }, START_TIMEOUT_MS);
    server.once('error', (error) => failed(error.message));
    server.once('exit', (code, signal) => {
      clearTimeout(timer);
      failed(`exit ${code ?? signal}`);
    });
    server.stderr?.setEncoding('utf8').on('data', (chunk: string) => {
      tail.push(...chunk.split('\n').filter(Boolean));
      tail.splice(0, tail.length - LOG_TAIL);
      if (chunk.includes('ready to accept connections')) {
        clearTimeout(timer);
        done();
      }
    });
  });
}

async function ended(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null) return;
  const gone = new Promise<void>((done) => server.once('exit', () => done()));
  server.kill('SIGINT');
  await gone;
}

function adopted({ pid, port }: { pid: number; port: number }, password: string): EmbeddedPostgres {
  return {
    url: urlOf(port, password),
    port,
    adopted: true,
    stop: async () => {
      process.kill(pid, 'SIGINT');
      while (alive(pid)) await sleep(20);
    },
  };
}

async function makeCluster(initdb: string, cluster: string, password: string, owner: Owner | null): Promise<void> {
  const half = `${cluster}.making`;
  await rm(half, { recursive: true, force: true });
  await mkdir(half, { mode: 0o700 });
  if (owner) await chown(half, owner.uid, owner.gid);
  const pwfile = `${half}.password`;
  await writeFile(pwfile, `${password}\n`, { mode: 0o600 });
  if (owner) await chown(pwfile, owner.uid, owner.gid);
  // without LANG the default would be a SQL_ASCII cluster
  const flags = ['--encoding=UTF8', '--locale=C', '--locale-provider=builtin', '--builtin-locale=C.UTF-8'];
  try {
    await run(
      initdb,
      [`--pgdata=${half}`, '--username=postgres', '--auth=scram-sha-256', `--pwfile=${pwfile}`, ...flags],
      { ...owned(owner), cwd: half, env: cleanEnvironment() },
    );
    await run('mv', [half, cluster]);
  } catch (error) {
    throw new AppError(
      'embedded_postgres',
      500,
      `Postgres could not make its data folder ${cluster}: ${String(error)}`,
    );
  } finally {
    await rm(pwfile, { force: true });
  }
}

/** The server that already runs on this folder, by its lock file; null when there is none or the file is stale. */
async function serverOf(cluster: string): Promise<{ pid: number; port: number } | null> {
  const lines = (await readFile(join(cluster, 'postmaster.pid'), 'utf8').catch(() => '')).split('\n');
  const pid = Number(lines[0]);
  const port = Number(lines[3]);
  if (!pid || !port || !alive(pid)) return null;
  const command = await readFile(`/proc/${pid}/cmdline`, 'utf8').catch(() => 'postgres');
  return command.includes('postgres') ? { pid, port } : null;
}

/** A random password, made once, readable by us alone. */
async function passwordOf(folder: string): Promise<string> {
  const file = join(folder, 'password');
  const kept = await readFile(file, 'utf8').catch(() => '');
  if (kept) return kept.trim();
  const made = randomBytes(24).toString('base64url');
  const handle = await open(file, 'w', 0o600);
  await handle.writeFile(made);
  await handle.sync();
  await handle.close();
  await chmod(file, 0o600);
  return made;
}

/** Postgres refuses to run as root: then it runs as the system user `postgres`, who is made when absent. */
async function systemOwner(): Promise<Owner | null> {
  if (userInfo().uid !== 0) return null;
  const id = async (flag: string) => Number((await run('id', [flag, 'postgres'])).stdout);
  try {
    return { uid: await id('-u'), gid: await id('-g') };
  } catch {
    await run('useradd', ['--system', '--user-group', '--no-create-home', '--shell', '/bin/false', 'postgres']);
    return { uid: await id('-u'), gid: await id('-g') };
  }
}

async function freePort(): Promise<number> {
  const probe = createServer();
  await new Promise<void>((done) => probe.listen(0, '127.0.0.1', done));
  const address = probe.address();
  await new Promise((done) => probe.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}

const urlOf = (port: number, password: string) => `postgres://postgres:${password}@127.0.0.1:${port}/postgres`;
const exists = (path: string) =>
  stat(path).then(
    () => true,
    () => false,
  );
const owned = (owner: { uid: number | undefined; gid: number | undefined } | null) =>
  owner?.uid === undefined ? {} : { uid: owner.uid, gid: owner.gid };
/** Nothing of our own environment (keys, PG*, LANG) reaches the server. */
const cleanEnvironment = () => ({ LC_ALL: 'C', PATH: '/usr/local/bin:/usr/bin:/bin', TZ: 'UTC' });

function alive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}
