import { inTransaction } from '../db/database.js';
import { publishedVersion, publishedVersions } from '../loyalty/program-versions.js';
import { writeProgram } from '../programs/read-program.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';
import { programOf } from './program-simulate.js';
import { asked, usageError } from './program-text.js';

const USAGE = 'program export [--program <number>] [--version <number>] [--json]';

/** Writes the program as published last (or an older version) as a file, to stdout. Its hash is that of what was published. */
export const command: Command = async (invocation) => {
  const options = { program: { type: 'string' }, version: { type: 'string' }, json: { type: 'boolean' } } as const;
  const { positionals, values } = asked(invocation.args, options, USAGE);
  if (positionals.length > 0) throw usageError('It takes no file: it writes to stdout', USAGE);
  if (values.version !== undefined && !/^\d{1,9}$/.test(values.version))
    throw usageError('A version is a whole number', USAGE);
  const db = await openLedger(invocation);
  const { program } = await programOf(db, values.program);
  const found = await inTransaction(db, { programs: [program] }, async (tx) =>
    values.version === undefined
      ? (await publishedVersions(tx, program)).at(-1)
      : publishedVersion(tx, program, Number(values.version)),
  );
  if (!found) throw usageError(`Program ${program} has no published version`, USAGE);
  invocation.complain(`program ${program}, version ${found.version}, hash ${found.hash}`);
  invocation.say(writeProgram(found.file, values.json === true ? 'json' : 'yaml').trimEnd());
  return 'done';
};
