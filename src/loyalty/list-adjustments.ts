import type { Tx } from '../db/database.js';
import type { AdjustmentState } from './ask-adjustment.js';

/** An adjustment by hand that waits, was refused or withdrawn, or was given. */
export interface ListedAdjustment {
  id: string;
  member_id: string;
  public_id: string;
  unit: string;
  points: string;
  reason: string;
  asked_by: string;
  asked_name: string | null;
  asked_at: Date;
  state: AdjustmentState;
  decided_by: string | null;
  decided_name: string | null;
  decided_at: Date | null;
  said: string | null;
}

const SELECT = `
  select a.id, coalesce(m.merged_into, m.id) as member_id, m.public_id, a.unit, a.points, a.reason, a.asked_by, a.asked_at,
    a.state, a.decided_by, a.decided_at, a.said, coalesce(s.name, k.name) as asked_name, coalesce(d.name, e.name) as decided_name
  from adjustment a join member m on m.program_id = a.program_id and m.id = a.member_id
  left join staff s on s.program_id = $1 and a.asked_by = 'staff:' || s.id
  left join api_key k on k.program_id = $1 and a.asked_by = 'key:' || k.id
  left join staff d on d.program_id = $1 and a.decided_by = 'staff:' || d.id
  left join api_key e on e.program_id = $1 and a.decided_by = 'key:' || e.id
  where a.program_id = $1`;

/** What waits, the oldest first. */
export const WAITING = `${SELECT} and a.state = 'waiting'
    and ($2::text is null or (a.asked_at, a.id) > (select asked_at, id from adjustment where program_id = $1 and id = $2))
  order by a.asked_at, a.id limit $3`;

/** What was asked of one member, the newest first; merged members' too. */
export const OF_MEMBER = `${SELECT}
    and a.member_id = any (array(select id from member where program_id = $1 and (id = $4 or merged_into = $4)))
    and ($2::text is null or (a.asked_at, a.id) < (select asked_at, id from adjustment where program_id = $1 and id = $2))
  order by a.asked_at desc, a.id desc limit $3`;

/** A page of what waits, or of one member; `after` = the last one of the page before. */
export function listAdjustments(
  tx: Tx,
  program: string,
  { member, after, limit }: { member: string | null; after: string | null; limit: number },
): Promise<ListedAdjustment[]> {
  return member === null
    ? tx.prepared('adjustments_waiting', WAITING, [program, after, limit])
    : tx.prepared('adjustments_of_member', OF_MEMBER, [program, after, limit, member]);
}

export const HOW_MANY = `
  select (select count(*) from adjustment where program_id = $1 and state = 'waiting' and asked_by <> $2)::int
    + (select count(*) from bulk_adjustment where program_id = $1 and state = 'waiting' and asked_by <> $2)::int as n`;

/** How many wait for somebody else than those who asked. */
export async function countWaiting(tx: Tx, program: string, by: string): Promise<number> {
  const [row] = await tx.prepared<{ n: number }>('adjustments_count', HOW_MANY, [program, by]);
  return row?.n ?? 0;
}
