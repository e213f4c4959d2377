import { brotliCompressSync, brotliDecompressSync, constants } from 'node:zlib';
import type { KnownStore, Reading } from '../src/commerce/inbound-platform.js';
import type { SealingKey } from '../src/lib/key-file.js';
import { open, placeOf, seal } from '../src/lib/seal.js';
import { z } from 'zod';
import type { WaitingRow } from './claim.js';
import { openBody, UnreadableBody } from './open-body.js';
import { LARGEST_BODY } from './raw-body.js';
import { PLATFORMS } from './registry.js';

/** A body opens only as the body of its own row: the store and the hash are bound in, and that it is packed. */
function bodyPlace(store: string, hash: Buffer, packed: boolean): string {
  return placeOf('inbox', store, hash.toString('hex'), ...(packed ? ['packed'] : []));
}

/** Stands before what is packed. What is not begins with the length of a key's id, which is never 0. */
const PACKED = Buffer.of(0);
const isPacked = (sealed: Buffer): boolean => sealed[0] === 0;
/** Shorter ones gain nothing by it. */
const WORTH_PACKING = 512;
/** The quickest there is: an order of 7 kB is 1.7 kB after 20 µs, and its row needs no second table. */
const QUICKEST = { params: { [constants.BROTLI_PARAM_QUALITY]: constants.BROTLI_MIN_QUALITY } };

/** What the inbox keeps of a body whose sha256 is `hash`: packed where that makes it smaller, and sealed. */
export function sealBody(body: Buffer, store: string, hash: Buffer, ring: readonly SealingKey[]): Buffer {
  const small = body.length < WORTH_PACKING ? body : brotliCompressSync(body, QUICKEST);
  if (small.length >= body.length) return seal(body, bodyPlace(store, hash, false), ring);
  return Buffer.concat([PACKED, seal(small, bodyPlace(store, hash, true), ring)]);
}

/**
 * The bytes of a body as they came.
 * @throws CannotOpen
 */
export function unsealBody(sealed: Buffer, store: string, hash: Buffer, ring: readonly SealingKey[]): Buffer {
  if (!isPacked(sealed)) return open(sealed, bodyPlace(store, hash, false), ring);
  const small = open(sealed.subarray(PACKED.length), bodyPlace(store, hash, true), ring);
  return brotliDecompressSync(small, { maxOutputLength: LARGEST_BODY });
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
