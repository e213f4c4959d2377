import { inTransaction } from '../db/database.js';
import { publishedVersions } from '../loyalty/program-versions.js';
import { changesInWords } from '../programs/diff/changes-in-words.js';
import type { ProgramFile } from '../programs/program-file.js';
import type { Command, Invocation } from './command.js';
import { openLedger } from './open-ledger.js';
import { programOf } from './program-simulate.js';
import { asked, localeAsked, programFileOf, usageError } from './program-text.js';

const USAGE = 'program diff <file> [<other file>] [--program <number>] [--locale en|nl|nb|pl]';

/** What a file would change, in plain words: in the program as published last, or in another file (then without a database). */
export const command: Command = async (invocation) => {
  const { args, say } = invocation;
  const { positionals, values } = asked(args, { program: { type: 'string' }, locale: { type: 'string' } }, USAGE);
  const [path, other] = positionals;
  if (path === undefined || positionals.length > 2) throw usageError('Say which file', USAGE);
  const locale = localeAsked(values.locale, USAGE);
  const file = await programFileOf(path);
  const [before, after] =
    other === undefined ? [await latestOf(invocation, values.program), file] : [file, await programFileOf(other)];
  const changes = changesInWords(before, after, locale);
  for (const change of changes) say(change);
  if (changes.length === 0) invocation.complain('nothing changes');
  return 'done';
};

async function latestOf(invocation: Invocation, named: string | undefined): Promise<ProgramFile> {
  const db = await openLedger(invocation);
  const { program } = await programOf(db, named);
  const versions = await inTransaction(db, { programs: [program] }, (tx) => publishedVersions(tx, program));
  const latest = versions.at(-1);
  if (!latest) throw usageError(`Program ${program} has no published version`, USAGE);
  return latest.file;
}
