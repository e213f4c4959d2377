import { accessSync, constants, writeSync } from 'node:fs';
import { delimiter, join } from 'node:path';

/** Where `program` is on this machine; null when it is absent. */
export function find(program: string): string | null {
  const folders = [...(process.env['PATH'] ?? '').split(delimiter), '/usr/bin', '/usr/local/bin'];
  for (const folder of folders) {
    const file = join(folder, program);
    try {
      accessSync(file, constants.X_OK);
      return file;
    } catch {
      continue;
    }
  }
  return null;
}

/**
 * For tests that need a program which `npm ci` does not bring. Absent: says so in one line and gives null, so that the
 * caller leaves those tests out; with TALLYMARK_REQUIRE_ALL=1 that is a failure.
 */
export function findOrSay(program: string, forWhat: string, install = program): string | null {
  const found = find(program);
  if (found) return found;
  const line = `${program} is absent: ${forWhat} left out (Debian: apt-get install ${install})`;
  if (process.env['TALLYMARK_REQUIRE_ALL'] === '1') throw new Error(line);
  writeSync(2, `${line}\n`);
  return null;
}
