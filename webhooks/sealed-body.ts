import type { KnownStore, Reading } from '../src/commerce/inbound-platform.js';
import type { SealingKey } from '../src/lib/key-file.js';
import { open, placeOf, seal } from '../src/lib/seal.js';
import { z } from 'zod';
import type { WaitingRow } from './claim.js';
import { openBody, UnreadableBody } from './open-body.js';
import { PLATFORMS } from './registry.js';

/** A body opens only as the body of its own row: the store and the hash are bound in. */
function bodyPlace(store: string, hash: Buffer): string {
  return placeOf('inbox', store, hash.toString('hex'));
}

/**
 * What the inbox keeps of a body whose sha256 is `hash`. Not compressed: a row would take a quarter of the disk and three fifths of
 * Postgres' time, but the receiver, one thread, would answer a third fewer deliveries.
 */
export function sealBody(body: Buffer, store: string, hash: Buffer, ring: readonly SealingKey[]): Buffer {
  return seal(body, bodyPlace(store, hash), ring);
}

/**
 * The bytes of a body as they came.
 * @throws CannotOpen
 */
export function unsealBody(sealed: Buffer, store: string, hash: Buffer, ring: readonly SealingKey[]): Buffer {
  return open(sealed, bodyPlace(store, hash), ring);
}

/** `refused` = it will never be readable: the row is marked dead with the reason, which quotes nothing of the body. */
export type ReadDelivery = Reading | { kind: 'refused'; why: string };

/**
 * What a kept delivery says. `platform` is its store's, or `reviews/<provider>` (rows of review apps have topics that
 * begin with `review`). Throws only when the body cannot be unsealed (a lost key), which is worth trying again.
 */
export function readDelivery(
  row: WaitingRow,
  platform: string,
  store: KnownStore,
  ring: readonly SealingKey[],
): ReadDelivery {
  if (row.body === null) return { kind: 'refused', why: 'the body was forgotten after its retention time' };
  const reader = PLATFORMS.get(platform);
  if (!reader) return { kind: 'refused', why: `no platform ${platform}` };
  const bytes = unsealBody(row.body, row.store, row.hash, ring);
  try {
    return reader.read(row.topic, openBody(bytes), store);
  } catch (error) {
    return { kind: 'refused', why: whyOf(error, row.topic) };
  }
}

function whyOf(error: unknown, topic: string): string {
  if (error instanceof UnreadableBody) return error.message;
  if (error instanceof RangeError) return error.message;
  if (!(error instanceof z.ZodError)) throw error;
  const issues = error.issues.slice(0, 3).map((issue) => `${issue.path.join('.') || 'the body'}: ${issue.code}`);
  return `not what ${topic} looks like (${issues.join('; ')})`;
}
