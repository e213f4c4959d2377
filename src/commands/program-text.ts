import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError } from '../lib/errors.js';
import type { LineOf } from '../programs/places.js';
import type { Failure } from '../programs/play-examples.js';
import type { Problem } from '../programs/problems.js';
import type { ProgramFile } from '../programs/program-file.js';
import { readProgram } from '../programs/read-program.js';
import { locales, type Locale } from '../rules/sentences.js';

/** A program from a file on this machine. @throws AppError `file_unreadable`, `program_invalid` */
export async function programFileOf(path: string): Promise<ProgramFile> {
  return readProgram(await textOf(path));
}

/** The text of a program's file. @throws AppError `file_unreadable` */
export function textOf(path: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    const why = error.code === undefined ? error.message : (UNREADABLE[error.code] ?? error.message);
    throw new AppError('file_unreadable', 400, `${path} cannot be read: ${why}.`);
  });
}

const UNREADABLE: Partial<Record<string, string>> = {
  ENOENT: 'there is no such file',
  EISDIR: 'it is a folder, name a file in it',
  EACCES: 'whoever runs this may not read it',
};

/** Options and the rest of a command line. @throws AppError `usage` */
export function asked<const O extends NonNullable<ParseArgsConfig['options']>>(
  args: readonly string[],
  options: O,
  usage: string,
) {
  try {
    return parseArgs({ args: [...args], allowPositionals: true, options });
  } catch (error) {
    throw usageError(error instanceof Error ? error.message : String(error), usage);
  }
}

export function usageError(what: string, usage: string): AppError {
  return new AppError('usage', 400, `${what}. Use: ${usage}`);
}

export function localeAsked(text: string | undefined, usage: string): Locale {
  const found = locales.find((locale) => locale === (text ?? 'en'));
  if (!found) throw usageError(`There is no locale ${text ?? ''}; there are ${locales.join(', ')}`, usage);
  return found;
}

/** What keeps a program from being published, a line each. */
export function faultLines(
  path: string,
  problems: readonly Problem[],
  failures: readonly Failure[],
  lineOf: LineOf = () => undefined,
): string[] {
  return [
    ...problems.map(({ path: at, line = lineOf(at), problem, fix }) => {
      const place = line === undefined ? path : `${path}:${line}`;
      return `${place} ${at === '' ? '' : `${at}: `}${problem}. ${fix}`;
    }),
    ...failures.map(
      ({ example, path: at, what, expected, got }) =>
        `${path} ${at} (example “${example}”): ${what} should be ${expected} and is ${got}${onLine(lineOf(at))}`,
    ),
  ];
}

/** Behind what is said of a place. */
export const onLine = (line: number | undefined): string => (line === undefined ? '' : ` (line ${line})`);
