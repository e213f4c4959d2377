import { addDays } from './calendar.js';
import { countedAt, ownerOf, passedOver, upright } from './belonging.js';
import type { Known } from './known.js';
import { selvesOf, whoIs } from './known.js';
import type { Order } from './order.js';
import { inForce, isRunning } from './versions.js';

export type Referral = { id: string; at: number; advocate: string; customer: string };

/** FORMAT 6.6: letter case and +tag do not make another mailbox. */
export const mailbox = (address: string): string =>
  address
    .trim()
    .toLowerCase()
    .replace(/\+[^@]*@/, '@');

/** The customer's first order that counted: stood when it counted (FORMAT 6.6). */
export const firstOrderOf = (known: Known, customer: string): Order | null => {
  const counted = [...known.orders.values()].filter(
    (order) =>
      order.customer === customer &&
      !order.test &&
      !passedOver(known, order) &&
      countedAt(known, order) < Infinity &&
      upright(order, countedAt(known, order)),
  );
  counted.sort((a, b) => countedAt(known, a) - countedAt(known, b) || (a.id < b.id ? -1 : 1));
  return counted[0] ?? null;
};

export const referralRules = (known: Known, referral: Referral) => {
  const rules = inForce(known.versions, referral.at);
  return rules.referral && isRunning(rules, referral.at) ? { rules, referral: rules.referral } : null;
};

export const windowEnd = (known: Known, referral: Referral, order: Order): number => {
  const rules = inForce(known.versions, referral.at);
  return addDays(countedAt(known, order), rules.referral?.returnDays ?? 0, rules.zone);
};

/**
 * Same member, same phone or same mailbox as of t: of the members and of the orders of either side ("order, guest and member
 * addresses": a guest's order is only ever somebody's by a claim). Orders placed after the return window are no evidence.
 */
function isSelf(known: Known, referral: Referral, order: Order | null, t: number, by: number): boolean {
  const until = order ? windowEnd(known, referral, order) : Infinity;
  const linked = known.links.get(referral.customer)?.member;
  const friend = linked !== undefined && known.members.has(linked) ? linked : null;
  if (friend !== null && whoIs(known, friend, t) === whoIs(known, referral.advocate, t)) return true;
  const mine = contactsOf(known, referral.advocate, null, until, t, by);
  return contactsOf(known, friend, referral.customer, until, t, by).some((contact) => mine.includes(contact));
}

function contactsOf(
  known: Known,
  member: string | null,
  customer: string | null,
  until: number,
  t: number,
  by: number,
): string[] {
  const selves = member === null ? [] : selvesOf(known, member, t);
  const orders = [...known.orders.values()].filter((order) => {
    const owner = ownerOf(known, order);
    const ours = owner !== null && owner.from <= by && selves.some(({ id }) => id === owner.member);
    const theirs = (customer !== null && order.customer === customer) || ours;
    return theirs && order.placed < until && order.placed <= by;
  });
  const addresses = [...selves.map(({ email }) => email), ...orders.flatMap((order) => order.addresses)];
  const phones = [...selves.map(({ phone }) => phone), ...orders.map(({ phone }) => phone)];
  return [
    ...addresses.flatMap((address) => (address ? [mailbox(address)] : [])),
    ...phones.flatMap((phone) => (phone ? [`phone ${phone}`] : [])),
  ];
}

/** What keeps a referral from both sides (FORMAT 11, reasons of referrals). */
export function barredBy(known: Known, referral: Referral, t: number, by = Infinity): string | null {
  const earlier = [...known.referrals.values()].some(
    (other) =>
      other.customer === referral.customer &&
      (other.at < referral.at || (other.at === referral.at && other.id < referral.id)),
  );
  if (earlier) return 'already-referred';
  const order = firstOrderOf(known, referral.customer);
  if (order && countedAt(known, order) < referral.at) return 'not-new';
  return isSelf(known, referral, order, t, by) ? 'self-referral' : null;
}

/** Whether a referral was in vain by an instant, as far as orders had shown by then (docs/decisions/0013). */
export const wasInVain = (known: Known, referral: Referral, at: number): boolean =>
  barredBy(known, referral, at, at) !== null;

/** The instants inside a snapshot at which what stands or remains of it may change. */
export const changesOf = (order: Order): number[] =>
  [
    order.cancelled,
    ...order.refunds.flatMap((refund) => [refund.at, refund.failed]),
    ...order.disputes.flatMap((dispute) => [dispute.opened, dispute.won, dispute.lost]),
  ].filter((at) => at !== Infinity);
