import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** What one kind of cause did to what a member has of a unit: `order` earned so much, `redemption` took so much. */
export interface AccountPart {
  unit: string;
  cause: string;
  kind: string;
  points: string;
}

/** What a member had of a unit at an instant, by the books. */
export interface BalanceThen {
  unit: string;
  available: string;
  pending: string;
  held: string;
  debt: string;
}

const FAMILY = `select id from member where program_id = $1 and (id = $2 or merged_into = $2)`;

export const PARTS = `
  with family as (${FAMILY})
  select unit, split_part(cause, ':', 1) as cause, kind, sum(t.points *
    ((t.to_account in ('available', 'pending', 'debt') and t.to_member in (select id from family))::int
      - (t.from_account in ('available', 'pending', 'debt') and t.from_member in (select id from family))::int)) as points
  from transfer t where t.program_id = $1 and t.member_id in (select id from family) and t.at <= $3
  group by 1, 2, 3 having sum(t.points *
    ((t.to_account in ('available', 'pending', 'debt') and t.to_member in (select id from family))::int
      - (t.from_account in ('available', 'pending', 'debt') and t.from_member in (select id from family))::int)) <> 0
  order by 1, 2, 3`;

export const THEN = `
  with family as (${FAMILY}), moved as (
    select t.unit, side.account, side.points from transfer t cross join lateral (values
      (t.to_member, t.to_account, t.points), (t.from_member, t.from_account, -t.points)) side(member, account, points)
    where t.program_id = $1 and t.member_id in (select id from family) and t.at <= $3 and side.member in (select id from family)
  )
  select unit, coalesce(sum(points) filter (where account = 'available'), 0) as available,
    coalesce(sum(points) filter (where account = 'pending'), 0) as pending,
    coalesce(sum(points) filter (where account = 'held'), 0) as held,
    coalesce(sum(points) filter (where account = 'debt'), 0) as debt
  from moved group by unit`;

/** What a balance is made of as of `at`, by cause and kind; per unit the parts add up to available + pending − owed. */
export const readAccountParts = (tx: Tx, program: string, member: string, at: Millis): Promise<AccountPart[]> =>
  tx.prepared<AccountPart>('member_parts', PARTS, [program, member, new Date(at)]);

/** Balances as they were at an instant: everything that happened by then, whenever it was told (T4). */
export const readBalancesThen = (tx: Tx, program: string, member: string, at: Millis): Promise<BalanceThen[]> =>
  tx.prepared<BalanceThen>('member_then', THEN, [program, member, new Date(at)]);
