import { createCipheriv, createDecipheriv, randomBytes } from 'node:crypto';
import type { SealingKey } from './key-file.js';

const CIPHER = 'aes-256-gcm';
const IV = 12;
const TAG = 16;

/** A sealed value that no key of the ring opens, or that was sealed for another place, or that was altered. */
export class CannotOpen extends Error {
  constructor(why: string, options?: ErrorOptions) {
    super(why, options);
    this.name = 'CannotOpen';
  }
}

/**
 * AES-256-GCM under the first key of the ring: length of the key's id, id, 96-bit random IV, ciphertext, tag.
 * `place` (table, row, kind) is bound in as additional data: the bytes open nowhere else.
 */
export function seal(plain: Buffer, place: string, ring: readonly SealingKey[]): Buffer {
  const first = ring[0];
  if (!first) throw new Error('the key ring is empty: configure KEYS');
  const id = Buffer.from(first.id, 'latin1');
  const iv = randomBytes(IV);
  const cipher = createCipheriv(CIPHER, first.key, iv).setAAD(Buffer.from(place));
  return Buffer.concat([Buffer.of(id.length), id, iv, cipher.update(plain), cipher.final(), cipher.getAuthTag()]);
}

/** @throws CannotOpen */
export function open(sealed: Buffer, place: string, ring: readonly SealingKey[]): Buffer {
  const length = sealed[0] ?? 0;
  const id = sealed.toString('latin1', 1, 1 + length);
  const entry = ring.find((one) => one.id === id);
  if (!entry) throw new CannotOpen('sealed under a key that is not in the ring');
  const body = 1 + length + IV;
  if (sealed.length < body + TAG) throw new CannotOpen('too short to be sealed');
  const end = sealed.length - TAG;
  const decipher = createDecipheriv(CIPHER, entry.key, sealed.subarray(1 + length, body), { authTagLength: TAG })
    .setAAD(Buffer.from(place))
    .setAuthTag(sealed.subarray(end));
  try {
    return Buffer.concat([decipher.update(sealed.subarray(body, end)), decipher.final()]);
  } catch (error) {
    throw new CannotOpen('altered, or sealed for another place', { cause: error });
  }
}

/** The id of the key that sealed it, for re-sealing after a rotation. */
export function keyIdOf(sealed: Buffer): string {
  return sealed.toString('latin1', 1, 1 + (sealed[0] ?? 0));
}

/** Where something sealed stands, as its additional data: table, row, kind. */
export function placeOf(table: string, ...parts: string[]): string {
  return [table, ...parts].join('/');
}
