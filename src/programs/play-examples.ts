import { AppError } from '../lib/errors.js';
import { checkProgram } from './check-program.js';
import type { Locale } from '../rules/sentences.js';
import { type Problem, programInvalid } from './problems.js';
import type { Difference } from './expectations.js';
import type { ProgramFile } from './program-file.js';
import type { Step } from './story.js';
import { StoryBroken, Teller } from './teller.js';

/** An example that did not come out as it says. */
export interface Failure {
  example: string;
  /** In the file: `examples[0].story[2]`. */
  path: string;
  /** What was looked at: `points given`, `tier`, `reason` ... */
  what: string;
  expected: string;
  got: string;
}

/**
 * Plays every example of a program by the pure rules; gives each expectation that does not hold.
 * @throws AppError `program_invalid` (422) when a story makes no sense
 */
export function playExamples(file: ProgramFile): Failure[] {
  return file.examples.flatMap(({ name, story }, e) => {
    const teller = new Teller(file.rules, story);
    return story.flatMap((step, s) => {
      const path = `examples[${e}].story[${s}]`;
      return tellStep(teller, step, path).map((difference) => ({ example: name, path, ...difference }));
    });
  });
}

function tellStep(teller: Teller, step: Step, path: string): Difference[] {
  try {
    return teller.tell(step);
  } catch (error) {
    if (error instanceof StoryBroken) throw programInvalid([{ path, problem: error.message, fix: error.fix }]);
    throw error;
  }
}

/** What is wrong with a file, and what does not come out as it says: for somebody who is still at it, in their language. */
export function checkFile(
  file: ProgramFile,
  locale: Locale = 'en',
): { fine: boolean; problems: Problem[]; failures: Failure[] } {
  const problems = checkProgram(file, locale);
  if (problems.length > 0) return { fine: false, problems, failures: [] };
  try {
    const failures = playExamples(file);
    return { fine: failures.length === 0, problems, failures };
  } catch (error) {
    if (!(error instanceof AppError && error.code === 'program_invalid')) throw error;
    return { fine: false, problems: error.details['problems'] as Problem[], failures: [] };
  }
}

/**
 * Before anything is judged by the rules of a draft: they mean something.
 * @throws AppError `program_invalid` (422)
 */
export function refuseNonsense(file: ProgramFile): void {
  const problems = checkProgram(file);
  if (problems.length > 0) throw programInvalid(problems);
}

/**
 * What is made of a file as it stands, be it still being written: where that cannot be done because the file means nothing, it is
 * said what is wrong with it.
 * @throws AppError `program_invalid` (422)
 */
export async function madeOf<T>(file: ProgramFile, make: () => T | Promise<T>): Promise<T> {
  try {
    return await make();
  } catch (error) {
    refuseNonsense(file);
    throw error;
  }
}

/**
 * A program that may be published: it makes sense, and all its examples come out as they say.
 * @throws AppError `program_invalid`, `examples_fail` (422)
 */
export function proveProgram(file: ProgramFile): void {
  refuseNonsense(file);
  const failures = playExamples(file);
  const [first] = failures;
  if (!first) return;
  throw new AppError(
    'examples_fail',
    422,
    `Example “${first.example}” does not come out as it says, at ${first.path}: ${first.what} should be ${first.expected} and is ${first.got}. ` +
      'Mend the rules, or say in the example what you now expect.',
    { failures },
  );
}
