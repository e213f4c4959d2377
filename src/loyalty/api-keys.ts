import { createHash } from 'node:crypto';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { unguessable } from '../lib/ids.js';
import { audit } from './store-life.js';

/** Whoever called the API with a key: of one program. */
export interface ApiKey {
  program: string;
  id: string;
  name: string;
}

const KEY = /^tally_(\d{1,18})_([\w-]{43})$/;

/** The program that a key's text says it is for; null when it is no key of ours. Proves nothing. */
export function programOfKey(text: string): string | null {
  return KEY.exec(text)?.[1] ?? null;
}

/** 256 random bits need no salt and no slow hash. */
const hashed = (text: string): Buffer => createHash('sha256').update(text).digest();

/** Makes a key for a program. Its text is given here and never again. */
export async function createApiKey(
  tx: Tx,
  program: string,
  name: string,
  actor: string,
): Promise<ApiKey & { text: string }> {
  const text = `tally_${program}_${unguessable(32)}`;
  const [row] = await tx.prepared<{ id: string }>(
    'api_key_create',
    'insert into api_key (program_id, name, hash) select id, $2, $3 from program where id = $1 returning id',
    [program, name, hashed(text)],
  );
  if (!row) throw new AppError('no_such_program', 404, `There is no program ${program}.`);
  await audit(tx, program, actor, 'api-key.created', { key: row.id });
  return { program, id: row.id, name, text };
}

/** When a key was last used is known to the minute: one that is used all the time writes no row each time. */
const PROVE = `
  with found as (
    select id, name, last_used_at from api_key where program_id = $1 and hash = $2 and revoked_at is null
  ), noted as (
    update api_key k set last_used_at = $3 from found
    where k.program_id = $1 and k.id = found.id and (found.last_used_at is null or found.last_used_at < $3::timestamptz - interval '1 minute')
  )
  select id, name from found`;

/** The key of this text, if it is one of the program's and was not revoked. */
export async function proveApiKey(tx: Tx, program: string, text: string, now: Millis): Promise<ApiKey | null> {
  const [row] = await tx.prepared<{ id: string; name: string }>('api_key_prove', PROVE, [
    program,
    hashed(text),
    new Date(now),
  ]);
  return row ? { program, ...row } : null;
}

export interface ListedKey {
  id: string;
  name: string;
  created: Date;
  used: Date | null;
  revoked: Date | null;
}

export async function listApiKeys(tx: Tx, program: string): Promise<ListedKey[]> {
  return tx.prepared(
    'api_key_list',
    `select id, name, created_at as created, last_used_at as used, revoked_at as revoked from api_key
     where program_id = $1 order by id`,
    [program],
  );
}

/** From now on the key opens nothing. @throws AppError `no_such_key` (404) */
export async function revokeApiKey(tx: Tx, program: string, id: string, now: Millis, actor: string): Promise<void> {
  const rows = await tx.prepared(
    'api_key_revoke',
    'update api_key set revoked_at = $3 where program_id = $1 and id = $2 and revoked_at is null returning id',
    [program, id, new Date(now)],
  );
  if (rows.length === 0)
    throw new AppError('no_such_key', 404, `Program ${program} has no key ${id} in use: see \`api-key list\`.`);
  await audit(tx, program, actor, 'api-key.revoked', { key: id });
}
