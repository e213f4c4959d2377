import { type Tx, inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { parseInstant } from '../lib/instant.js';
import { publishedVersions } from '../loyalty/program-versions.js';
import { publishFile } from '../loyalty/publish-program.js';
import { foundProgram } from '../loyalty/store-life.js';
import { changesInWords } from '../programs/diff/changes-in-words.js';
import { linesOf } from '../programs/places.js';
import { checkFile, proveProgram } from '../programs/play-examples.js';
import type { ProgramFile } from '../programs/program-file.js';
import { readProgram } from '../programs/read-program.js';
import type { Command, Invocation } from './command.js';
import { openLedger } from './open-ledger.js';
import { programOf } from './program-simulate.js';
import { asked, faultLines, textOf, usageError } from './program-text.js';

const USAGE =
  'program apply <file> [--program <number> | --new] [--base <version>] [--from <instant> [--reaches-back]]';
const OPTIONS = {
  program: { type: 'string' },
  new: { type: 'boolean' },
  base: { type: 'string' },
  from: { type: 'string' },
  'reaches-back': { type: 'boolean' },
} as const;

/**
 * Publishes a file as the program's next version (or, with --new, founds a program with it), when it is fine and its examples
 * come out as they say. `--base` = the version that the file was begun from: refused when another was published since.
 */
export const command: Command = async (invocation) => {
  const { positionals, values } = asked(invocation.args, OPTIONS, USAGE);
  const [path] = positionals;
  if (path === undefined || positionals.length > 1) throw usageError('Say which file', USAGE);
  const text = await textOf(path);
  const file = readProgram(text);
  const { fine, problems, failures } = checkFile(file);
  if (!fine) {
    for (const line of faultLines(path, problems, failures, linesOf(text))) invocation.complain(line);
    throw new AppError('program_invalid', 422, 'Nothing was published: mend what is said above.');
  }
  return values.new === true ? found(invocation, file) : publish(invocation, file, values);
};

async function found(invocation: Invocation, file: ProgramFile): Promise<'done'> {
  proveProgram(file);
  const db = await openLedger(invocation);
  const program = await inTransaction(db, { programs: [] }, (tx) => {
    const { name, rules, names, examples } = file;
    return foundProgram(tx, { name, rules, at: Date.now(), about: { name, names, examples } });
  });
  invocation.say(`program ${program} is founded, with version 1`);
  return 'done';
}

type Values = ReturnType<typeof asked<typeof OPTIONS>>['values'];

async function publish(invocation: Invocation, file: ProgramFile, values: Values): Promise<'done'> {
  const from = values.from === undefined ? undefined : parseInstant(values.from);
  if (from === null) throw usageError('--from takes an instant, as in 2026-12-01T00:00:00+01:00', USAGE);
  if (values.base !== undefined && !/^\d{1,9}$/.test(values.base)) throw usageError('--base takes a version', USAGE);
  const db = await openLedger(invocation);
  const { program } = await programOf(db, values.program);
  const reachesBack = values['reaches-back'];
  const base = values.base === undefined ? null : Number(values.base);
  const done = await inTransaction(db, { programs: [program] }, async (tx) => {
    const before = await latestOf(tx, program);
    const wish = { file, base, from, reachesBack, by: 'command' };
    return { before, published: await publishFile(tx, program, wish, Date.now()) };
  });
  const { before, published } = done;
  if (before?.version === published.version) {
    invocation.say(`program ${program} says that already, as version ${published.version}`);
    return 'done';
  }
  for (const change of before ? changesInWords(before.file, published.file, 'en') : []) invocation.say(change);
  const start = new Date(published.from).toISOString();
  invocation.say(`program ${program}: version ${published.version} is published, in force from ${start}`);
  return 'done';
}

const latestOf = async (tx: Tx, program: string) => (await publishedVersions(tx, program)).at(-1) ?? null;
