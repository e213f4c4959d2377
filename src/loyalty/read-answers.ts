import type { Tx } from '../db/database.js';
import type { StoredExplanation } from './decisions.js';

/** An order of a member's and what was decided about it. */
export interface DecidedOrder {
  store_id: string;
  order_id: string;
  number: string | null;
  placed_at: Date;
  reason: string | null;
  gives: Record<string, string> | null;
  rule_version: number | null;
  explanation: StoredExplanation | null;
}

/** By what the shop calls it, by the platform's own number, or by its day (in the program's zone). */
export const ANSWERS = `
  with family as (select id from member where program_id = $1 and (id = $2 or merged_into = $2))
  select o.store_id, o.order_id, o.snapshot ->> 'name' as number, o.placed_at, d.reason, d.gives, d.rule_version, d.explanation
  from order_state o
  left join lateral (
    select * from decision d where d.program_id = $1 and d.activity = 'order:' || o.store_id || '/' || o.order_id limit 1
  ) d on true
  where o.program_id = $1 and o.member_id in (select id from family)
    and (o.number = ltrim($3, '#') or o.order_id = ltrim($3, '#')
      or ($4::date is not null and (o.placed_at at time zone $5)::date = $4::date))
  order by o.placed_at desc limit 20`;

/** The member's orders that a text means, newest first. */
export function readDecidedOrders(
  tx: Tx,
  program: string,
  member: string,
  { text, zone }: { text: string; zone: string },
): Promise<DecidedOrder[]> {
  const day = /^\d{4}-\d\d-\d\d$/.test(text) && !Number.isNaN(Date.parse(text)) ? text : null;
  return tx.prepared<DecidedOrder>('member_answers', ANSWERS, [program, member, text, day, zone]);
}
