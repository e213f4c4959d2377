import type { Tx } from '../db/database.js';
import { lockMembers } from '../ledger/lock-members.js';
import { post } from '../ledger/post.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty } from './context.js';
import { writeDecisions } from './decisions.js';
import { type ArrivedOrder, type KeptOrder, keepOrders } from './keep-orders.js';
import { advocatesOf, noticeCodes, noticeReferrals } from './notice-codes.js';
import { judgeNobodys } from './nobodys-orders.js';
import { judgePlainOrders } from './plain-orders.js';
import { noticeGifts, recipientsOf } from './membership-gifts.js';
import { type OrderRef, lockBuyers } from './lock-buyers.js';
import { noteArrivals } from './grant-ceilings.js';
import { referralSides } from './referral-sides.js';
import { asTheyCame, inTurns } from './turns.js';
import { type MemberRef, lockFamilies, settleLocked } from './settle-members.js';
import { customerKey, orderKey } from './stored-order.js';
import { handOutStickers } from './stickers/hand-out.js';
import { settleUsedStickers } from './stickers/settle-stickers.js';
import { wantMirrors } from './want-effects.js';

export interface Applied {
  /** Orders whose newest snapshot changed something. */
  changed: KeptOrder[];
  /** Same version, other content, or a product that is not known yet: read them through the platform and apply what it says. */
  doubtful: ArrivedOrder[];
  /** How many were posted by themselves, and how many members were replayed. */
  plain: number;
  settled: number;
}

/**
 * What a batch of orders, of any programs, should have given by now, minus what they have given. The newest snapshot of
 * each is kept; first-time orders of members whose books nothing later disturbed are posted by themselves, everything else
 * (refunds, edits, cancellations, late arrivals, redemptions, referrals, owner changes) by the replay of its members. A law
 * in test/laws says that both ways agree.
 */
export async function applyOrders(
  tx: Tx,
  arrived: readonly ArrivedOrder[],
  now: Millis,
  loyalty: Loyalty,
): Promise<Applied> {
  const applied: Applied = { changed: [], doubtful: [], plain: 0, settled: 0 };
  lockBuyers(tx, arrived.map(toRef));
  for (const turn of await inTurns(tx, arrived)) {
    const { kept, doubtful } = await keepOrders(tx, turn, loyalty);
    noticeGifts(tx, kept, turn, loyalty);
    const { plain, settled } = await applyKept(tx, asTheyCame(kept, turn), now, loyalty);
    applied.changed.push(...kept);
    applied.doubtful.push(...doubtful);
    applied.plain += plain;
    applied.settled += settled;
  }
  return applied;
}

const toRef = ({ program, store, order: { id, customer } }: ArrivedOrder): OrderRef => ({
  ...{ program, store, customer },
  order: id,
});

/** Decides and posts for orders whose snapshots have just been kept, in the order in which they came. */
export async function applyKept(
  tx: Tx,
  kept: readonly KeptOrder[],
  now: Millis,
  loyalty: Loyalty,
): Promise<{ plain: number; settled: number }> {
  if (kept.length === 0) return { plain: 0, settled: 0 };
  noticeReferrals(tx, kept);
  const [used, advocates, sides, recipients] = await Promise.all([
    noticeCodes(tx, kept),
    advocatesOf(tx, kept),
    referralSides(tx, concernedBy(kept)),
    recipientsOf(tx, kept),
  ]);
  const besides = [...used, ...[...advocates.values()].flat(), ...sides, ...recipients];
  const owned = kept.filter((one) => one.member !== null);
  lockMembers(tx, distinct([...concernedBy(kept), ...besides]));
  const usedIn = new Set(used.map((one) => one.order));
  const suspected = new Set(sides.map(keyOf));
  const simple = owned.filter(
    (one) =>
      (one.isNew || one.previousMember === one.member) &&
      !usedIn.has(orderKey(one.store, one.stored.id)) &&
      !advocates.has(customerKey(one.store, one.stored.customer ?? '')) &&
      !suspected.has(keyOf({ program: one.program, member: one.member ?? '' })),
  );
  const { batch, decided, left } = await judgePlainOrders(tx, simple, now);
  const posted = new Set(simple.filter((one) => !left.has(one)));
  const rest = kept.filter((one) => !posted.has(one));
  const toSettle = distinct([...concernedBy(rest), ...besides]);
  const programs = rest.map(({ program }) => program);
  const locked = await lockFamilies(tx, toSettle, programs);
  noteArrivals(tx, rest, locked.versions);
  if (batch.postings.length > 0) await post(tx, batch);
  writeDecisions(tx, [...decided, ...judgeNobodys(kept, locked.versions, now)], now);
  wantMirrors(tx, distinct(batch.postings), loyalty.shards);
  const came = rest.map(({ store, stored }) => orderKey(store, stored.id));
  await settleLocked(tx, locked, now, loyalty.shards, came);
  await settleUsedStickers(tx, used, now, loyalty.shards);
  await handOutStickers(tx, rest, locked.versions, now, loyalty);
  return { plain: posted.size, settled: toSettle.length };
}

/** Whose orders they are and were. */
function concernedBy(kept: readonly KeptOrder[]): MemberRef[] {
  return kept.flatMap(({ program, member, previousMember }) =>
    [member, previousMember].flatMap((id) => (id === null ? [] : [{ program, member: id }])),
  );
}

const keyOf = ({ program, member }: MemberRef): string => `${program}/${member}`;

function distinct(refs: readonly MemberRef[]): MemberRef[] {
  return [...new Map(refs.map(({ program, member }) => [keyOf({ program, member }), { program, member }])).values()];
}
