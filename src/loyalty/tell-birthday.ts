import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { type MemberRef, settleMembers } from './settle-members.js';

/** The same day told again is no news: it is known since it was first told. */
const TELL = `
  insert into activity (program_id, kind, key, member_id, at, facts)
  select $1::bigint, 'birthday', $2::text || ':' || $5::text, $2::bigint, $3::timestamptz, $4::jsonb
  where $4::jsonb is distinct from coalesce((
    select facts from activity where program_id = $1 and kind = 'birthday' and member_id = $2::bigint and at <= $3
    order by at desc limit 1), '{"monthDay": null}')
  on conflict (program_id, kind, key) do update set facts = excluded.facts`;

/**
 * Notes the day of the year on which a member has their birthday (MM-DD; the year is nobody's business), or that they would
 * rather not say (null), as of the instant at which they said so. What earlier birthdays gave stays; which one counts in
 * a year, and whether it was told in time, is the rules' to say.
 */
export async function tellBirthday(
  tx: Tx,
  { program, member }: MemberRef,
  monthDay: string | null,
  at: Millis,
  now: Millis,
  shards: number,
): Promise<void> {
  const facts = JSON.stringify({ monthDay });
  await tx.prepared('loyalty_tell_birthday', TELL, [program, member, new Date(at), facts, at]);
  await settleMembers(tx, [{ program, member }], now, shards);
}
