import { readFile } from 'node:fs/promises';
import { parseArgs, type ParseArgsConfig } from 'node:util';
import { AppError } from '../lib/errors.js';
import type { Failure } from '../programs/play-examples.js';
import type { Problem } from '../programs/problems.js';
import type { ProgramFile } from '../programs/program-file.js';
import { readProgram } from '../programs/read-program.js';
import { locales, type Locale } from '../rules/sentences.js';

/** A program from a file on this machine. @throws AppError `file_unreadable`, `program_invalid` */
export async function programFileOf(path: string): Promise<ProgramFile> {
  const text = await readFile(path, 'utf8').catch((error: Error) => {
    throw new AppError('file_unreadable', 400, `${path} cannot be read: ${error.message}.`);
  });
  return readProgram(text);
}

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
export function faultLines(path: string, problems: readonly Problem[], failures: readonly Failure[]): string[] {
  return [
    ...problems.map(({ path: at, line, problem, fix }) => {
      const place = line === undefined ? path : `${path}:${line}`;
      return `${place} ${at === '' ? '' : `${at}: `}${problem}. ${fix}`;
    }),
    ...failures.map(
      ({ example, path: at, what, expected, got }) =>
        `${path} ${at} (example “${example}”): ${what} should be ${expected} and is ${got}`,
    ),
  ];
}
