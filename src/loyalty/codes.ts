import { createHmac, hkdfSync } from 'node:crypto';
import type { SealingKey } from '../lib/key-file.js';

/** Crockford's base32: no letter that is mistaken for another. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const LENGTH = 18;

/**
 * Makes the text of discount codes from redemptions' ids: 90 bits that nobody guesses without our key, and the same text
 * for every retry, so that a code whose creation was lost in a time-out is found instead of made twice.
 */
export function codeMaker(ring: readonly SealingKey[]): (program: string, redemption: string) => string {
  const oldest = ring.at(-1);
  if (!oldest) throw new Error('the key ring is empty: configure KEYS');
  const key = Buffer.from(hkdfSync('sha256', oldest.key, '', 'tallymark discount code', 32));
  return (program, redemption) => {
    const bytes = createHmac('sha256', key).update(`${program}/${redemption}`).digest();
    return `TM-${[...bytes.subarray(0, LENGTH)].map((byte) => ALPHABET[byte % 32]).join('')}`;
  };
}
