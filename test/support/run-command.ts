import type { Command } from '../../src/commands/command.js';
import { readConfig } from '../../src/config.js';
import { createLogger } from '../../src/lib/logger.js';
import { makeReleasers } from '../../src/lib/releasers.js';
import { KEYS } from '../faults/processes.js';

/** A command as a person starts it: what it said, line by line, and what went beside it; `database` null = it has none. */
export async function runCommand(command: Command, args: readonly string[], database: string | null) {
  const [said, complained]: [string[], string[]] = [[], []];
  const log = createLogger('silent');
  const releasers = makeReleasers(log);
  const config = readConfig({ ...(database === null ? {} : { DATABASE_URL: database }), KEYS, PORT: '0' });
  try {
    const say = (line: string) => void said.push(line);
    const end = await command({ config, args, log, releasers, say, complain: (line) => void complained.push(line) });
    return { end, said, complained };
  } finally {
    await releasers.release();
  }
}
