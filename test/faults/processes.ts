import { type ChildProcess, spawn } from 'node:child_process';
import { randomBytes } from 'node:crypto';
import { once } from 'node:events';
import { rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { until } from '../support/redis.js';

export const KEYS = `k1:${Buffer.alloc(32, 7).toString('base64')}`;
/** Longer than any process needs to start on a busy machine. */
export const START_MS = 60_000;

/** A role of the service in a process of its own, to be killed, frozen and told to leave. */
export interface Running {
  name: string;
  output(): string;
  alive(): boolean;
  /** Its exit code; null when a signal ended it. */
  ended: Promise<number | null>;
  signal(signal: NodeJS.Signals): void;
  /** Kills it as a power cut would and waits until it is gone. */
  kill(): Promise<void>;
}

export interface Processes {
  start(role: 'web' | 'worker' | 'migrate', more?: Record<string, string>): Running;
  /** Started, and it says that it is ready. */
  ready(role: 'web' | 'worker', more?: Record<string, string>): Promise<Running>;
  /** Kills whatever still runs. */
  end(): Promise<void>;
}

/** Roles of the service that share an environment and inherit nothing of ours, built as a release is. */
export async function processes(env: Record<string, string>): Promise<Processes> {
  const all: Running[] = [];
  const folder = `dist/test-${randomBytes(6).toString('hex')}`;
  const [code] = await once(spawn(process.execPath, ['scripts/build.mjs', folder], { stdio: 'inherit' }), 'exit');
  if (code !== 0) throw new Error('the service does not build');
  function start(role: string, more: Record<string, string> = {}): Running {
    const child = spawn(process.execPath, [`${folder}/main.js`, role], {
      env: { PATH: process.env['PATH'] ?? '', KEYS, HOST: '127.0.0.1', ALLOW_PRIVATE_STORES: 'true', ...env, ...more },
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    const running = runningOf(role, child);
    all.push(running);
    return running;
  }
  return {
    start,
    async ready(role, more) {
      const running = start(role, more);
      await until(() => isReady(running), START_MS, `${role} is ready`);
      return running;
    },
    async end() {
      await Promise.all(all.map((one) => one.kill()));
      await rm(folder, { recursive: true, force: true });
    },
  };
}

function isReady(running: Running): boolean {
  if (!running.alive()) throw new Error(`${running.name} ended:\n${running.output().slice(-2_000)}`);
  return running.output().includes(`${running.name} is ready`);
}

function runningOf(name: string, child: ChildProcess): Running {
  let output = '';
  for (const stream of [child.stdout, child.stderr])
    stream?.on('data', (chunk: Buffer) => void (output += chunk.toString()));
  const ended = once(child, 'exit').then(([code]) => code as number | null);
  const alive = () => child.exitCode === null && child.signalCode === null;
  return {
    name,
    output: () => output,
    alive,
    ended,
    signal: (signal) => void child.kill(signal),
    kill: async () => {
      if (alive()) child.kill('SIGKILL');
      await ended;
    },
  };
}

export async function freePort(): Promise<string> {
  const probe = createServer().listen(0, '127.0.0.1');
  await once(probe, 'listening');
  const address = probe.address();
  probe.close();
  await once(probe, 'close');
  return String(address && typeof address === 'object' ? address.port : 0);
}
