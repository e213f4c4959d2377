import { type Document, LineCounter, parseDocument, stringify, type YAMLParseError } from 'yaml';
import { canonicalForm } from './canonical.js';
import { lineOf } from './places.js';
import { type Problem, problemsOf, programInvalid } from './problems.js';
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
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  if (document.errors.length > 0) throw programInvalid(unreadable(document.errors, lines));
  const value = valueOf(document);
  const parsed = programFile.safeParse(value);
  if (parsed.success) return parsed.data;
  throw programInvalid(
    problemsOf(parsed.error, value).map(({ at, ...problem }) => {
      const line = lineOf(at, document, lines);
      return line === undefined ? problem : { ...problem, line };
    }),
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

/** The first thing that cannot be read, for what follows it is mostly its doing; and every word that is written twice. */
function unreadable(errors: readonly YAMLParseError[], lines: LineCounter): Problem[] {
  return errors
    .filter(({ code }, i) => i === 0 || code === 'DUPLICATE_KEY')
    .map((error) => {
      const { line, col } = lines.linePos(error.pos[0]);
      const problem = `it cannot be read as YAML or JSON, from column ${col} on: ${error.message}`;
      return { path: '', problem, fix: MENDED[error.code] ?? 'Mend this line first.', line };
    });
}

const MENDED: Partial<Record<string, string>> = {
  TAB_AS_INDENT: 'Write spaces instead of the tab.',
  DUPLICATE_KEY: 'It is written twice: take one of the two out.',
  MULTIPLE_DOCS: 'A file is one program: take out the line of dashes and what follows it.',
  BAD_INDENT: 'Let it begin under the word above it that it belongs beside, or close what was opened before it.',
};

/** @throws AppError `program_invalid` for a text that refers to itself until it fills the memory */
function valueOf(document: Document): unknown {
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    if (!(error instanceof ReferenceError)) throw error;
    const problem = 'it refers to parts of itself (* and &) too often, or to one that is not there';
    throw programInvalid([{ path: '', problem, fix: 'Write out what is meant.' }]);
  }
}
