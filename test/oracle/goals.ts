import type { Goal } from './beyond.js';
import { countsFrom, momentOf, rulesOf, standingOrdersOf } from './belonging.js';
import { instantOf, isLeapYear, localTimeOf } from './calendar.js';
import { matches } from './conditions.js';
import { deedsCounting } from './deeds.js';
import type { Where } from './format.js';
import { atLeast, isPositive, ONE, sum, whole } from './fraction.js';
import type { Gift } from './gift.js';
import { missedBy } from './gift-conditions.js';
import { type Counted, reachedIn } from './goal-windows.js';
import type { Known } from './known.js';
import { selvesOf, whoIs } from './known.js';
import type { Order } from './order.js';
import { giftsBeside, tierAt } from './order-points.js';
import { type Payout, payoutGifts, payoutsOf } from './payouts.js';
import { changesOf } from './referrals.js';
import { isWithin } from './sharing.js';
import { basePartsOf, remainsOf, scaleOf, type BasePart } from './remains.js';
import { reasonOfReview } from './reviews.js';
import { inForce, isRunning, type Rules } from './versions.js';

/** What reaching goals gives: docs/decisions/0010. Judged whenever something changes, over what stands then. */
export const goalGifts = (known: Known, until: number): Gift[] =>
  goalPayouts(known, until).flatMap(({ payouts }) => payoutGifts(payouts));

/** Every time that a goal was ever reached, by goal and period. */
export function goalPayouts(known: Known, until: number): { id: string; payouts: Payout[] }[] {
  const ids = [...new Set(known.versions.flatMap(({ rules }) => (rules.goals ?? []).map(({ id }) => id)))];
  if (ids.length === 0) return [];
  const instants = instantsOf(known).filter((at) => Number.isFinite(at) && at <= until);
  const sorted = [...new Set(instants)].sort((a, b) => a - b);
  return ids.flatMap((id) => {
    const labels = new Set<string>();
    for (const at of sorted) {
      for (const { id: member } of known.members.values())
        for (const label of reachedBy(known, id, member, at)?.keys() ?? []) labels.add(label);
    }
    return [...labels].map((label) => {
      const live = new Map<string, number>();
      const payouts = payoutsOf(known, sorted, (member, at, rules) => {
        const goal = rules.goals?.find((one) => one.id === id);
        if (!goal) return null;
        const reached = reachedBy(known, id, member, at)?.get(label) ?? 0;
        // after the last day to earn nothing more is reached, but what goes is taken back
        const had = [...live]
          .filter(([who]) => whoIs(known, who, at) === member)
          .reduce((n, [, filled]) => n + filled, 0);
        const filled = isRunning(rules, at) ? reached : Math.min(reached, had);
        for (const who of live.keys()) if (whoIs(known, who, at) === member) live.delete(who);
        live.set(member, filled);
        const asked = { when: goal.when, zone: rules.zone, member, at };
        return {
          of: `goal:${member}:${id}${label === '' ? '' : `@${label}`}`,
          filled,
          pays: { unit: goal.unit ?? 'points', gives: goal.gives ?? 0 },
          missed: (of) =>
            missedBy(known, asked, tierAt) ?? (goal.inAll && cameTooLate(known, of, at) ? TOO_LATE : null),
        };
      });
      return { id, payouts };
    });
  });
}

export const TOO_LATE = 'others had had all of it';

/** Whoever was found too late stays so, unless it turns out that they had reached it sooner than was known then. */
function cameTooLate(known: Known, of: string, at: number): boolean {
  const decided = known.recorded.awards.get(of);
  return decided !== undefined && decided.turns.length === 0 && at >= decided.at;
}

function instantsOf(known: Known): number[] {
  const joined = [...known.members.values()].map((member) => member.joined);
  return [
    ...known.versions.map(({ from }) => from),
    ...known.merges.map(({ at }) => at),
    ...known.visits.map(({ at }) => at),
    ...[...known.deeds.values()].map(({ at }) => at),
    ...[...known.orders.values()].flatMap((order) => [countsFrom(known, order), ...changesOf(order)]),
    ...giftsBeside(known).flatMap(({ changes }) => changes),
    ...known.versions.flatMap(({ rules }) => joined.flatMap((at) => anniversaries(at, rules.zone, 5))),
  ];
}

/** Each anniversary of a local day, at its midnight; of 29 February on the 28th in years that have no 29th. */
function anniversaries(joined: number, zone: string, years: number): number[] {
  const { year, monthDay } = localTimeOf(joined, zone);
  return Array.from({ length: years }, (_, i) => {
    const then = year + i + 1;
    return instantOf(`${then}-${monthDay === '02-29' && !isLeapYear(then) ? '02-28' : monthDay}`, zone);
  });
}

const answers = new WeakMap<Known, Map<string, Map<string, number> | null>>();

/** By period, how often a member has reached a goal of the rules in force at t; null = they have no such goal. */
function reachedBy(known: Known, id: string, member: string, t: number): Map<string, number> | null {
  const kept = answers.get(known) ?? new Map<string, Map<string, number> | null>();
  answers.set(known, kept);
  const key = `${id} ${member} ${t}`;
  const before = kept.get(key);
  if (before !== undefined) return before;
  const rules = known.versions.filter(({ from }) => from <= t).pop()?.rules ?? known.versions[0]?.rules;
  const goal = rules?.goals?.find((one) => one.id === id);
  const selves = selvesOf(known, member, t).filter(({ joined }) => joined <= t);
  const isThere = whoIs(known, member, t) === member && selves.length > 0;
  const joined = Math.min(...selves.map((self) => self.joined));
  const found =
    rules && goal
      ? isThere
        ? reachedIn(goal, countedFor(known, goal, member, t, rules), joined, rules.zone)
        : new Map<string, number>()
      : null;
  kept.set(key, found);
  return found;
}

function countedFor(known: Known, { counts }: Goal, member: string, t: number, rules: Rules): Counted[] {
  const orders = () => standingOrdersOf(known, member, t);
  const isTheirs = (who: string): boolean => whoIs(known, who, t) === member;
  const once = (at: number): Counted => ({ at, amount: ONE });
  switch (counts.kind) {
    case 'orders':
      return orders().flatMap((order) => {
        const base = sum(partsOf(known, order, counts.where, t).map((part) => part.base));
        const asks = counts.where !== undefined || counts.min !== undefined;
        const enough = isPositive(base) && atLeast(base, whole(counts.min ?? 0));
        return asks && !enough ? [] : [once(momentOf(known, order))];
      });
    case 'spend':
    case 'items':
      return orders().map((order) => {
        const parts = partsOf(known, order, counts.where, t);
        const items = whole(parts.reduce((all, part) => all + part.items, 0));
        const amount = counts.kind === 'items' ? items : sum(parts.map((part) => part.base));
        return { at: momentOf(known, order), amount };
      });
    case 'visits': {
      // what was before the program's start never counts, as with orders
      const visits = known.visits
        .filter(({ at, member: who }) => at <= t && isTheirs(who) && isRunning(inForce(known.versions, at), at))
        .map(({ at }) => at);
      const all = [...orders().map((order) => momentOf(known, order)), ...visits].sort((a, b) => a - b);
      const days = new Map<string, number>();
      for (const at of [...all].reverse()) days.set(localTimeOf(at, rules.zone).date, at);
      return [...days.values()].map(once);
    }
    case 'deeds':
      return deedsCounting(known, t, tierAt)
        .filter(({ deed }) => isTheirs(deed.member) && (counts.of ?? [deed.of]).includes(deed.of))
        .map(({ deed }) => once(deed.at));
    case 'reviews':
      return reviewed(known, member, t).map(once);
    case 'referrals':
      return giftsBeside(known)
        .filter(
          (gift) =>
            gift.of.startsWith('referral:') &&
            isTheirs(gift.member) &&
            (isWithin(gift) ? gift.askedAt(t) : gift.amountAt(t)) > 0,
        )
        .map((gift) => once(gift.counted));
    case 'years': {
      const joined = selvesOf(known, member, t).map((self) => self.joined);
      const first = Math.min(...joined.filter((at) => at <= t));
      return anniversaries(first, rules.zone, 5).flatMap((at) => (at <= t ? [once(at)] : []));
    }
  }
}

/** When the reviews were written that the program gives for, one a product. */
function reviewed(known: Known, member: string, t: number): number[] {
  const products = new Map<string, number>();
  for (const review of known.reviews.values()) {
    const writer = known.links.get(review.customer)?.member;
    if (writer === undefined || whoIs(known, writer, t) !== member) continue;
    if (!['earned', 'once-per-product'].includes(reasonOfReview(known, review, t, tierAt))) continue;
    products.set(review.product, Math.min(review.written, products.get(review.product) ?? Infinity));
  }
  return [...products.values()];
}

/** The lines that match and are still worth something; the shipping where nothing is asked. */
function partsOf(known: Known, order: Order, where: Where | undefined, t: number): BasePart[] {
  const own = rulesOf(known, order);
  const scale = scaleOf(order, own) ?? ONE;
  return basePartsOf(order, remainsOf(order, t), own, own.base).filter(
    ({ line, base, items }) =>
      isPositive(base) && (line ? matches(where, line, { items, scale }) : where === undefined),
  );
}
