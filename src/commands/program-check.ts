import { AppError } from '../lib/errors.js';
import { hashOf } from '../programs/canonical.js';
import { checkFile } from '../programs/play-examples.js';
import type { Problem } from '../programs/problems.js';
import type { ProgramFile } from '../programs/program-file.js';
import type { Command } from './command.js';
import { asked, faultLines, programFileOf, usageError } from './program-text.js';

const USAGE = 'program check <file> ...';

/** Says what is wrong with program files, each with its line, and which examples do not come out. Needs no database. */
export const command: Command = async ({ args, say }) => {
  const { positionals } = asked(args, {}, USAGE);
  if (positionals.length === 0) throw usageError('Say which file', USAGE);
  let fine = true;
  for (const path of positionals) {
    const file = await readOrTell(path, say);
    if (file === null) {
      fine = false;
      continue;
    }
    const checked = checkFile(file);
    for (const line of faultLines(path, checked.problems, checked.failures)) say(line);
    if (checked.fine) say(`${path}: fine, ${file.examples.length} examples come out as they say, hash ${hashOf(file)}`);
    fine &&= checked.fine;
  }
  return fine ? 'done' : 'failed';
};

async function readOrTell(path: string, say: (line: string) => void): Promise<ProgramFile | null> {
  try {
    return await programFileOf(path);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'program_invalid')) throw error;
    for (const line of faultLines(path, error.details['problems'] as Problem[], [])) say(line);
    return null;
  }
}
