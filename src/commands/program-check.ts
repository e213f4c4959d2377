import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { findTraps } from '../programs/find-traps.js';
import { hashOf } from '../programs/canonical.js';
import { type LineOf, linesOf } from '../programs/places.js';
import { checkFile } from '../programs/play-examples.js';
import type { Problem } from '../programs/problems.js';
import type { ProgramFile } from '../programs/program-file.js';
import { readProgram } from '../programs/read-program.js';
import type { Command } from './command.js';
import { conflictLines } from './conflict-text.js';
import { asked, faultLines, onLine, textOf, usageError } from './program-text.js';

const USAGE = 'program check <file> ...';

/**
 * Says what is wrong with program files, each with its line, and which examples do not come out; of those that are fine, what to
 * beware of: known traps, and promotions that meet, with the order that shows it. Needs no database.
 */
export const command: Command = async ({ args, say }) => {
  const { positionals } = asked(args, {}, USAGE);
  if (positionals.length === 0) throw usageError('Say which file', USAGE);
  let fine = true;
  for (const path of positionals) {
    const text = await textOf(path);
    const file = readOrTell(path, text, say);
    if (file === null) {
      fine = false;
      continue;
    }
    const checked = checkFile(file);
    const lineOf = linesOf(text);
    for (const line of faultLines(path, checked.problems, checked.failures, lineOf)) say(line);
    if (checked.fine) say(`${path}: fine, ${cameOut(file.examples.length)}, hash ${hashOf(file)}`);
    // why an example does not come out is often among them
    if (checked.problems.length === 0) for (const line of trapLines(path, file, lineOf)) say(line);
    if (checked.fine) for (const line of meetingLines(path, file, Date.now())) say(line);
    fine &&= checked.fine;
  }
  return fine ? 'done' : 'failed';
};

function trapLines(path: string, file: ProgramFile, lineOf: LineOf): string[] {
  return findTraps(file).map(
    ({ path: at, problem, fix }) => `${path} beware, ${at}: ${problem}. ${fix}${onLine(lineOf(at))}`,
  );
}

function meetingLines(path: string, file: ProgramFile, now: Millis): string[] {
  return conflictLines(file, now).map((line) =>
    line.startsWith(' ') ? line : `${path} promotions that meet: ${line}`,
  );
}

function readOrTell(path: string, text: string, say: (line: string) => void): ProgramFile | null {
  try {
    return readProgram(text);
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'program_invalid')) throw error;
    for (const line of faultLines(path, error.details['problems'] as Problem[], [])) say(line);
    return null;
  }
}

function cameOut(examples: number): string {
  if (examples === 0) return 'it has no examples';
  return examples === 1 ? 'its example comes out as it says' : `its ${examples} examples come out as they say`;
}
