import type { Tx } from '../db/database.js';
import type { Loyalty } from './context.js';

const BY = (what: string) => `
  select distinct r.id from member m
  join member r on r.program_id = m.program_id and r.id = coalesce(m.merged_into, m.id)
  where m.program_id = $1 and m.${what} = $2 and r.status = 'active' and r.blocked_at is null limit 2`;

/**
 * The one member whom another means by an e-mail address or by a member code; null where there is none who may be given
 * anything, or more than one: whoever asks is never told which of these it is.
 */
export async function findReceiver(tx: Tx, program: string, text: string, loyalty: Loyalty): Promise<string | null> {
  const isAddress = text.includes('@');
  const value = isAddress ? loyalty.tokens(program).mailbox(text) : text.toUpperCase().replace(/[^0-9A-Z]/g, '');
  if (value === null || value === '') return null;
  const name = isAddress ? 'receiver_by_mailbox' : 'receiver_by_code';
  const found = await tx.prepared<{ id: string }>(name, BY(isAddress ? 'mailbox' : 'referral_code'), [program, value]);
  return found.length === 1 ? (found[0]?.id ?? null) : null;
}

const MISS = `
  insert into activity (program_id, kind, key, member_id, at, facts)
  select $1, 'missed-receiver', uuidv7()::text, $2, $3, '{}'`;
const MISSES = `
  select count(*)::int as misses from activity
  where program_id = $1 and member_id = $2 and kind = 'missed-receiver' and at > $3`;

/** So many a day may be looked for in vain: whoever tries addresses learns of few. */
const MOST_MISSES = 10;
const DAY_MS = 24 * 3_600_000;

export const noteMiss = (tx: Tx, program: string, member: string, at: number): void =>
  tx.send('receiver_missed', MISS, [program, member, new Date(at)]);

export async function missedTooOften(tx: Tx, program: string, member: string, now: number): Promise<boolean> {
  const values = [program, member, new Date(now - DAY_MS)];
  const [row] = await tx.prepared<{ misses: number }>('receiver_misses', MISSES, values);
  return (row?.misses ?? 0) >= MOST_MISSES;
}
