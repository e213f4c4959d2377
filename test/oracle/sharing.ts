import type { Limit } from './beyond.js';
import { countsFrom, momentOf, ownerOf, rulesOf } from './belonging.js';
import type { Gift } from './gift.js';
import { whoIs, type Known } from './known.js';
import { mostOf, periodOf } from './limits.js';
import type { Order } from './order.js';
import { changesOf } from './referrals.js';
import type { Rules } from './versions.js';

/** A limit over several rules, or over the points of one deed's (docs/decisions/0013). */
export interface Over {
  key: string;
  why: 'limit' | 'shared-limit';
  id: string;
  limits: Limit[];
}

/** Those that bound what a rule gives: an earning rule or a deed by its id, else the word of the program. */
export function oversOf(rules: Rules, of: 'earning' | 'deed' | 'word', name: string, unit: string): Over[] {
  const shared = (rules.sharedLimits ?? []).filter(
    (one) => (one.unit ?? 'points') === unit && one.rules.includes(name),
  );
  const deed = of === 'deed' ? rules.deeds?.find(({ id }) => id === name) : undefined;
  const word = of === 'word' && (name === 'reviews' || name === 'referral') ? rules[name] : undefined;
  const points = Object.entries((deed ?? word)?.limits?.points ?? {}).map(
    ([per, most]) => ({ per, points: most }) as Limit,
  );
  return [
    ...shared.map(({ id, limits }): Over => ({ key: `shared ${id}`, why: 'shared-limit', id, limits })),
    ...(points.length > 0 ? [{ key: `points ${name}`, why: 'limit' as const, id: name, limits: points }] : []),
  ];
}

/** A gift within such limits: what is left of them for it by the things that came before it. */
export interface Within extends Gift {
  askedAt(t: number): number;
  cutAt(t: number): Over['why'] | null;
  overs: Over[];
  /** The local period that it is of. */
  periodOf(limit: Limit, zone: string): string;
}

export const isWithin = (gift: Gift): gift is Within => 'overs' in gift;

const WORDS: Record<string, string> = {
  join: 'joining',
  birthday: 'birthday',
  review: 'reviews',
  referral: 'referral',
};

function oversOfGift(known: Known, gift: Gift): Over[] {
  const [kind = '', id = ''] = [gift.of.split(':', 1)[0], gift.of.slice(gift.of.indexOf(':') + 1)];
  const { rules } = gift.datedAt(gift.counted);
  const word = WORDS[kind];
  if (word) return oversOf(rules, 'word', word, gift.unit);
  const deed = [...known.deeds.values()].find((one) => one.kind === kind && one.id === id);
  return deed ? oversOf(rules, 'deed', deed.of, gift.unit) : [];
}

const momentOfGift = (known: Known, { of, counted }: Gift): number =>
  of.startsWith('review:') ? (known.reviews.get(of.slice('review:'.length))?.written ?? counted) : counted;

type Came = { at: number; of: string };
const isBefore = (a: Came, b: Came): boolean => a.at < b.at || (a.at === b.at && a.of < b.of);

/** Of those within limits that came before something of the same person: what of a limit they had taken as of t, in a period. */
export function takenByGifts(
  known: Known,
  gifts: Gift[],
  of: Came & { member: string },
  key: string,
  limit: Limit,
  period: string,
  t: number,
): number {
  let taken = 0;
  for (const gift of gifts) {
    if (!isWithin(gift) || !gift.overs.some((over) => over.key === key)) continue;
    if (!isBefore({ at: gift.counted, of: gift.of }, of)) continue;
    if (whoIs(known, gift.member, t) !== whoIs(known, of.member, t)) continue;
    // of one period, by the zone of its own moment's rules, whoever asks
    if (gift.periodOf(limit, gift.datedAt(gift.counted).rules.zone) !== period) continue;
    const points = gift.amountAt(Math.max(t, gift.counted));
    taken += 'points' in limit ? points : points > 0 ? 1 : 0;
  }
  return taken;
}

/** Periods of one moment, worked out once. */
function periods(moment: number): Within['periodOf'] {
  const kept = new Map<string, string>();
  return (limit, zone) => {
    const key = `${limit.per} ${zone}`;
    const period = kept.get(key) ?? periodOf(limit, moment, zone);
    kept.set(key, period);
    return period;
  };
}

/** Whether orders take of such limits as well: some version has one over a rule that earns. */
export const isOverOrders = (known: Known): boolean =>
  known.versions.some(({ rules }) =>
    rules.sharedLimits?.some((limit) => rules.earning.some(({ id }) => limit.rules.includes(id))),
  );

/** `usedBy` = what an order takes of limits as of an instant, by their keys. */
export function shareOut(
  known: Known,
  gifts: Gift[],
  usedBy: (order: Order, t: number) => Map<string, number>,
): Gift[] {
  const all: Gift[] = gifts.map((gift) => {
    const overs = oversOfGift(known, gift);
    if (overs.length === 0) return gift;
    const { zone } = gift.datedAt(gift.counted).rules;
    const moment = momentOfGift(known, gift);
    const ofPeriod = periods(moment);
    const me = { at: gift.counted, of: gift.of, member: gift.member };
    const kept = new Map<number, { left: number; cut: Over['why'] | null }>();
    const judged = (t: number) => {
      const before = kept.get(t);
      if (before) return before;
      let left = gift.amountAt(t);
      let cut: Over['why'] | null = null;
      for (const { key, why, limits } of left > 0 ? overs : []) {
        for (const limit of limits) {
          const period = ofPeriod(limit, zone);
          const taken =
            takenByGifts(known, all, me, key, limit, period, t) + ofOrders(known, usedBy, me, key, limit, period, t);
          const room = Math.max(0, mostOf(limit) - taken);
          const now = 'points' in limit ? Math.min(left, room) : room > 0 ? left : 0;
          if (now < left) cut = why;
          left = now;
        }
      }
      const found = { left, cut };
      kept.set(t, found);
      return found;
    };
    return {
      ...gift,
      ...{ overs, periodOf: ofPeriod, askedAt: (t: number) => gift.amountAt(t), cutAt: (t: number) => judged(t).cut },
      amountAt: (t: number) => judged(t).left,
    };
  });
  const covered = all.filter(isWithin);
  const stirs = [
    ...covered.flatMap(({ changes }) => changes),
    ...(isOverOrders(known) ? [...known.orders.values()] : []).flatMap((order) => [
      countsFrom(known, order),
      ...changesOf(order),
    ]),
    ...known.merges.map(({ at }) => at),
  ].filter((at) => at < Infinity);
  for (const gift of covered)
    gift.changes = [...new Set([...gift.changes, ...stirs.filter((at) => at >= gift.counted)])].sort((a, b) => a - b);
  return all;
}

function ofOrders(
  known: Known,
  usedBy: (order: Order, t: number) => Map<string, number>,
  me: Came & { member: string },
  key: string,
  limit: Limit,
  period: string,
  t: number,
): number {
  if (!key.startsWith('shared ') || !isOverOrders(known)) return 0;
  let taken = 0;
  for (const order of known.orders.values()) {
    const owner = ownerOf(known, order);
    const since = countsFrom(known, order);
    if (!owner || since === Infinity || !isBefore({ at: since, of: `order:${order.id}` }, me)) continue;
    if (whoIs(known, owner.member, t) !== whoIs(known, me.member, t)) continue;
    const points = usedBy(order, t).get(key) ?? 0;
    if (points === 0 || periodOf(limit, momentOf(known, order), rulesOf(known, order).zone) !== period) continue;
    taken += 'points' in limit ? points : points > 0 ? 1 : 0;
  }
  return taken;
}
