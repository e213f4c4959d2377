import { join } from 'node:path';
import { pino } from 'pino';
import type { Command } from './commands/command.js';
import type { ROLES } from './commands/help.js';
import { type Config, readConfig } from './config.js';
import { AppError } from './lib/errors.js';
import { createLogger, type Logger } from './lib/logger.js';
import { makeReleasers } from './lib/releasers.js';

/** What this program can be told to be; `all` when told nothing. */
const COMMANDS: Record<keyof typeof ROLES, () => Promise<{ command: Command }>> = {
  all: () => import('./commands/all.js'),
  web: () => import('./commands/web.js'),
  worker: () => import('./commands/worker.js'),
  migrate: () => import('./commands/migrate.js'),
  verify: () => import('./commands/verify.js'),
  replay: () => import('./commands/replay.js'),
  reconcile: () => import('./commands/reconcile.js'),
  explain: () => import('./commands/explain.js'),
  export: () => import('./commands/export.js'),
  person: () => import('./commands/person.js'),
  program: () => import('./commands/program.js'),
  gallery: () => import('./commands/gallery.js'),
  'index-members': () => import('./commands/index-members.js'),
  staff: () => import('./commands/staff.js'),
  'api-key': () => import('./commands/api-key.js'),
  promotion: () => import('./commands/promotion.js'),
  import: () => import('./commands/import.js'),
  stickers: () => import('./commands/stickers.js'),
  clearing: () => import('./commands/clearing.js'),
  help: () => import('./commands/help.js'),
};

const isRole = (name: string): name is keyof typeof ROLES => Object.hasOwn(COMMANDS, name);

const say = (line: string) => void process.stdout.write(`${line}\n`);
const complain = (line: string) => void process.stderr.write(`${line}\n`);

/** Runs one role until it is done or told to leave (SIGTERM, Ctrl-C); the exit code is 0 when it ended as it should. */
export async function run(argv: readonly string[]): Promise<void> {
  const [first = 'all'] = argv;
  const named = ['--help', '-h'].includes(first) ? 'help' : first;
  const role = named.startsWith('-') ? 'all' : named;
  if (!isRole(role)) return fail(`There is no role ${role}; there are: ${Object.keys(COMMANDS).join(', ')}.`);
  const load = COMMANDS[role];
  let config: Config;
  try {
    config = readConfig();
  } catch (error) {
    return fail(explained(error));
  }
  const log = loggerOf(config, role);
  const releasers = makeReleasers(log);
  const leave = async (code: number) => {
    await releasers.release();
    process.exit(code);
  };
  leaveOnSignals(leave, log);
  try {
    const { command } = await load();
    const args = first === role ? argv.slice(1) : argv;
    const end = await command({ config, args, log, releasers, say, complain });
    if (end !== 'stays') await leave(end === 'done' ? 0 : 1);
  } catch (error) {
    if (releasers.leaving) return;
    complain(explained(error));
    // what was asked wrongly is answered above; the rest belongs in the log of whoever runs this
    if (!(error instanceof AppError && error.status < 500)) log.fatal({ err: error }, 'could not start');
    await leave(1);
  }
}

/** The first signal ends things in order; a second one ends them now. What nobody caught ends the process too. */
function leaveOnSignals(leave: (code: number) => Promise<void>, log: Logger): void {
  let asked = false;
  const onSignal = (signal: string) => {
    if (asked) process.exit(1);
    asked = true;
    log.info({ signal }, 'leaving: taking no more work, ending what is under way');
    void leave(0);
  };
  process.on('SIGTERM', onSignal);
  process.on('SIGINT', onSignal);
  for (const kind of ['uncaughtException', 'unhandledRejection'] as const)
    process.on(kind, (error: unknown) => {
      log.fatal({ err: error }, 'a defect that nothing caught; the process ends and is started again');
      void leave(1);
    });
}

/** One who tries it sees a few lines and finds the log in a file; a service logs to stdout. */
function loggerOf(config: Config, role: string): Logger {
  if (config.databaseUrl !== null || role !== 'all') return createLogger(config.logLevel);
  return createLogger(config.logLevel, pino.destination({ dest: join(config.dataDir, 'tallymark.log'), mkdir: true }));
}

/** An AppError's sentence is for people; anything else is shown whole. */
function explained(error: unknown): string {
  if (error instanceof AppError) return error.message;
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function fail(line: string): void {
  complain(line);
  process.exitCode = 1;
}

/** Started as a program, also from a bundle; imported by web.ts, worker.ts and release.ts it waits to be told. */
if (/\bmain\.(ts|js)$|\bstart\.mjs$|\btallymark$/.test(process.argv[1] ?? '')) await run(process.argv.slice(2));
