import { type ChildProcess, spawn } from 'node:child_process';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

export interface StartedDemo {
  /** Its page that says what runs. */
  start: string;
  woocommerce: string;
  shopify: string;
  /** The file of what it has to say, mails that nobody would get among them. */
  log: string;
  /** Presses Ctrl-C; gives the exit code. */
  stop(): Promise<number | null>;
}

const LONGEST_START_MS = 120_000;

/** `npm start` as somebody does it who has just cloned: no environment but a data folder of its own, ports that are free. */
export async function startDemo(): Promise<StartedDemo> {
  const folder = mkdtempSync(join(tmpdir(), 'tallymark-walk-'));
  // closed to the user that Postgres runs as, its data would be elsewhere and outlive the folder
  chmodSync(folder, 0o755);
  const { PATH, HOME } = process.env;
  const child = spawn(process.execPath, ['scripts/start.mjs'], {
    env: { PATH, HOME, DATA_DIR: folder, PORT: '0' },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  const ended = new Promise<number | null>((done) => child.once('exit', (code) => done(code)));
  const lines = await saidOf(child);
  const found = (text: RegExp) => text.exec(lines)?.[1] ?? '';
  return {
    start: found(/Open (http\S+)/),
    woocommerce: found(/\(WooCommerce\) is open at (\S+)/),
    shopify: found(/\(Shopify\) is open at (\S+)/),
    log: join(folder, 'tallymark.log'),
    async stop() {
      child.kill('SIGINT');
      const code = await ended;
      rmSync(folder, { recursive: true, force: true });
      return code;
    },
  };
}

/** All that it prints until it says what to open. */
function saidOf(child: ChildProcess): Promise<string> {
  let said = '';
  return new Promise((done, fail) => {
    const late = setTimeout(() => {
      child.kill('SIGINT');
      fail(new Error(`npm start has not begun within ${LONGEST_START_MS / 1000} s; it said:\n${said}`));
    }, LONGEST_START_MS);
    const hear = (chunk: Buffer) => {
      said += chunk.toString();
      if (!/Ctrl-C/.test(said)) return;
      clearTimeout(late);
      done(said);
    };
    child.stdout?.on('data', hear);
    child.stderr?.on('data', hear);
    child.once('exit', (code) => {
      clearTimeout(late);
      fail(new Error(`npm start ended with ${code}; it said:\n${said}`));
    });
  });
}
