import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';

/** Where the numbered files live, beside src and dist alike. */
export const MIGRATIONS = fileURLToPath(new URL('../../migrations/', import.meta.url));
const silent: (migration: string) => void = () => {};
const NUMBERED = /^\d{4}_[a-z0-9_-]+\.sql$/;
/** Any constant: who holds it migrates, the others wait. */
const LOCK = 7_041_776;

/**
 * Brings a database up to date: every `NNNN_<slug>.sql` that it has not seen, in order, each in a transaction of its own
 * together with its number. Safe to run from several processes at once. Gives the names of those that ran.
 * `url` is the owner's, who may create tables (and roles, see docs/decisions).
 */
export async function migrate(url: string, { folder = MIGRATIONS, progress = silent } = {}): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => NUMBERED.test(name)).sort();
  const client = new pg.Client({ connectionString: url, application_name: 'tallymark migrate' });
  client.on('error', () => {});
  await client.connect();
  try {
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(
      'create table if not exists migration (number int primary key, name text not null, ran_at timestamptz not null default now())',
    );
    const known = new Set(
      (await client.query<{ number: number }>('select number from migration')).rows.map((r) => r.number),
    );
    const fresh = files.filter((name) => !known.has(Number(name.slice(0, 4))));
    for (const name of fresh) {
      progress(name);
      await once(client, name, await readFile(join(folder, name), 'utf8'));
    }
    return fresh;
  } finally {
    await client.end();
  }
}

/** The migrations that this program brings and the database has not seen, in order. */
export async function pendingMigrations(pool: pg.Pool, folder = MIGRATIONS): Promise<string[]> {
  const files = (await readdir(folder)).filter((name) => NUMBERED.test(name)).sort();
  const { rows } = await pool.query<{ there: boolean }>("select to_regclass('public.migration') is not null as there");
  if (!rows[0]?.there) return files;
  const known = new Set(
    (await pool.query<{ number: number }>('select number from migration')).rows.map((r) => r.number),
  );
  return files.filter((name) => !known.has(Number(name.slice(0, 4))));
}

async function once(client: pg.Client, name: string, text: string): Promise<void> {
  try {
    await client.query('begin');
    // better to fail and be run again than to make every request wait behind us
    await client.query("set local lock_timeout = '5s'");
    await client.query('insert into migration (number, name) values ($1, $2)', [Number(name.slice(0, 4)), name]);
    await client.query(text);
    await client.query('commit');
  } catch (error) {
    await client.query('rollback').catch(() => {});
    throw new Error(`migration ${name} failed: ${(error as Error).message}`, { cause: error });
  }
}
