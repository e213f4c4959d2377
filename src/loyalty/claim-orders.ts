import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { acceptGifts, countGifts } from './membership-gifts.js';
import type { MemberRef } from './settle-members.js';
import { referralSides } from './referral-sides.js';
import { settleMembers } from './settle-members.js';

/** A member with a mailbox's token that the platform vouches for: what the member has noted may be typed elsewhere since. */
export interface VouchedFor extends MemberRef {
  mailbox: string;
}

export const CLAIMABLE = `
  select count(*)::int as n from order_state o
  where o.program_id = $1 and o.customer is null and o.member_id is null and not o.removed and o.mailbox = $2`;

/** How many guest orders and gifts wait for whoever has the mailbox. */
export async function countClaimable(tx: Tx, { program, mailbox }: Omit<VouchedFor, 'member'>): Promise<number> {
  const [row] = await tx.prepared<{ n: number }>('loyalty_claimable', CLAIMABLE, [program, mailbox]);
  return (row?.n ?? 0) + (await countGifts(tx, program, mailbox));
}

export const CLAIM = `
  with mine as (
    update order_state o set member_id = $2
    where o.program_id = $1 and o.customer is null and o.member_id is null and not o.removed and o.mailbox = $4
    returning o.store_id, o.order_id
  )
  insert into activity (program_id, kind, key, store_id, member_id, subject, at, facts)
  select $1, 'claim', store_id || '/' || order_id, store_id, $2, store_id || '/' || order_id, $3, '{}' from mine
  on conflict (program_id, kind, key) do nothing`;

/**
 * Gives the member the guest orders that were placed under a mailbox, and what others bought for it. Call it only when the platform
 * vouches that the mailbox is theirs and the member asked: a typed address proves nothing.
 */
export async function claimOrders(tx: Tx, { mailbox, ...ref }: VouchedFor, now: Millis, shards: number): Promise<void> {
  await tx.prepared('loyalty_claim', CLAIM, [ref.program, ref.member, new Date(now), mailbox]);
  await acceptGifts(tx, ref, mailbox, now);
  await settleMembers(tx, [ref, ...(await referralSides(tx, [ref]))], now, shards);
}

const CLAIM_ONE = `
  with mine as (
    update order_state set member_id = $2
    where program_id = $1 and store_id = $3 and order_id = $4 and customer is null and (member_id is null or member_id = $2)
    returning store_id, order_id
  )
  insert into activity as a (program_id, kind, key, store_id, member_id, subject, at, facts)
  select $1, 'claim', store_id || '/' || order_id, store_id, $2, store_id || '/' || order_id, $5, '{}' from mine
  on conflict (program_id, kind, key) do update set at = least(a.at, excluded.at)
  returning 1`;

/**
 * Gives the member one guest order, because the shop says that it is theirs (they showed the receipt), as of the instant at
 * which they asked.
 * @throws AppError `not_claimable` (409) when it is no guest's order that is known, or another member's already
 */
export async function claimOrder(
  tx: Tx,
  ref: MemberRef & { store: string; order: string },
  at: Millis,
  now: Millis,
  shards: number,
): Promise<void> {
  const { program, member, store, order } = ref;
  const claimed = await tx.prepared('loyalty_claim_one', CLAIM_ONE, [program, member, store, order, new Date(at)]);
  if (claimed.length === 0) {
    throw new AppError('not_claimable', 409, 'Only a guest’s order that nobody has claimed can be given to a member.');
  }
  const ours = [{ program, member }];
  await settleMembers(tx, [...ours, ...(await referralSides(tx, ours))], now, shards);
}
