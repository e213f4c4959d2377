import type { Config } from '../config.js';
import { AppError } from '../lib/errors.js';
import type { Logger } from '../lib/logger.js';
import type { Releasers } from '../lib/releasers.js';

/** How a role is started. */
export interface Invocation {
  config: Config;
  /** What stood behind the role's name on the command line. */
  args: readonly string[];
  log: Logger;
  releasers: Releasers;
  /** A line for the person who started it; logs go elsewhere. */
  say(line: string): void;
  /** The same beside the answer itself (stderr): progress, and what went wrong. */
  complain(line: string): void;
}

/** For roles that are given their database. Throws AppError('database_missing'). */
export function databaseOf({ databaseUrl }: Config): string {
  if (databaseUrl !== null) return databaseUrl;
  throw new AppError(
    'database_missing',
    500,
    'Set DATABASE_URL: this role works on a database that is there. Without one, `npm start` runs everything with its own.',
  );
}

/** `stays` = it works until it is told to leave; `done` = the process may end; `failed` = the same, with exit code 1. */
export type Command = (invocation: Invocation) => Promise<'stays' | 'done' | 'failed'>;
