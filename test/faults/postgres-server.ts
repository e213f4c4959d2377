import { chmod, mkdtemp, readFile, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as sleep } from 'node:timers/promises';
import pg from 'pg';
import { startEmbedded } from '../../src/db/embedded.js';
import { migrate } from '../../src/db/migrate.js';

/** A Postgres of our own that may be killed. */
export interface MortalPostgres {
  url: string;
  /** SIGKILL to the postmaster: what is not in the log is gone. */
  kill(): void;
  /** It and every process of its hold still: connections stay open and nothing answers. The returned function wakes them. */
  freeze(): Promise<() => void>;
  /** Starts it again on the same port. */
  start(): Promise<void>;
  remove(): Promise<void>;
}

export async function mortalPostgres(): Promise<MortalPostgres> {
  const folder = await mkdtemp(join(tmpdir(), 'tallymark-mortal-'));
  await chmod(folder, 0o755);
  let server = await startEmbedded({ folder: join(folder, 'postgres') });
  const { url, port } = server;
  await migrate(url);
  const pidFile = join(await dataFolder(url), 'postmaster.pid');
  let pid = await pidIn(pidFile);
  return {
    url,
    kill: () => process.kill(pid, 'SIGKILL'),
    async freeze() {
      const held = [pid, ...(await childrenOf(pid))];
      for (const one of held) process.kill(one, 'SIGSTOP');
      return () => {
        for (const one of held) process.kill(one, 'SIGCONT');
      };
    },
    async start() {
      // its children may need a moment to notice; until then its memory is taken
      const deadline = performance.now() + 30_000;
      for (;;) {
        try {
          server = await startEmbedded({ folder: join(folder, 'postgres'), settings: { port: String(port) } });
          break;
        } catch (error) {
          if (performance.now() > deadline) throw error;
          await sleep(100);
        }
      }
      pid = await pidIn(pidFile);
    },
    async remove() {
      await server.stop();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

async function dataFolder(url: string): Promise<string> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  const { rows } = await client.query<{ data_directory: string }>('show data_directory');
  await client.end();
  return rows[0]?.data_directory ?? '';
}

const pidIn = async (file: string) => Number((await readFile(file, 'utf8')).split('\n')[0]);
const childrenOf = async (pid: number) =>
  (await readFile(`/proc/${pid}/task/${pid}/children`, 'utf8')).trim().split(' ').filter(Boolean).map(Number);
