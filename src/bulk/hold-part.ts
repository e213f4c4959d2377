import type { Tx } from '../db/database.js';
import { lockMembers } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import type { BulkAdjustment } from './bulk-adjustments.js';
import { PART } from './choose-members.js';

const READY = `
  select member_id as member from bulk_adjustment_member
  where program_id = $1 and bulk_id = $2 and n > $3 and n <= $4 and state = 'ready'`;
/** Who is held, or held no longer, meanwhile is passed over: that was somebody else's deed. */
const HOLD = `
  with line as (
    select l.n, m.id, m.blocked_at from bulk_adjustment_member l join member m on m.program_id = l.program_id and m.id = l.member_id
    where l.program_id = $1 and l.bulk_id = $2 and l.n > $3 and l.n <= $4 and l.state = 'ready'
      and m.status = 'active' and m.merged_into is null and (m.blocked_at is null) = $5
  ), held as (
    update member m set blocked_at = case when $5 then $6::timestamptz end from line where m.program_id = $1 and m.id = line.id
  ), noted as (
    update bulk_adjustment_member l set given = 0, state = case when line.n is null then 'passed' else 'given' end,
      held_at = case when $5 then $6::timestamptz else line.blocked_at end
    from bulk_adjustment_member ready left join line on line.n = ready.n
    where ready.program_id = $1 and ready.bulk_id = $2 and ready.n > $3 and ready.n <= $4 and ready.state = 'ready'
      and l.program_id = ready.program_id and l.bulk_id = ready.bulk_id and l.n = ready.n
  )
  update bulk_adjustment set given_members = given_members + (select count(*) from line) where program_id = $1 and id = $2`;

/** Puts one part's members on hold, or ends their hold; all in the caller's transaction. */
export async function holdPart(
  tx: Tx,
  program: string,
  { id, kind }: BulkAdjustment,
  part: number,
  now: Millis,
): Promise<void> {
  const within = [program, id, part * PART, (part + 1) * PART];
  const lines = await tx.prepared<{ member: string }>('bulk_to_hold', READY, within);
  lockMembers(
    tx,
    lines.map(({ member }) => ({ program, member })),
  );
  await tx.prepared('bulk_hold', HOLD, [...within, kind === 'hold', new Date(now)]);
}

/** Whoever remains of merged members, with what they were merged into. */
const STANDING = `
  select l.n, s.id as member from bulk_adjustment_member l
  join member m on m.program_id = l.program_id and m.id = l.member_id
  join member s on s.program_id = m.program_id and s.id = coalesce(m.merged_into, m.id)
  where l.program_id = $1 and l.bulk_id = $2 and l.state = 'given' order by l.n limit ${PART} for update of l`;
/** Only what is still as the job left it goes back: who was held anew by hand stays on hold, who is on hold again keeps that day. */
const BACK = `
  with line as (
    select l.n, x.member, l.held_at from unnest($3::int[], $4::bigint[]) x(n, member)
    join bulk_adjustment_member l on l.program_id = $1 and l.bulk_id = $2 and l.n = x.n
  ), back as (
    update member m set blocked_at = case when $5 then null else line.held_at end from line
    where m.program_id = $1 and m.id = line.member and m.status = 'active'
      and m.blocked_at is not distinct from case when $5 then line.held_at end
    returning m.id
  ), noted as (
    update bulk_adjustment_member l set state = case when back.id is null then 'kept' else 'undone' end
    from line left join back on back.id = line.member where l.program_id = $1 and l.bulk_id = $2 and l.n = line.n
    returning l.state
  )
  update bulk_adjustment set undone_members = undone_members + (select count(*) from noted where state = 'undone')
  where program_id = $1 and id = $2`;

/** Takes some members off hold again, or puts them back on it since when they were. Gives how many it went through: none = it is done. */
export async function undoHoldPart(tx: Tx, program: string, { id, kind }: BulkAdjustment): Promise<number> {
  const lines = await tx.prepared<{ n: number; member: string }>('bulk_held', STANDING, [program, id]);
  if (lines.length === 0) return 0;
  lockMembers(
    tx,
    lines.map(({ member }) => ({ program, member })),
  );
  const [ns, members] = [lines.map(({ n }) => n), lines.map(({ member }) => member)];
  await tx.prepared('bulk_hold_back', BACK, [program, id, ns, members, kind === 'hold']);
  return lines.length;
}
