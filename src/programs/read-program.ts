import { LineCounter, parseDocument, stringify, type Document } from 'yaml';
import { canonicalForm } from './canonical.js';
import { type Path, type Problem, problemsOf, programInvalid } from './problems.js';
import { type ProgramFile, programFile } from './program-file.js';

/** Far more than any program; also what keeps a text that unfolds itself from filling the memory. */
const LARGEST = 2_000_000;

/**
 * A program from the text of its file, YAML or JSON (which is YAML).
 * @throws AppError `program_invalid` (422): each problem with its path, its line, and what to do
 */
export function readProgram(text: string): ProgramFile {
  if (text.length > LARGEST)
    throw programInvalid([{ path: '', problem: 'it is larger than 2 MB', fix: 'Leave out what is not needed.' }]);
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines });
  if (document.errors.length > 0) {
    throw programInvalid(
      document.errors.map((error) => ({
        path: '',
        problem: `it cannot be read as YAML or JSON: ${error.message.split('\n')[0] ?? ''}`,
        fix: 'Mend this line first.',
        line: lines.linePos(error.pos[0]).line,
      })),
    );
  }
  const value: unknown = document.toJS({ maxAliasCount: 100 });
  const parsed = programFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw programInvalid(
    problemsOf(parsed.error, value).map(({ at, ...problem }) => withLine(problem, at, document, lines)),
  );
}

/** A program from a value: the body of a request. @throws AppError `program_invalid` (422) */
export function readProgramValue(value: unknown): ProgramFile {
  const parsed = programFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw programInvalid(problemsOf(parsed.error, value).map(({ at: _, ...problem }) => problem));
}

/** The file of a program, in its canonical form. */
export function writeProgram(file: ProgramFile, as: 'yaml' | 'json' = 'yaml'): string {
  const form = canonicalForm(file);
  return as === 'json' ? `${JSON.stringify(form, null, 2)}\n` : stringify(form, { lineWidth: 120 });
}

function withLine(problem: Problem, at: Path, document: Document, lines: LineCounter): Problem {
  for (let length = at.length; length >= 0; length--) {
    const node: unknown = document.getIn(at.slice(0, length), true);
    const range = typeof node === 'object' && node !== null && 'range' in node ? (node.range as number[] | null) : null;
    if (range?.[0] !== undefined) return { ...problem, line: lines.linePos(range[0]).line };
  }
  return problem;
}
