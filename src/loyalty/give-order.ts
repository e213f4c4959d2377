import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { type MemberRef, settleMembers } from './settle-members.js';

const GIVE = `
  insert into activity as a (program_id, kind, key, store_id, member_id, subject, at, facts)
  select $1, 'gift', o.store_id || '/' || o.order_id, o.store_id, $2, o.store_id || '/' || o.order_id, $5,
    jsonb_strip_nulls(jsonb_build_object('starts', $6::text))
  from order_state o where o.program_id = $1 and o.store_id = $3 and o.order_id = $4
  on conflict (program_id, kind, key) do update set member_id = excluded.member_id,
    at = case when a.member_id is null then excluded.at else a.at end, facts = (a.facts - 'mailbox') || excluded.facts
    where a.member_id is null or a.member_id = excluded.member_id
  returning 1`;
const BUYER = `
  select program_id as program, member_id as member from order_state
  where program_id = $1 and store_id = $2 and order_id = $3 and member_id is not null`;

/**
 * Gives a member the membership that an order bought, because the shop says so; `starts` = the local day on which its term begins.
 * The same again changes nothing but the day.
 * @throws AppError `no_gifts` (422) where the rules know none, `not_givable` (409) when there is no such order, or another has it
 */
export async function giveOrder(
  tx: Tx,
  ref: MemberRef & { store: string; order: string; starts?: string | undefined },
  now: Millis,
  shards: number,
): Promise<void> {
  const { program, member, store, order, starts = null } = ref;
  const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
  if (!rules.membership?.gifts)
    throw new AppError('no_gifts', 422, 'The rules know no memberships as gifts: write membership.gifts and publish.');
  const given = await tx.prepared('loyalty_give', GIVE, [program, member, store, order, new Date(now), starts]);
  if (given.length === 0)
    throw new AppError('not_givable', 409, 'Only an order that is known and that nobody else was given can be given.');
  const buyers = await tx.prepared<MemberRef>('loyalty_buyer', BUYER, [program, store, order]);
  await settleMembers(tx, [{ program, member }, ...buyers], now, shards);
}
