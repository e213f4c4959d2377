import type { History, HistoryEvent, OrderEvent } from './format.js';
import type { Order } from './order.js';
import { instant, readOrder } from './order.js';
import type { Version } from './versions.js';
import { versionsOf } from './versions.js';

/** All that had arrived by an instant, of every state only the newest, and the facts recorded first come (FORMAT 2.5, 4.1, 10). */
export interface Known {
  versions: Version[];
  members: Map<string, Member>;
  /** By customer: whose they are, and from when. */
  links: Map<string, { member: string; at: number }>;
  /** By guest order. */
  claims: Map<string, { member: string; at: number }>;
  merges: { from: string; into: string; at: number }[];
  orders: Map<string, Order>;
  reviews: Map<string, Review>;
  referrals: Map<string, { id: string; at: number; advocate: string; customer: string }>;
  adjustments: Map<string, { id: string; at: number; member: string; unit: string; amount: number }>;
  visits: { member: string; at: number }[];
  deeds: Map<string, Deed>;
  releases: Map<string, number>;
  /** Who was in whose household; Infinity = still. */
  households: { member: string; head: string; from: number; until: number }[];
  recorded: Recorded;
  /** What a member could use of a unit just before an instant (balances.ts). */
  had(member: string, instant: number, unit: string): number;
}

/** Something that a member did beside ordering; `of` = the id of its rule. */
export interface Deed {
  kind: 'event' | 'check-in' | 'survey' | 'social' | 'own-day';
  id: string;
  of: string;
  member: string;
  at: number;
  /** The local day that was chosen, of a day of one's own. */
  chosen?: string | undefined;
}

export interface Member {
  id: string;
  joined: number;
  email: string | null;
  phone: string | null;
  /** Each date from the instant at which it was known. */
  birthdays: { date: string; known: number }[];
}

export interface Review {
  id: string;
  at: number;
  written: number;
  product: string;
  customer: string;
  status: 'pending' | 'approved' | 'spam' | 'removed';
  photo: boolean;
}

export type Reservation =
  | { id: string; member: string; at: number; refused: string }
  | {
      id: string;
      member: string;
      at: number;
      refused: null;
      reward: string;
      unit: string;
      points: number;
      off: number;
    };

/** Points that one member gave to another, in parts by when they end; Infinity = never. */
export interface Sending {
  id: string;
  at: number;
  from: string;
  to: string;
  unit: string;
  points: number;
  parts: { points: number; ends: number }[];
}

/** FORMAT 10: decided when it arrived, never again. */
export interface Recorded {
  sendings: Map<string, Sending>;
  reservations: Map<string, Reservation>;
  /** Part of a ceiling, by promotion and order, with the gain that it was last compared with. */
  parts: Map<string, Map<string, { part: number; gain: number }>>;
  /** By deed, the turns that it had under limits of all together. */
  turns: Map<string, string[]>;
  /** By name, when a goal, a review or a friend was reached and the turns that it had under limits of all together; none = too late. */
  awards: Map<string, { at: number; turns: string[] }>;
}

export const arrivalOf = (event: HistoryEvent): number => instant(event.arrives ?? event.at);

/** FORMAT 2.5: by arrival; equal arrivals in the order of the list. */
export const byArrival = (history: History): HistoryEvent[] =>
  [...history.history].sort((a, b) => arrivalOf(a) - arrivalOf(b));

export function knownFrom(history: History, arrived: HistoryEvent[], recorded: Recorded): Known {
  const known: Known = {
    versions: versionsOf(
      history.program,
      arrived.flatMap((event) => (event.kind === 'rules' ? [{ at: instant(event.at), program: event.program }] : [])),
    ),
    members: new Map(),
    links: new Map(),
    claims: new Map(),
    merges: [],
    orders: new Map(),
    reviews: new Map(),
    referrals: new Map(),
    adjustments: new Map(),
    visits: [],
    deeds: new Map(),
    releases: new Map(),
    households: [],
    recorded,
    had: () => 0,
  };
  for (const event of arrived) if (event.kind === 'join') learnMember(known, event);
  for (const event of arrived) learn(known, history, event);
  settleMerges(known);
  return known;
}

/** Who was merged once is nobody any more; a merge into oneself is none. */
function settleMerges(known: Known): void {
  const told = [...known.merges].sort((a, b) => a.at - b.at);
  known.merges = [];
  for (const merge of told) {
    const gone = known.merges.some(({ from }) => from === merge.from);
    if (!gone && whoIs(known, merge.into, merge.at) !== merge.from) known.merges.push(merge);
  }
}

const alreadyRead = new WeakMap<OrderEvent, Order>();
function orderOf(event: OrderEvent, history: History): Order {
  const order = alreadyRead.get(event) ?? readOrder(event, history.program.money);
  alreadyRead.set(event, order);
  return order;
}

function learnMember(known: Known, event: HistoryEvent & { kind: 'join' }): void {
  const at = instant(event.at);
  const before = known.members.get(event.member);
  if (before && before.joined <= at) return;
  known.members.set(event.member, {
    id: event.member,
    joined: at,
    email: event.email ?? null,
    phone: event.phone ?? null,
    birthdays: event.birthday ? [{ date: event.birthday, known: at }] : [],
  });
}

function learn(known: Known, history: History, event: HistoryEvent): void {
  const at = instant(event.at);
  const earliest = <V extends { at: number }>(all: Map<string, V>, key: string, value: V): void => {
    const before = all.get(key);
    if (!before || value.at < before.at) all.set(key, value);
  };
  const bond = <V extends { member: string; at: number }>(all: Map<string, V>, key: string, value: V): void => {
    if (known.members.has(value.member)) earliest(all, key, value);
  };
  const newest = <V extends { at: number }>(all: Map<string, V>, key: string, value: V): void => {
    const before = all.get(key);
    if (!before || value.at >= before.at) all.set(key, value);
  };
  switch (event.kind) {
    case 'join':
      for (const customer of event.customers ?? []) bond(known.links, customer, { member: event.member, at });
      return;
    case 'link':
      return bond(known.links, event.customer, { member: event.member, at });
    case 'update':
      if (event.birthday) known.members.get(event.member)?.birthdays.push({ date: event.birthday, known: at });
      return;
    case 'claim':
      return bond(known.claims, event.order, { member: event.member, at });
    case 'merge':
      known.merges.push({ from: event.from, into: event.into, at });
      return;
    case 'order':
      return newest(known.orders, event.id, orderOf(event, history));
    case 'review':
      return newest(known.reviews, event.id, {
        id: event.id,
        at,
        written: instant(event.written),
        product: event.product,
        customer: event.customer,
        status: event.status,
        photo: event.photo ?? false,
      });
    case 'referral':
      return earliest(known.referrals, event.id, {
        id: event.id,
        at,
        advocate: event.advocate,
        customer: event.customer,
      });
    case 'adjust':
      if (!known.adjustments.has(event.id)) {
        known.adjustments.set(event.id, {
          id: event.id,
          at,
          member: event.member,
          unit: event.unit ?? 'points',
          amount: event.amount,
        });
      }
      return;
    case 'household': {
      const { member, head, until } = event;
      if (known.households.some((one) => one.member === member && one.from === at)) return;
      known.households.push({ member, head, from: at, until: until === undefined ? Infinity : instant(until) });
      return;
    }
    case 'visit':
      known.visits.push({ member: event.member, at });
      return;
    case 'deed': {
      const { id, of, member, does: kind, chosen } = event;
      return earliest(known.deeds, `${kind}:${id}`, { kind, id, of, member, at, chosen });
    }
    case 'release':
      known.releases.set(event.redemption, Math.min(at, known.releases.get(event.redemption) ?? Infinity));
      return;
    default:
      return;
  }
}

/** FORMAT 6.2: who a member is at t, after the merges by then. */
export function whoIs(known: Known, member: string, t: number): string {
  const merge = known.merges.find(({ from, at }) => from === member && at <= t);
  return merge ? whoIs(known, merge.into, t) : member;
}

/** The members who are one person at t. */
export const selvesOf = (known: Known, member: string, t: number): Member[] =>
  [...known.members.values()].filter((other) => whoIs(known, other.id, t) === whoIs(known, member, t));
