import { createHmac, hkdfSync } from 'node:crypto';
import type { SealingKey } from './key-file.js';

/**
 * Opaque tokens in place of e-mail addresses and phone numbers: equal exactly when the mailbox or the phone is the
 * same, useless without the key. They must stay the same for ever, so they are made under the *oldest* key of the ring
 * (the last): that one may only be dropped together with every token made under it.
 */
export interface IdentityTokens {
  /** Null when it is no address. */
  mailbox(email: string | null): string | null;
  /** Null when it is no number. */
  phone(phone: string | null): string | null;
  /** A number of 64 bits, as text, for a word that somebody is found by. */
  word(text: string): string;
}

/** `program` keeps the tokens of programs apart: one person's are different in each. */
export function identityTokens(ring: readonly SealingKey[], program: string): IdentityTokens {
  const oldest = ring.at(-1);
  if (!oldest) throw new Error('the key ring is empty: configure KEYS');
  const key = (purpose: string) => Buffer.from(hkdfSync('sha256', oldest.key, program, `tallymark ${purpose}`, 32));
  const [mailboxKey, phoneKey, wordKey] = [key('mailbox token'), key('phone token'), key('word token')];
  return {
    mailbox: (email) => hash(mailboxKey, normalMailbox(email)),
    phone: (phone) => hash(phoneKey, normalPhone(phone)),
    word: (text) => createHmac('sha256', wordKey).update(text).digest().readBigInt64BE().toString(),
  };
}

/** Letter case and a +tag make no other mailbox (FORMAT 6.6). Dots do: only one provider ignores them. */
export function normalMailbox(email: string | null): string | null {
  const parts = /^([^@\s]+)@([^@\s]+)$/.exec((email ?? '').normalize('NFC').trim().toLowerCase());
  if (!parts) return null;
  const [local, domain] = [parts[1] as string, parts[2] as string];
  const plus = local.indexOf('+');
  return `${plus > 0 ? local.slice(0, plus) : local}@${domain.replace(/\.$/, '')}`;
}

/** Digits alone; `00` and `+` before the country are the same. Fewer than six digits are no number of a person. */
export function normalPhone(phone: string | null): string | null {
  const digits = (phone ?? '').normalize('NFKC').replace(/[^\d+]/g, '');
  const bare = digits.replace(/^\+/, '').replace(/\+/g, '').replace(/^00/, '');
  return bare.length < 6 ? null : bare;
}

function hash(key: Buffer, value: string | null): string | null {
  return value === null ? null : createHmac('sha256', key).update(value).digest('base64url').slice(0, 32);
}
