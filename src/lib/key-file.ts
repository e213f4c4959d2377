import { randomBytes } from 'node:crypto';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname } from 'node:path';

/** 32 bytes for AES-256 and for keyed hashes; `id` is written beside what it sealed, so that rings can rotate. */
export interface SealingKey {
  id: string;
  key: Buffer;
}

/** `k2:<base64>,k1:<base64>`: the first seals, all open. Throws when an id repeats or a key is not 32 bytes. */
export function parseKeys(text: string): SealingKey[] {
  const keys = text.split(',').map((part) => {
    const [, id, base64] = /^([a-z0-9]{1,8}):([A-Za-z0-9+/]{43}=)$/.exec(part.trim()) ?? [];
    if (!id || !base64) throw new Error('must be <id>:<32 bytes in base64>, several separated by commas, newest first');
    return { id, key: Buffer.from(base64, 'base64') };
  });
  if (new Set(keys.map(({ id }) => id)).size !== keys.length) throw new Error('holds the same id twice');
  return keys;
}

/** The keys kept in `file`; made at the first start and readable for the owner alone. */
export function keptKeys(file: string): SealingKey[] {
  if (!existsSync(file)) {
    mkdirSync(dirname(file), { recursive: true });
    writeFileSync(file, `k1:${randomBytes(32).toString('base64')}\n`, { mode: 0o600, flag: 'wx' });
  }
  return parseKeys(readFileSync(file, 'utf8').trim());
}
