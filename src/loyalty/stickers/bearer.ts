import { createHash, randomBytes } from 'node:crypto';
import type { Tx } from '../../db/database.js';
import { lockMembers } from '../../ledger/lock-members.js';
import type { Loyalty } from '../context.js';

const BEARER = "select id from member where program_id = $1 and status = 'bearer'";
const MAKE = `
  insert into member (program_id, joined_at, status, referral_code) values ($1, to_timestamp(0), 'bearer', $2)
  on conflict do nothing`;

/** The bearer of a program's stickers; null = it never had any. */
export async function bearerOf(tx: Tx, program: string): Promise<string | null> {
  const [row] = await tx.prepared<{ id: string }>('stickers_bearer', BEARER, [program]);
  return row?.id ?? null;
}

/** The same, locked until the transaction ends, and made where there is none: whoever moves stickers does so one at a time. */
export async function lockBearer(tx: Tx, program: string): Promise<string> {
  let bearer = await bearerOf(tx, program);
  if (bearer === null) {
    await tx.prepared('stickers_make_bearer', MAKE, [program, `bearer-${randomBytes(12).toString('hex')}`]);
    bearer = await bearerOf(tx, program);
  }
  if (bearer === null) throw new Error('the bearer of a program was not made');
  lockMembers(tx, [{ program, member: bearer }]);
  return bearer;
}

/** As people type it: case, blanks and hyphens do not matter; O is 0, I and L are 1. */
const plain = (code: string): string =>
  code
    .toUpperCase()
    .replace(/[^0-9A-Z]/g, '')
    .replace(/O/g, '0')
    .replace(/[IL]/g, '1');

/** What is kept of a code's text. Its 90 bits are beyond guessing, so that no key is needed to keep it secret. */
export function hashOf(program: string, code: string): Buffer {
  return createHash('sha256')
    .update(`${program}/${plain(code)}`)
    .digest();
}

/** The text of the n-th code of a batch: the same each time that it is asked for, and guessed by nobody without our key. */
export function stickerText({ codeOf }: Pick<Loyalty, 'codeOf'>, program: string, batch: string, n: number): string {
  const text = codeOf(program, `sticker ${batch}#${n}`).slice(3);
  return `S-${text.slice(0, 6)}-${text.slice(6, 12)}-${text.slice(12)}`;
}
