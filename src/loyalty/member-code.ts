import { createHmac, hkdfSync, timingSafeEqual } from 'node:crypto';
import type { Millis } from '../lib/clock.js';
import type { SealingKey } from '../lib/key-file.js';

/**
 * A member's code that is another each minute, after RFC 6238: sixteen digits, of which ten say whose it is and six prove it. It is
 * found by arithmetic alone: nothing is kept of it. Both parts hang on the minute and on the program's key, so that of two codes
 * nobody else can tell whether they are one member's.
 */
const MINUTE = 60_000;
const WHO = 10_000_000_000n;
const PROOF = 1_000_000;

/** The code of a minute, and when the next one begins. `member` below 10^10. */
export function rotatingCode(key: Buffer, member: string, now: Millis): { code: string; until: Millis } {
  const minute = Math.floor(now / MINUTE);
  const who = (BigInt(member) + maskOf(key, minute)) % WHO;
  return { code: `${String(who).padStart(10, '0')}${proofOf(key, member, minute)}`, until: (minute + 1) * MINUTE };
}

/** Whose code it is, of this minute or the one before; null when it is nobody's. Blanks and hyphens do not matter. */
export function memberOfRotatingCode(key: Buffer, text: string, now: Millis): string | null {
  const code = text.replace(/[\s-]/g, '');
  if (!/^\d{16}$/.test(code)) return null;
  const minute = Math.floor(now / MINUTE);
  for (const at of [minute, minute - 1]) {
    const member = String((BigInt(code.slice(0, 10)) - maskOf(key, at) + WHO) % WHO);
    if (timingSafeEqual(Buffer.from(proofOf(key, member, at)), Buffer.from(code.slice(10)))) return member;
  }
  return null;
}

function maskOf(key: Buffer, minute: number): bigint {
  return createHmac('sha256', key).update(`who ${minute}`).digest().readBigUInt64BE() % WHO;
}

function proofOf(key: Buffer, member: string, minute: number): string {
  const proof = createHmac('sha256', key).update(`proof ${member} ${minute}`).digest().readUIntBE(0, 6) % PROOF;
  return String(proof).padStart(6, '0');
}

/** The key of each program, under the newest of the ring: no code outlives two minutes. */
export function memberCodeKeys(ring: readonly SealingKey[]): (program: string) => Buffer {
  const [newest] = ring;
  if (!newest) throw new Error('the key ring is empty: configure KEYS');
  return (program) => Buffer.from(hkdfSync('sha256', newest.key, program, 'tallymark member code', 32));
}
