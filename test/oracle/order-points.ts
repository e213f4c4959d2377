import { awardOf, partOfStep, unitsEarned, type Case } from './award.js';
import { dayPlusMonths, instantOf, localTimeOf } from './calendar.js';
import {
  countedAt,
  countsFrom,
  keptOut,
  momentOf,
  nthOf,
  ownerOf,
  rulesOf,
  standsAt,
  standingOrdersOf,
  upright,
} from './belonging.js';
import { reviewBefore } from './calendar.js';
import type { Tiers } from './format.js';
import type { Fraction } from './fraction.js';
import type { Gift } from './gift.js';
import { isPositive, ONE, read, whole, ZERO } from './fraction.js';
import type { Known } from './known.js';
import { selvesOf, whoIs } from './known.js';
import { membershipAt } from './membership.js';
import type { Room } from './limits.js';
import { mostOf, periodOf, WHOLE_ROOM } from './limits.js';
import type { Order } from './order.js';
import { askedBefore } from './openings.js';
import { otherGiftsOf } from './other-gifts.js';
import { beforeOf } from './past.js';
import { changesOf } from './referrals.js';
import { baseLeft, remainsOf } from './remains.js';
import { remembered } from './remembered.js';
import { isWithin, shareOut, takenByGifts } from './sharing.js';
import { lifetime, rolling, yearly, type Entry } from './tier-paths.js';
import type { Rules } from './versions.js';
import { inForce, withBase } from './versions.js';
import { visitsOf } from './visits.js';

// Tiers and the points of orders stand in one file: an order's points ask for the tier before it, and a tier by points asks
// for the points of the orders before that.

/**
 * The tier of a member as the clock shows t, of the facts that had happened by `facts` (FORMAT 8.1; for an order's tier
 * these are the facts strictly before its moment, 5.3). Null = the program has no tiers.
 */
export function tierAt(
  known: Known,
  member: string,
  t: number,
  facts: number,
): { id: string; multiplier: Fraction } | null {
  const rules = inForce(known.versions, t);
  const tiers = rules.tiers;
  if (!tiers) return null;
  const place = levelAt(known, member, tiers, rules, t, facts);
  const since = tiers.downgradeEach && reviewBefore(tiers.downgradeEach, t, rules.zone);
  const level = tiers.levels[since === undefined ? place : Math.max(place, highestSince(since))];
  if (!level) throw new Error('tiers without levels');
  return { id: level.id, multiplier: level.multiplier === undefined ? ONE : read(level.multiplier) };

  /** docs/decisions/0015: what was held since the review stays, of whoever is this person by now. */
  function highestSince(review: number): number {
    if (!tiers) return 0;
    const selves = selvesOf(known, member, facts);
    const instants = [review, ...stirsOf(known, tiers)].filter((at) => at >= review && at <= facts);
    const levels = selves.flatMap(({ id }) =>
      [...new Set(instants)].map((at) =>
        levelsThen(known, tiers)(`${id} ${at}`, () => levelAt(known, id, tiers, rules, at, at)),
      ),
    );
    return Math.max(0, ...levels);
  }
}

/** Worked out once. Speed only. */
const levelsThen = remembered((_known: Known, _: Tiers) => {
  const found = new Map<string, number>();
  return (key: string, level: () => number): number => {
    const before = found.get(key) ?? level();
    found.set(key, before);
    return before;
  };
});

function levelAt(known: Known, member: string, tiers: Tiers, rules: Rules, t: number, facts: number): number {
  const entries = entriesOf(known, member, tiers, rules, facts).sort((a, b) => a.at - b.at);
  const joined = Math.min(...selvesOf(known, member, facts).map((self) => self.joined));
  const path = { lifetime, rolling, 'calendar-year': yearly, 'program-year': yearly, 'member-year': yearly }[
    tiers.window.kind
  ];
  return path(tiers, entries, t, rules.zone, joined);
}

/** Whenever what counts towards a level may become more. */
const stirsOf = (known: Known, { basis }: Tiers): number[] => [
  ...known.merges.map(({ at }) => at),
  ...known.visits.map(({ at }) => at),
  ...[...known.orders.values()].flatMap((order) => [countsFrom(known, order), ...changesOf(order)]),
  ...(basis === 'points' || basis === 'referrals' ? giftsBeside(known).flatMap((g) => [g.counted, ...g.changes]) : []),
];

export const multipliedUnits = (known: Known, t: number): string[] =>
  inForce(known.versions, t).tiers?.multiplies ?? ['points'];

function entriesOf(known: Known, member: string, tiers: Tiers, rules: Rules, facts: number): Entry[] {
  const orders = standingOrdersOf(known, member, facts);
  switch (tiers.basis) {
    case 'orders':
      return orders.map((order) => ({ at: countedAt(known, order), weight: ONE }));
    case 'spend':
      return orders.map((order) => ({
        at: countedAt(known, order),
        weight: spentOn(known, order, tiers, facts),
      }));
    case 'visits':
      return visitsOf(known, member, rules, (order) => isPositive(spentOn(known, order, tiers, facts)), facts).map(
        (at) => ({ at, weight: ONE }),
      );
    case 'referrals':
      return giftsBeside(known)
        .filter((gift) => gift.of.startsWith('referral:') && gift.counted <= facts)
        .filter((gift) => whoIs(known, gift.member, facts) === whoIs(known, member, facts))
        .map((gift) => ({
          at: gift.counted,
          weight: (isWithin(gift) ? gift.askedAt(facts) : gift.amountAt(facts)) > 0 ? ONE : ZERO,
        }));
    case 'points': {
      const unit = tiers.unit ?? 'points';
      const ofOrders = orders.map((order) => ({
        at: countedAt(known, order),
        weight: whole(pointsOfOrder(known, order, facts).get(unit) ?? 0),
      }));
      const ofOthers = giftsBeside(known)
        .filter((gift) => gift.unit === unit && !gift.of.startsWith('adjust:'))
        .filter((gift) => whoIs(known, gift.member, facts) === whoIs(known, member, facts))
        .map((gift) => ({ at: gift.counted, weight: whole(gift.amountAt(facts)) }));
      return [...ofOrders, ...ofOthers.filter((entry) => entry.at <= facts)];
    }
  }
}

/** The base left of an order as the tiers read it; its rate and its own reading of the base stay those of its moment. */
function spentOn(known: Known, order: Order, tiers: Tiers, facts: number): Fraction {
  const own = rulesOf(known, order);
  return baseLeft(order, facts, own, withBase(own.base, tiers.base));
}

type Pinned = Pick<Case, 'pinned' | 'multiplier' | 'multiplies' | 'rules'>;

const pins = new WeakMap<Known, Map<string, Pinned>>();

/** FORMAT 5.1, 5.3: what is asked of an order once: its moment, tier and membership of what had happened strictly before. */
export function pinnedOf(known: Known, order: Order, member: string, t: number): Pinned {
  const kept = pins.get(known) ?? new Map<string, Pinned>();
  pins.set(known, kept);
  const key = `${order.id} ${member} ${Math.min(t, countsFrom(known, order))}`;
  const already = kept.get(key);
  if (already) return already;
  const moment = momentOf(known, order);
  const rules = rulesOf(known, order);
  // An order never lifts itself, not even one that was paid before it was placed.
  const clock = Math.min(moment, countedAt(known, order));
  const tier = tierAt(known, member, clock, clock - 1);
  const found: Pinned = {
    rules,
    multiplier: tier?.multiplier ?? ONE,
    multiplies: multipliedUnits(known, moment),
    pinned: {
      moment,
      zone: rules.zone,
      order,
      tier: tier?.id ?? null,
      membership: membershipAt(known, member, clock, clock - 1) !== null,
      nth: nthOf(known, order, t),
      before: beforeOf(known, member, clock, order.id, askedBefore(known, member, clock, tierAt)),
    },
  };
  kept.set(key, found);
  return found;
}

/** The case of an order as of t: what remains of it at t, and what was pinned. */
export const caseOf = (known: Known, order: Order, member: string, t: number): Case => ({
  order,
  remains: remainsOf(order, t),
  ...pinnedOf(known, order, member, t),
  room: countsFrom(known, order) === Infinity ? WHOLE_ROOM : roomFor(known, order, member, t),
  granted: ({ name }) => partOf(known, name, order.id),
});

/** Of a member's orders that counted before this one (all of them for a cart) and stand: what is left of a limit. */
export function roomFor(known: Known, order: Order | null, member: string, t: number, moment?: number): Room {
  let before: Order[] | null = null;
  return (rule, limit) => {
    const at = order ? momentOf(known, order) : (moment ?? t);
    const { zone } = order ? rulesOf(known, order) : inForce(known.versions, t);
    const period = periodOf(limit, at, zone);
    before ??= countedBefore(known, order, member, t);
    let left = mostOf(limit);
    for (const other of before) {
      if (periodOf(limit, momentOf(known, other), rulesOf(known, other).zone) !== period) continue;
      const points = usedOf(known, other, Math.max(t, countsFrom(known, other))).get(rule) ?? 0;
      left -= 'points' in limit ? points : points > 0 ? 1 : 0;
    }
    if (rule.startsWith('shared ')) {
      const of = order
        ? { at: countsFrom(known, order), of: `order:${order.id}`, member }
        : { at: t, of: '\uffff', member };
      left -= takenByGifts(known, giftsBeside(known), of, rule, limit, period, t);
    }
    return Math.max(0, left);
  };
}

const beside = new WeakMap<Known, Gift[]>();

/** The gifts of all activities but orders and stamp cards, within the limits that they share with each other and with orders. */
export function giftsBeside(known: Known): Gift[] {
  let gifts = beside.get(known);
  if (!gifts) {
    const usedBy = (order: Order, t: number) => usedOf(known, order, Math.max(t, countsFrom(known, order)));
    gifts = shareOut(known, otherGiftsOf(known, tierAt), usedBy);
    beside.set(known, gifts);
  }
  return gifts;
}

function countedBefore(known: Known, order: Order | null, member: string, t: number): Order[] {
  const from = order ? countsFrom(known, order) : Infinity;
  return [...known.orders.values()].filter((other) => {
    const owner = ownerOf(known, other);
    const since = countsFrom(known, other);
    if (!owner || since === Infinity || whoIs(known, owner.member, t) !== whoIs(known, member, t)) return false;
    return order === null || since < from || (since === from && other.id < order.id);
  });
}

const uses = new WeakMap<Known, Map<string, Map<string, number>>>();

/** What an order takes of the limits of the rules as of t: nothing unless it stands; what is final stays taken. */
function usedOf(known: Known, order: Order, t: number): Map<string, number> {
  const kept = uses.get(known) ?? new Map<string, Map<string, number>>();
  uses.set(known, kept);
  const key = `${order.id} ${t}`;
  let used = kept.get(key);
  if (!used) {
    const owner = ownerOf(known, order);
    const finals = finalsOf(known, order, t);
    const cases = new Map<number, Case | null>();
    const caseAt = (at: number) => {
      const given = cases.get(at);
      if (given !== undefined) return given;
      const made = owner && standsAt(known, order, at) ? caseOf(known, order, owner.member, at) : null;
      cases.set(at, made);
      return made;
    };
    used = new Map(
      unitsEarned(rulesOf(known, order)).flatMap((unit) => {
        const given = caseAt(finals.get(unit) ?? t);
        return given ? [...awardOf(given, unit).full.used] : [];
      }),
    );
    kept.set(key, used);
  }
  return used;
}

export const hasSharedLimits = (rules: Rules): boolean =>
  (rules.sharedLimits ?? []).length > 0 ||
  [...rules.earning, ...rules.promotions].some(({ limits }) => limits?.some(({ per }) => per !== 'order'));

/** What was recorded for an order of a promotion's ceiling, or of a limit of all together by its name. */
export const partOf = (known: Known, name: string, order: string): number =>
  known.recorded.parts.get(name)?.get(order)?.part ?? 0;

/**
 * What an order gives its member at t, by unit: the target that its lots follow (FORMAT 3, 4.8, 10.2). A unit that is final from a
 * day of the next month on keeps what it was just before (docs/decisions/0031).
 */
export function pointsOfOrder(known: Known, order: Order, t: number): Map<string, number> {
  const points = pointsThen(known, order, t);
  for (const [unit, last] of finalsOf(known, order, t)) {
    const kept = pointsThen(known, order, last).get(unit);
    if (kept === undefined) points.delete(unit);
    else points.set(unit, kept);
  }
  return points;
}

/** The units of an order that are final by t, each with the last instant that could still change it. */
export function finalsOf(known: Known, order: Order, t: number): Map<string, number> {
  const { units, zone } = rulesOf(known, order);
  const from = countsFrom(known, order);
  const finals = new Map<string, number>();
  if (from === Infinity || !Object.values(units).some(({ finalOn }) => finalOn !== undefined)) return finals;
  const month = localTimeOf(from, zone).date.slice(0, 7);
  for (const [unit, { finalOn }] of Object.entries(units)) {
    if (finalOn === undefined) continue;
    const day = `${dayPlusMonths(`${month}-01`, 1).slice(0, 7)}-${String(finalOn).padStart(2, '0')}`;
    const last = instantOf(day, zone) - 1;
    if (last < t) finals.set(unit, last);
  }
  return finals;
}

/** The same, were nothing ever final. */
export function pointsThen(known: Known, order: Order, t: number): Map<string, number> {
  const owner = ownerOf(known, order);
  const points = new Map<string, number>();
  if (!owner || keptOut(known, order, t) !== null || countsFrom(known, order) > t || !upright(order, t)) return points;
  const given = caseOf(known, order, owner.member, t);
  for (const unit of unitsEarned(given.rules)) {
    const { free, steps } = awardOf(given, unit);
    const recorded = (promotion: string) => partOf(known, promotion, order.id);
    points.set(unit, free.points + steps.reduce((all, step) => all + partOfStep(step, recorded), 0));
  }
  return points;
}
