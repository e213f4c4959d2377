import type { Millis } from '../lib/clock.js';
import { targetAt } from './activities.js';
import type { Activity, Step } from './activities.js';
import type { Calendar } from './calendar.js';
import { compile } from './compile.js';
import type { DeedCase } from './deed-cases.js';
import type { Gifts } from './gifts.js';
import type { Known, RuleVersion } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Ownership } from './ownership.js';
import type { ReferralCase } from './referrals.js';
import type { ProgramRules } from './program-rules.js';
import { covering, GIFT_WORDS, nameOfDeed, nameOfEarning } from './shared-limits.js';
import type { GiftWord, SharedReady } from './shared-limits.js';
import { type LimitReady, periodOf } from './rule-limits.js';

/** A gift beside orders that shares the room of limits with others. */
export interface SharedGift {
  activity: Activity;
  /** From when it may be given: of what shares a limit the first has the first of the room. */
  rank: Millis;
  /** Whose period it is of. */
  moment: Millis;
  shared: readonly SharedReady[];
}

/** What an order takes of limits that gifts share with it, over time: as the past that was judged last has it. */
export interface Taker {
  of: string;
  rank: Millis;
  member: string;
  moment: Millis;
  calendar: Calendar;
  steps: { at: Millis; used: Readonly<Record<string, bigint>> }[];
}

type Given = Pick<Gifts, 'activities' | 'reviews'> & { deeds: readonly DeedCase[]; referrals: readonly ReferralCase[] };

/** Every gift that some limit over rules is about. */
export function sharedGifts(known: Known, { activities, reviews, deeds, referrals }: Given): SharedGift[] {
  if (!known.rules.some(({ rules }) => compile(rules).shared.length > 0)) return [];
  const of = (activity: Activity | null, name: string, at: { rank?: Millis; moment?: Millis } = {}): SharedGift[] => {
    const shared = activity ? covering(activity.compiled.shared, name, activity.unit) : [];
    if (!activity || shared.length === 0) return [];
    return [{ activity, rank: at.rank ?? activity.earned, moment: at.moment ?? activity.earned, shared }];
  };
  const advocates = referrals.flatMap((one) => one.activities.filter((gift) => gift.of.startsWith('referral:')));
  const words: Record<string, GiftWord> = { join: 'joining', birthday: 'birthday' };
  return [
    ...activities.flatMap((one) => of(one, words[one.of.split(':', 1)[0] ?? ''] ?? '')),
    ...reviews.flatMap(({ review, activity }) => of(activity, 'reviews', { moment: review.written })),
    ...advocates.flatMap((one) => of(one, 'referral')),
    ...deeds.flatMap(({ deed, activity }) =>
      deed.kind === 'place' ? [] : of(activity, nameOfDeed(deed.of), { rank: deed.at, moment: deed.at }),
    ),
  ];
}

/** Whether some limit is over orders and gifts alike: then what either is given rests on the other. */
export function isMixed(versions: Known['rules']): boolean {
  const covers = (rules: ProgramRules, names: readonly string[]) =>
    compile(rules).shared.some((one) => names.some((name) => one.covers.has(name)));
  const ofOrders = ({ rules }: RuleVersion) =>
    covers(
      rules,
      rules.earning.map(({ id }) => nameOfEarning(id)),
    );
  const ofGifts = ({ rules }: RuleVersion) =>
    covers(rules, [...GIFT_WORDS, ...rules.deeds.map(({ id }) => nameOfDeed(id))]);
  return versions.some(ofOrders) && versions.some(ofGifts);
}

export function takersOf(orders: readonly OrderCase[], now: Millis): Taker[] {
  return orders.flatMap((order) => {
    const { owner, countsFor, times, scale } = order;
    if (!owner || countsFor === null || countsFor > now || scale === null || !times.compiled.sharesRoom) return [];
    const instants = [countsFor, ...order.changes.filter((at) => at > countsFor && at <= now)];
    const steps = instants.map((at) => ({ at, used: sharedUse(order, at) }));
    const { moment, compiled } = times;
    const { calendar } = compiled;
    const one = { of: `order:${order.order.id}`, rank: countsFor, member: owner.member.id, moment, calendar };
    return steps.some(({ used }) => Object.keys(used).length > 0) ? [{ ...one, steps }] : [];
  });
}

function sharedUse(order: OrderCase, at: Millis): Record<string, bigint> {
  const used = order.usedAt(at);
  const keys = order.times.compiled.shared.map(({ key }) => key);
  return Object.fromEntries(keys.flatMap((key) => ((used[key] ?? 0n) > 0n ? [[key, used[key] ?? 0n]] : [])));
}

/** One whom the room is shared among, in the order in which they come. */
type Sharing = { of: string; rank: Millis; member: string; moment: Millis; calendar: Calendar } & (
  { gift: SharedGift; asked: readonly Step[] } | { taker: Taker }
);

/**
 * Leaves each gift what the limits over its rule leave of it: at every instant the first of each person have the first of the
 * room, whatever became of others by then. Orders take what `takers` say.
 */
export function shareAmong(
  gifts: readonly SharedGift[],
  takers: readonly Taker[],
  ownership: Ownership,
  now: Millis,
): void {
  if (gifts.length === 0) return;
  const all: Sharing[] = [
    ...gifts.map((gift) => {
      const { activity, rank, moment } = gift;
      const { calendar } = activity.compiled;
      return { of: activity.of, rank, moment, calendar, member: activity.member, gift, asked: activity.steps };
    }),
    ...takers.map((taker) => ({ ...taker, taker })),
  ];
  all.sort((a, b) => (isEarlier(a, b) ? -1 : 1));
  const instants = new Set(ownership.merges.map(({ at }) => at));
  for (const one of all) for (const { at } of 'taker' in one ? one.taker.steps : one.asked) instants.add(at);
  for (const { activity } of gifts) Object.assign(activity, { asked: activity.steps, steps: [] });
  const limits = new Map<string, Set<LimitReady>>();
  for (const { shared } of gifts) {
    for (const one of shared) limits.set(one.key, new Set([...(limits.get(one.key) ?? []), ...one.limits]));
  }
  for (const at of [...instants].sort((a, b) => a - b)) {
    if (at <= now) new Sharer(limits, ownership, at).share(all);
  }
}

/** Who of two is first: of one instant by name. */
export function isEarlier(a: { of: string; rank: Millis }, b: { of: string; rank: Millis }): boolean {
  return a.rank < b.rank || (a.rank === b.rank && a.of < b.of);
}

/** Hands out the room as of one instant. */
class Sharer {
  private readonly used = new Map<LimitReady, Map<string, bigint>>();
  private readonly limits: ReadonlyMap<string, ReadonlySet<LimitReady>>;
  private readonly ownership: Ownership;
  private readonly at: Millis;

  constructor(limits: ReadonlyMap<string, ReadonlySet<LimitReady>>, ownership: Ownership, at: Millis) {
    this.limits = limits;
    this.ownership = ownership;
    this.at = at;
  }

  share(all: readonly Sharing[]): void {
    for (const one of all) {
      const person = this.ownership.memberAt(one.member, this.at);
      if ('taker' in one) {
        const used = one.taker.steps.findLast((step) => step.at <= this.at)?.used ?? {};
        for (const [key, points] of Object.entries(used)) this.take(key, person, one, points);
        continue;
      }
      const wanted = one.asked.findLast((step) => step.at <= this.at)?.target ?? 0n;
      const left = this.leftFor(one.gift, person, wanted);
      if (left > 0n) for (const { key } of one.gift.shared) this.take(key, person, one, left);
      const { steps } = one.gift.activity;
      if (left !== (steps.at(-1)?.target ?? 0n)) steps.push({ at: this.at, target: left });
    }
  }

  private leftFor({ activity, shared, moment }: SharedGift, person: string, wanted: bigint): bigint {
    let left = wanted;
    activity.cut = null;
    for (const one of shared) {
      for (const limit of one.limits) {
        const had = this.used.get(limit)?.get(`${person} ${limit.periodOf(moment)}`) ?? 0n;
        const room = limit.most > had ? limit.most - had : 0n;
        const within = limit.counts === 'points' && room < left ? room : room > 0n ? left : 0n;
        if (within < left) activity.cut = one;
        left = within;
      }
    }
    return left;
  }

  /** What is taken is of one period, by the zone of the rules of its own moment, whichever version's limit it is taken of. */
  private take(key: string, person: string, { moment, calendar }: Sharing, points: bigint): void {
    for (const limit of this.limits.get(key) ?? []) {
      const of = this.used.get(limit) ?? new Map<string, bigint>();
      this.used.set(limit, of);
      const place = `${person} ${periodOf(limit.per, calendar, moment)}`;
      of.set(place, (of.get(place) ?? 0n) + (limit.counts === 'points' ? points : 1n));
    }
  }
}

/** What a gift takes of a limit from an order's room: nothing, unless the limit is over its rule too. */
export function takenBy(
  { activity, rank, moment, shared }: SharedGift,
  limit: LimitReady,
  period: string,
  at: Millis,
): bigint {
  if (!shared.some(({ key }) => key === limit.shared)) return 0n;
  if (periodOf(limit.per, activity.compiled.calendar, moment) !== period) return 0n;
  const points = targetAt(activity, Math.max(at, rank));
  return limit.counts === 'points' ? points : points > 0n ? 1n : 0n;
}
