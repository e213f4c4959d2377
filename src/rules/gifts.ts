import type { Millis } from '../lib/clock.js';
import { activity } from './activities.js';
import type { Activity } from './activities.js';
import { civilOf } from './calendar.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import { prepareWhere } from './conditions/index.js';
import { yearlyDay } from './expiry.js';
import type { Answers } from './gift-conditions.js';
import { keepWithin } from './gift-limits.js';
import { decidedIn, isInVain } from './in-vain.js';
import type { Known, KnownMember, KnownReview } from './known.js';
import { giveOnce } from './once.js';
import type { Candidate } from './once.js';
import type { Ownership } from './ownership.js';
import type { BoughtLine } from './past.js';
import { versionAt } from './versions.js';

/** What members are given beside orders: for joining, on birthdays, for reviews (FORMAT 6.3 to 6.5). */
export interface Gifts {
  activities: Activity[];
  reviews: ReviewCase[];
  /** What was not given because a condition fails. */
  missed: MissedGift[];
  /** By member, the next birthday that will give something if nothing changes. */
  nextBirthday: Map<string, Millis>;
}

export interface MissedGift {
  /** Of the activity that it would have been. */
  of: string;
  rule: string;
  why: string;
  unit: string;
  version: number;
}

export interface ReviewCase {
  review: KnownReview;
  version: number;
  /** Why it gives nothing whatever else happens; null = it competes for the product. */
  barred: string | null;
  /** It would give, were it not for the limits. */
  beyond: boolean;
  /** Everybody together had had all that is given when it would have been. */
  tooLate: boolean;
  /** The condition that fails, where that is why; `where` = what they write about is none of these products. */
  missed: string | null;
  activity: Activity | null;
}

/** The level that a member held just before an instant; null without tiers. */
export type TierOf = (member: string, at: Millis) => string | null;

/** What gifts are judged with: whose level is asked, what conditions say, what was bought of a product. */
export interface GiftFacts {
  known: Known;
  ownership: Ownership;
  now: Millis;
  tierOf: TierOf;
  answers: Answers;
  boughtOf: (member: string, product: string, before: Millis) => BoughtLine | null;
}

export function giftsOf(facts: GiftFacts): Gifts {
  const { known, ownership, now, tierOf, answers } = facts;
  const all: Candidate[] = [];
  const missed: MissedGift[] = [];
  const nextBirthday = new Map<string, Millis>();
  for (const member of known.members) {
    const joining = joiningOf(known, member);
    if (joining) all.push(joining);
    for (const birthday of birthdaysOf(known, member, now, tierOf)) {
      all.push(birthday);
      if (birthday.from > now && !nextBirthday.has(member.id)) nextBirthday.set(member.id, birthday.from);
    }
  }
  const candidates = all.filter((one) => {
    const gift = one.from > now ? null : missedGift(known, one, answers);
    if (gift) missed.push(gift);
    return gift === null;
  });
  const reviews = known.reviews.map((review) => reviewOf(facts, review, candidates));
  giveOnce(candidates, ownership, now);
  limitReviews(known, reviews, ownership);
  const activities = candidates.map((candidate) => candidate.activity).filter((one) => one.steps.length > 0);
  return { activities, reviews, missed, nextBirthday };
}

/** A welcome or a birthday of which a condition fails; null = it is given. */
function missedGift(known: Known, { from: at, activity: gift }: Candidate, answers: Answers): MissedGift | null {
  const { of, member, unit, compiled } = gift;
  const { zone, joining, birthday } = compiled.rules;
  const rule = of.startsWith('join:') ? 'joining' : 'birthday';
  const why = answers.missed(of, { when: { joining, birthday }[rule]?.when, zone, at, of: { member } });
  return why === null ? null : { of, rule, why, unit, version: versionAt(known.rules, at).version };
}

/** Nothing is given for what happens before the program starts, or after the last day to earn. */
function open(compiled: Compiled, at: Millis): boolean {
  return at >= compiled.startsAt && at < compiled.earnsUntil;
}

/** Gives at the instant `from`; its steps come from `giveOnce`. */
function candidate(scope: string, rank: number, from: Millis, gives: number, of: Omit<Activity, 'steps'>): Candidate {
  return {
    scope,
    rank,
    from,
    gives: BigInt(gives),
    activity: { ...of, earned: from, usable: from, fresh: from, steps: [] },
  };
}

function joiningOf(known: Known, member: KnownMember): Candidate | null {
  if (member.brought) return null;
  const compiled = compile(versionAt(known.rules, member.joined).rules);
  const { joining } = compiled.rules;
  if (!joining || !open(compiled, member.joined)) return null;
  const { unit, gives, expiry } = joining;
  const of = activity(`join:${member.id}`, member.id, unit, compiled, []);
  return candidate('join', member.joined, member.joined, gives, { ...of, expiry });
}

/** One per calendar year and known date, at local midnight; also the next one that is still to come. */
function* birthdaysOf(known: Known, member: KnownMember, now: Millis, tierOf: TierOf): Generator<Candidate> {
  // the same day told again is known since it was first told
  const days = member.birthdays.filter(({ monthDay }, i, all) => i === 0 || monthDay !== all[i - 1]?.monthDay);
  for (const [i, { monthDay, known: since }] of days.entries()) {
    if (monthDay === null) continue;
    const told = { monthDay, known: since };
    const until = days[i + 1]?.known ?? Infinity;
    const first = compile(versionAt(known.rules, told.known).rules).calendar;
    const from = first.yearOf(Math.max(member.joined, told.known));
    const last = first.yearOf(Math.min(now, until)) + 1;
    for (let year = from; year <= last; year++) {
      const one = birthdayOf(known, member, told, year, tierOf);
      if (one && one.from < until) yield one;
    }
  }
}

function birthdayOf(
  known: Known,
  member: KnownMember,
  told: { monthDay: string; known: Millis },
  year: number,
  tierOf: TierOf,
): Candidate | null {
  const { monthDay } = told;
  let compiled = compile(versionAt(known.rules, told.known).rules);
  let at = compiled.calendar.startOf(yearlyDay(monthDay, year));
  compiled = compile(versionAt(known.rules, at).rules);
  at = compiled.calendar.startOf(yearlyDay(monthDay, year));
  const { birthday } = compiled.rules;
  if (!birthday || at < member.joined || !open(compiled, at)) return null;
  if (compiled.calendar.addDays(told.known, birthday.knownDays) > at) return null;
  const day = civilOf(yearlyDay(monthDay, year));
  const of = `birthday:${member.id}:${year}:${String(day.month * 100 + day.day).padStart(4, '0')}`;
  const { gives, givesByTier, unit, expiry } = birthday;
  const tier = givesByTier ? tierOf(member.id, at) : null;
  const given = { ...activity(of, member.id, unit, compiled, []), expiry };
  return candidate(`birthday:${year}`, at, at, (tier === null ? undefined : givesByTier?.[tier]) ?? gives, given);
}

function reviewOf(facts: GiftFacts, review: KnownReview, candidates: Candidate[]): ReviewCase {
  const { known, ownership, now } = facts;
  const version = versionAt(known.rules, review.written);
  const compiled = compile(version.rules);
  const owner = ownership.ownerOfCustomer(review.customer);
  const rules = compiled.rules.reviews;
  const barred = !owner
    ? 'not-a-member'
    : review.written < owner.member.joined
      ? 'before-joining'
      : !rules || !open(compiled, review.written)
        ? 'no-rule'
        : review.status !== 'approved' || review.at > now
          ? 'not-approved'
          : null;
  if (barred !== null || !owner || !rules)
    return { review, version: version.version, barred, beyond: false, tooLate: false, missed: null, activity: null };
  const missed = missedOf(facts, review, owner.member.id, compiled);
  if (missed !== null)
    return {
      review,
      version: version.version,
      barred: 'condition',
      beyond: false,
      tooLate: false,
      missed,
      activity: null,
    };
  const from = Math.max(review.at, review.written, owner.since);
  const gives = rules.gives + (review.photo ? rules.photo : 0);
  const of = { ...activity(`review:${review.id}`, owner.member.id, rules.unit, compiled, []), expiry: rules.expiry };
  const one = candidate(`review:${review.product}`, review.written, from, gives, of);
  candidates.push(one);
  return { review, version: version.version, barred, beyond: false, tooLate: false, missed, activity: one.activity };
}

/** The first of the conditions that a review fails; null = it meets them all. */
function missedOf(facts: GiftFacts, review: KnownReview, member: string, { rules }: Compiled): string | null {
  const { id, written: at, product } = review;
  const asked = { when: rules.reviews?.when, zone: rules.zone, at, of: { member } };
  const why = facts.answers.missed(`review:${id}`, asked);
  if (why !== null) return why;
  const { where } = rules.reviews ?? {};
  const passes = prepareWhere(where);
  if (!passes || !where) return null;
  const { products, notProducts, ...ofLine } = where;
  const bought = facts.boughtOf(member, product, at);
  if (bought) return passes(bought.line, bought) ? null : 'where';
  const isNamed = (products?.includes(product) ?? true) && notProducts?.includes(product) !== true;
  return isNamed && Object.keys(ofLine).length === 0 ? null : 'where';
}

/** So many reviews of one person within a period, by the day on which they were written. */
function limitReviews(known: Known, reviews: readonly ReviewCase[], ownership: Ownership): void {
  const decided = decidedIn(known);
  const given = reviews.flatMap(({ review: { written }, activity: of }) => {
    if (!of) return [];
    const { calendar, rules } = compile(versionAt(known.rules, written).rules);
    const inVain = rules.reviews?.inAll !== undefined && isInVain(decided.get(of.of), of.earned);
    return [{ activity: of, at: written, limits: rules.reviews?.limits, calendar, inVain }];
  });
  const { beyond, tooLate } = keepWithin(given, ownership);
  for (const one of reviews) {
    one.beyond = one.activity !== null && beyond.has(one.activity);
    one.tooLate = one.activity !== null && tooLate.has(one.activity);
  }
}
