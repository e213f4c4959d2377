import { type Database, inTransactionAtOnce, type Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { SealingKey } from '../lib/key-file.js';
import { audit } from '../loyalty/store-life.js';
import { beginSession } from './sign-in.js';
import { challengeIn, isSigned, provedChallenge, publicKeyOf, readDevice } from './webauthn.js';

/** More are of no use to anybody. */
const MOST = 20;

export interface Passkey {
  id: string;
  name: string;
  host: string;
  added: Date;
  used: Date | null;
}

/** Where the page stands that asks: the browser's own word for it, "points.example.com:8443". */
export interface Where {
  at: string;
  keys: readonly SealingKey[];
}

/** The host alone, for which devices make keys. */
export const hostIn = (at: string): string => at.replace(/:\d+$/, '');

/** Who is meant, as the device keeps it: nothing that says who they are to anybody else. */
export const handleOf = (program: string, staff: string): string => `${program}.${staff}`;

/** Somebody's own passkeys, newest first. */
export function listPasskeys(tx: Tx, program: string, staff: string): Promise<Passkey[]> {
  return tx.prepared<Passkey>(
    'passkeys_of',
    `select id, name, host, added_at as added, used_at as used from passkey
     where program_id = $1 and staff_id = $2 order by added_at desc, id`,
    [program, staff],
  );
}

/** The devices' own names for them, so that one device does not make two. */
export async function credentialsOf(tx: Tx, program: string, staff: string): Promise<Buffer[]> {
  const rows = await tx.prepared<{ credential: Buffer }>(
    'passkey_credentials',
    'select credential from passkey where program_id = $1 and staff_id = $2',
    [program, staff],
  );
  return rows.map(({ credential }) => credential);
}

export interface NewPasskey {
  name: string;
  credential: Buffer;
  clientData: Buffer;
  deviceData: Buffer;
  /** SubjectPublicKeyInfo, DER. */
  publicKey: Buffer;
}

/**
 * Keeps the public half of a key that a device of somebody who is signed in has just made.
 * @throws AppError `passkey_refused` (401), `passkey_known` (409), `too_many_passkeys` (409)
 */
export async function addPasskey(
  tx: Tx,
  { program, staff }: { program: string; staff: string },
  made: NewPasskey,
  { at, keys }: Where,
  now: Millis,
): Promise<void> {
  const challenged = provedChallenge(challengeIn(made.clientData, { type: 'webauthn.create', at }), now, keys);
  const host = hostIn(at);
  const { counter, credential } = readDevice(made.deviceData, host);
  publicKeyOf(made.publicKey);
  if (!credential?.equals(made.credential))
    throw new AppError('passkey_refused', 401, 'The device told of another key.');
  if ((await credentialsOf(tx, program, staff)).length >= MOST)
    throw new AppError('too_many_passkeys', 409, `You have ${MOST} passkeys. Remove one that you do not use.`);
  const [row] = await tx.prepared<{ id: string }>(
    'passkey_add',
    `insert into passkey (program_id, staff_id, credential, host, public_key, name, counter, added_at, challenged_at)
     values ($1, $2, $3, $4, $5, $6, $7, $8, $9) on conflict (program_id, credential) do nothing returning id`,
    [
      ...[program, staff, made.credential, host, made.publicKey, made.name, counter, new Date(now)],
      new Date(challenged),
    ],
  );
  if (!row) throw new AppError('passkey_known', 409, 'This passkey is here already.');
  await audit(tx, program, `staff:${staff}`, 'staff.passkey-added', { passkey: row.id, name: made.name });
}

/** @throws AppError `no_such_passkey` (404) */
export async function removePasskey(tx: Tx, program: string, staff: string, id: string): Promise<void> {
  const [row] = await tx.prepared<{ name: string }>(
    'passkey_remove',
    'delete from passkey where program_id = $1 and staff_id = $2 and id = $3 returning name',
    [program, staff, id],
  );
  if (!row) throw new AppError('no_such_passkey', 404, 'There is no such passkey of yours.');
  await audit(tx, program, `staff:${staff}`, 'staff.passkey-removed', { passkey: id, name: row.name });
}

export interface SignedChallenge {
  credential: Buffer;
  /** What the device keeps of whose key it is (`handleOf`); proves nothing. */
  handle: string;
  clientData: Buffer;
  deviceData: Buffer;
  signature: Buffer;
}

/**
 * A session for whoever's device signed our challenge. What it signed is signed once: a challenge older than the one it signed
 * last is refused, and so is a device that counts backwards (somebody copied the key).
 * @throws AppError `passkey_refused` (401), alike for a key that nobody has and for one that is wrong
 */
export async function enterByPasskey(
  db: Database,
  given: SignedChallenge,
  { at, keys }: Where,
  now: Millis,
): Promise<{ session: string; endsAt: Millis }> {
  const challenged = provedChallenge(challengeIn(given.clientData, { type: 'webauthn.get', at }), now, keys);
  const { counter } = readDevice(given.deviceData, hostIn(at));
  const [, program] = /^(\d{1,18})\.\d{1,18}$/.exec(given.handle) ?? [];
  if (program === undefined) throw unknownKey();
  return inTransactionAtOnce(db, { programs: [program] }, async (tx) => {
    const [row] = await tx.prepared<{ id: string; staff: string; key: Buffer; byMail: boolean }>(
      'passkey_find',
      `select k.id, k.staff_id as staff, k.public_key as key, s.email is not null as "byMail" from passkey k
       join staff s on s.program_id = k.program_id and s.id = k.staff_id
       where k.program_id = $1 and k.credential = $2 and k.host = $3 and s.removed_at is null`,
      [program, given.credential, hostIn(at)],
    );
    if (!row || handleOf(program, row.staff) !== given.handle) throw unknownKey();
    if (!isSigned(publicKeyOf(row.key), given.deviceData, given.clientData, given.signature)) throw unknownKey();
    const [used] = await tx.prepared(
      'passkey_use',
      `update passkey set used_at = $3, challenged_at = $4, counter = $5
       where program_id = $1 and id = $2 and challenged_at < $4 and (counter < $5 or (counter = 0 and $5 = 0))
       returning id`,
      [program, row.id, new Date(now), new Date(challenged), counter],
    );
    if (!used) throw unknownKey();
    return beginSession(tx, program, row, now);
  });
}

const unknownKey = () =>
  new AppError('passkey_refused', 401, 'This passkey opens nothing here. Have a link sent to your mailbox instead.');
