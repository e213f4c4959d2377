import type { Minor } from '../commerce/order.js';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { roomToRoundUp, roundUpSince } from '../rules/round-up.js';
import { type StoredOrder, toKnown } from './stored-order.js';

const ORDERS = `
  select o.store_id, o.snapshot
  from (
    select id from member where program_id = $1 and id = $2
    union all
    select id from member where program_id = $1 and merged_into = $2
  ) m join order_state o on o.program_id = $1 and o.member_id = m.id
  where o.placed_at >= $3 and not o.removed`;

/** What the rules' limits leave a member to be asked for by rounding up; Infinity = there is no limit, or nobody to ask it of. */
export async function readRoomToRoundUp(
  tx: Tx,
  program: string,
  rules: ProgramRules,
  member: string | null,
  now: Millis,
): Promise<Minor> {
  const since = roundUpSince(rules, now);
  if (since === null || member === null) return Infinity;
  const rows = await tx.prepared<{ store_id: string; snapshot: StoredOrder }>('loyalty_room_to_round_up', ORDERS, [
    program,
    member,
    new Date(since),
  ]);
  const orders = rows.map(({ store_id, snapshot }) => toKnown(store_id, snapshot, {}, () => undefined));
  return roomToRoundUp(rules, orders, now);
}
