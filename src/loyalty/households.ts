import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { KnownHousehold } from '../rules/known.js';

interface SharedRow {
  member_id: string;
  head_id: string;
  from_at: Date;
  until_at: Date | null;
}

const SHARED = `
  select member_id, head_id, from_at, until_at from household_member
  where program_id = $1 and (member_id = any($2::bigint[]) or head_id = any($2::bigint[]))`;

/** Which of these members were in whose household when. */
export async function readShared(tx: Tx, program: string, members: readonly string[]): Promise<KnownHousehold[]> {
  const rows = await tx.prepared<SharedRow>('households_shared', SHARED, [program, members]);
  return rows.map(({ member_id, head_id, from_at, until_at }) => ({
    ...{ member: member_id, head: head_id, from: from_at.getTime(), until: until_at?.getTime() ?? null },
  }));
}

export interface HouseholdNow {
  head: string;
  /** Everybody but the head, in the order in which they came. */
  others: { member: string; since: Date }[];
}

const NOW = `
  with of as (
    select coalesce((select head_id from household_member
      where program_id = $1 and member_id = $2 and until_at is null limit 1), $2) as head
  )
  select o.head, h.member_id as member, h.from_at as since from of o
  join household_member h on h.program_id = $1 and h.head_id = o.head and h.until_at is null
  order by h.from_at, h.member_id`;

/** The household that a member is in now, as its head or not; null = none. */
export async function householdOf(tx: Tx, program: string, member: string): Promise<HouseholdNow | null> {
  const rows = await tx.prepared<{ head: string; member: string; since: Date }>('household_now', NOW, [
    program,
    member,
  ]);
  const [first] = rows;
  return first ? { head: first.head, others: rows.map(({ member: id, since }) => ({ member: id, since })) } : null;
}

const KIN = `
  with of as (select min(coalesce(kin, id)) as kin from member where program_id = $1 and id = any($2::bigint[]))
  update member m set kin = of.kin from of
  where m.program_id = $1 and m.kin is distinct from of.kin and (m.id = any($2::bigint[])
    or m.kin in (select kin from member where program_id = $1 and id = any($2::bigint[]) and kin is not null))`;

const TIED = `
  select count(*)::int as n from member m
  where m.program_id = $1 and m.merged_into is null and (m.id = any($2::bigint[])
    or m.kin in (select kin from member where program_id = $1 and id = any($2::bigint[]) and kin is not null))`;

/** How many would be locked and settled together, were these kin. */
export async function countKin(tx: Tx, program: string, members: readonly string[]): Promise<number> {
  const [row] = await tx.prepared<{ n: number }>('households_tied', TIED, [program, members]);
  return row?.n ?? 0;
}

/** From now on these and everybody whom they share something with are locked and settled together. */
export const makeKin = (tx: Tx, program: string, members: readonly string[]): void =>
  tx.send('households_kin', KIN, [program, members]);

const BEGIN = `
  insert into household_member (program_id, member_id, head_id, from_at)
  select $1, member, $3, $4 from unnest($2::bigint[]) member
  on conflict (program_id, member_id, from_at) do update set head_id = excluded.head_id, until_at = null`;

/** Members come into a household; whoever is in one already makes it fail. */
export const beginSharing = (tx: Tx, program: string, members: readonly string[], head: string, at: Millis): void =>
  tx.send('households_begin', BEGIN, [program, members, head, new Date(at)]);

const END = `
  update household_member set until_at = greatest(from_at, $3) where program_id = $1 and until_at is null
    and (member_id = $2 or ($4 and head_id = $2)) returning member_id, head_id`;

/** Ends what somebody shares as a member, and as a head where `asHead`; gives who was concerned. */
export async function endSharing(
  tx: Tx,
  program: string,
  member: string,
  at: Millis,
  asHead: boolean,
): Promise<{ member: string; head: string }[]> {
  const values = [program, member, new Date(at), asHead];
  const rows = await tx.prepared<{ member_id: string; head_id: string }>('households_end', END, values);
  return rows.map(({ member_id, head_id }) => ({ member: member_id, head: head_id }));
}

const OF_BOTH = `
  select member_id, head_id, from_at, until_at from household_member
  where program_id = $1 and (member_id = any($2::bigint[]) or head_id = any($2::bigint[])) and until_at is null`;
const ANY_KIN = 'select from member where program_id = $1 and id = any($2::bigint[]) and kin is not null limit 1';

/**
 * Two members become one: `from` leaves; whom it was the head of have `into` as their head, unless `into` is in a household itself:
 * then theirs is over.
 */
export async function mergeHouseholds(
  tx: Tx,
  program: string,
  { from, into }: { from: string; into: string },
  at: Millis,
): Promise<void> {
  const both = [from, into];
  if ((await tx.prepared('households_any_kin', ANY_KIN, [program, both])).length === 0) return;
  const rows = await tx.prepared<SharedRow>('households_of_both', OF_BOTH, [program, both]);
  const elsewhere = rows.some(({ member_id, head_id }) => member_id === into && head_id !== from);
  const heirs = rows.filter(({ member_id, head_id }) => head_id === from && member_id !== into);
  await endSharing(tx, program, from, at, true);
  const ids = heirs.map(({ member_id }) => member_id);
  if (!elsewhere && ids.length > 0) beginSharing(tx, program, ids, into, at);
  makeKin(tx, program, both);
}

const FORGET_INVITATIONS = `
  delete from activity where program_id = $1 and kind = 'household-invite' and (member_id = $2::bigint or subject = $2::text)`;

/** Somebody is erased: what they shared is over, and with a head the household. */
export async function forgetHousehold(tx: Tx, program: string, member: string, at: Millis): Promise<void> {
  await endSharing(tx, program, member, at, true);
  await tx.prepared('households_forget', FORGET_INVITATIONS, [program, member]);
}
