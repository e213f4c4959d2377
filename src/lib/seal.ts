import { createCipheriv, createDecipheriv, randomFillSync } from 'node:crypto';
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
  const head = 1 + first.id.length + IV;
  const sealed = Buffer.allocUnsafe(head + plain.length + TAG);
  sealed[0] = sealed.write(first.id, 1, 'latin1');
  const iv = randomFillSync(sealed.subarray(head - IV, head));
  const cipher = createCipheriv(CIPHER, first.key, iv).setAAD(Buffer.from(place));
  cipher.update(plain).copy(sealed, head);
  cipher.final();
  cipher.getAuthTag().copy(sealed, head + plain.length);
  return sealed;
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
