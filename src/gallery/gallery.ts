import { readFile } from 'node:fs/promises';
import { AppError } from '../lib/errors.js';
import type { ProgramFile } from '../programs/program-file.js';
import { readProgram } from '../programs/read-program.js';
import type { Locale } from '../rules/sentences.js';
import { type ReadyId, SHELF } from './shelf.js';

/** A ready program as it is offered: what it is called, the kind of program that it is like, what it says of itself. */
export interface Ready {
  id: ReadyId;
  name: string;
  like: string;
  sentence: string;
}

const PROGRAMS = new URL('./programs/', import.meta.url);

/** Every ready program in one language, in the order in which they are offered. */
export function gallery(locale: Locale): Ready[] {
  return (Object.keys(SHELF) as ReadyId[]).map((id) => {
    const { name, like, says } = SHELF[id];
    return { id, name: name[locale], like: like[locale], sentence: says[locale] };
  });
}

/** The text of a ready program's file, to start from and change. @throws AppError `no_ready_program` (404) */
export async function readyText(id: string): Promise<string> {
  if (Object.hasOwn(SHELF, id)) return readFile(new URL(`${id}.yaml`, PROGRAMS), 'utf8');
  const ids = Object.keys(SHELF).join(', ');
  throw new AppError('no_ready_program', 404, `There is no ready program ${id}; there are: ${ids}.`);
}

/** A ready program. @throws AppError `no_ready_program` (404) */
export async function readyProgram(id: string): Promise<ProgramFile> {
  return readProgram(await readyText(id));
}
