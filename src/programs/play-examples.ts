import { AppError } from '../lib/errors.js';
import { checkProgram } from './check-program.js';
import { programInvalid } from './problems.js';
import type { ProgramFile } from './program-file.js';
import { Teller } from './teller.js';

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

/** Plays every example of a program by the pure rules; gives each expectation that does not hold. */
export function playExamples(file: ProgramFile): Failure[] {
  return file.examples.flatMap(({ name, story }, e) => {
    const teller = new Teller(file.rules, story);
    return story.flatMap((step, s) =>
      teller.tell(step).map((difference) => ({ example: name, path: `examples[${e}].story[${s}]`, ...difference })),
    );
  });
}

/**
 * A program that may be published: it makes sense, and all its examples come out as they say.
 * @throws AppError `program_invalid`, `examples_fail` (422)
 */
export function proveProgram(file: ProgramFile): void {
  const problems = checkProgram(file);
  if (problems.length > 0) throw programInvalid(problems);
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
