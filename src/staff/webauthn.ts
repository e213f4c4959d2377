import { createHash, createHmac, createPublicKey, type KeyObject, timingSafeEqual, verify } from 'node:crypto';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { unguessable } from '../lib/ids.js';
import type { SealingKey } from '../lib/key-file.js';

/**
 * WebAuthn as far as signing in by a device needs it (https://www.w3.org/TR/webauthn-3, 7.1 and 7.2): attestation is not asked
 * for, since whoever adds a key is signed in already and it matters to nobody who built their phone.
 */
const CHALLENGE_MS = 5 * 60_000;
const PRESENT = 0x01;
const VERIFIED = 0x04;
const WITH_KEY = 0x40;

/** What authenticators may sign with, as COSE numbers: ES256, EdDSA, RS256. */
export const ALGORITHMS = [-7, -8, -257] as const;

const refused = (why: string) =>
  new AppError('passkey_refused', 401, `${why} Try again, or have a link sent to your mailbox.`);

const signed = (text: string, { key }: SealingKey): Buffer =>
  createHmac('sha256', key).update(`passkey/${text}`).digest();

/** Something to sign that nobody has to keep: it says when it was made, and that we made it. */
export function makeChallenge(now: Millis, [first]: readonly SealingKey[]): string {
  if (!first) throw new Error('the key ring is empty: configure KEYS');
  const text = `${now.toString(36)}.${unguessable(16)}`;
  return `${text}.${signed(text, first).toString('base64url')}`;
}

/** When it was made. @throws AppError `passkey_refused` (401) when it is none of ours, or too old */
export function provedChallenge(challenge: string, now: Millis, ring: readonly SealingKey[]): Millis {
  const [, text = '', mac = ''] = /^([0-9a-z]+\.[\w-]+)\.([\w-]{43})$/.exec(challenge) ?? [];
  const made = Number.parseInt(text, 36);
  const given = Buffer.from(mac, 'base64url');
  const ours = ring.some((key) => given.length === 32 && timingSafeEqual(given, signed(text, key)));
  if (!ours || made > now || now - made > CHALLENGE_MS) throw refused('This took too long.');
  return made;
}

/** What the browser says that it asked the device, and for whom. */
export interface AskedDevice {
  type: 'webauthn.create' | 'webauthn.get';
  /** What the browser's page is reached at: "points.example.com", "localhost:3000". */
  at: string;
}

/** The challenge inside. @throws AppError `passkey_refused` when another page asked, or for something else */
export function challengeIn(clientData: Buffer, { type, at }: AskedDevice): string {
  const said = jsonOf(clientData);
  const origin = URL.canParse(String(said['origin'])) ? new URL(String(said['origin'])) : null;
  const safe = origin?.protocol === 'https:' || origin?.hostname === 'localhost';
  if (said['type'] !== type || said['crossOrigin'] === true || !safe || origin?.host !== at)
    throw refused('Another page asked for this.');
  // the browser writes the bytes of what it was given
  return Buffer.from(String(said['challenge']), 'base64url').toString('utf8');
}

function jsonOf(bytes: Buffer): Record<string, unknown> {
  try {
    const value: unknown = JSON.parse(bytes.toString('utf8'));
    return typeof value === 'object' && value !== null ? (value as Record<string, unknown>) : {};
  } catch {
    return {};
  }
}

/** What a device says of itself, and how often it has signed. @throws AppError `passkey_refused` for another host, or nobody there */
export function readDevice(data: Buffer, host: string): { counter: number; credential: Buffer | null } {
  if (data.length < 37) throw refused('The device said too little.');
  const flags = data[32] ?? 0;
  if (!data.subarray(0, 32).equals(createHash('sha256').update(host).digest()))
    throw refused('The passkey is for another address.');
  if ((flags & PRESENT) === 0 || (flags & VERIFIED) === 0) throw refused('The device did not check that it is you.');
  // 16 bytes say which make it is; then how long its name for the key is, and the name
  const length = data.length >= 55 ? data.readUInt16BE(53) : 0;
  const credential = (flags & WITH_KEY) === 0 ? null : data.subarray(55, 55 + length);
  return { counter: data.readUInt32BE(33), credential };
}

/** A public key of a kind that we let sign. @throws AppError `passkey_refused` */
export function publicKeyOf(der: Buffer): KeyObject {
  try {
    const key = createPublicKey({ key: der, format: 'der', type: 'spki' });
    const { namedCurve, modulusLength = 0 } = key.asymmetricKeyDetails ?? {};
    const type = key.asymmetricKeyType;
    const strong = type === 'ec' ? namedCurve === 'prime256v1' : type === 'rsa' ? modulusLength >= 2048 : true;
    if (strong && ['ec', 'ed25519', 'rsa'].includes(type ?? '')) return key;
  } catch {
    // not a key at all
  }
  throw refused('This kind of key is not known here.');
}

/** Whether the device signed what it said together with what the browser asked. */
export function isSigned(key: KeyObject, deviceData: Buffer, clientData: Buffer, signature: Buffer): boolean {
  const asked = createHash('sha256').update(clientData).digest();
  const digest = key.asymmetricKeyType === 'ed25519' ? null : 'sha256';
  return verify(digest, Buffer.concat([deviceData, asked]), key, signature);
}
