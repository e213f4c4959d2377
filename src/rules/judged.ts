import type { Millis } from '../lib/clock.js';
import { activity, orderActivities } from './activities.js';
import type { Activity } from './activities.js';
import { allowances } from './allowances.js';
import { Balances } from './balances.js';
import { cardActivities } from './cards.js';
import { deedCases } from './deed-cases.js';
import type { DeedCase } from './deed-cases.js';
import { compile } from './compile.js';
import type { Pins } from './conditions/index.js';
import { entryGifts } from './entry-gifts.js';
import { Answers } from './gift-conditions.js';
import { giftsOf } from './gifts.js';
import type { GiftFacts, Gifts, TierOf } from './gifts.js';
import { goalAwards } from './goal-awards.js';
import type { GoalAwards } from './goal-awards.js';
import type { Known } from './known.js';
import { OrderCase } from './order-case.js';
import { Ownership } from './ownership.js';
import { Past } from './past.js';
import { asksForBalance, needsOfOrders } from './past-needs.js';
import { redemptionsOf } from './redemptions.js';
import type { RedemptionCase } from './redemptions.js';
import { referralsOf } from './referrals.js';
import type { ReferralCase } from './referrals.js';
import { shareRoom } from './order-room.js';
import { receivedOf } from './sending.js';
import { isMixed, shareAmong, sharedGifts, takersOf } from './share-room.js';
import type { SharedGift } from './share-room.js';
import { versionAt } from './versions.js';

/** All that is known, judged: every activity with its points over time. What the accounts then do with it is the replay. */
export interface Judged {
  known: Known;
  now: Millis;
  ownership: Ownership;
  orders: OrderCase[];
  past: Past;
  gifts: Gifts;
  referrals: ReferralCase[];
  reviews: Gifts['reviews'];
  deeds: DeedCase[];
  /** Gifts that share limits with each other, or with orders. */
  shared: SharedGift[];
  goals: GoalAwards;
  redemptions: RedemptionCase[];
  activities: Activity[];
}

export function judge(known: Known, now: Millis): Judged {
  let answers = new Answers();
  const mixed = isMixed(known.rules);
  for (let round = 0; ; round++) {
    const judged = judgeBy(known, now, answers);
    // goals are worked out when they are asked for: what they ask must be heard as well
    if (asksOfGoals(known.rules)) void judged.goals.payouts();
    const heard = answers.heard(judged.past, now, mixed ? takersOf(judged.orders, now) : []);
    if (heard === null || round > answers.rounds) return judged;
    answers = heard;
  }
}

function asksOfGoals(versions: Known['rules']): boolean {
  return versions.some(({ rules }) => rules.goals.some(({ when }) => when !== undefined));
}

/** By what conditions on gifts are taken to say. */
function judgeBy(known: Known, now: Millis, answers: Answers): Judged {
  const ownership = new Ownership(known, now);
  const orders = known.orders.map((order) => new OrderCase(order, ownership.ownerOf(order), known.rules));
  const past = new Past(known, orders, ownership);
  const deeds = deedCases(known, ownership, now, answers);
  past.deeds = deeds;
  const needs = needsOfOrders(known.rules);
  for (const order of orders) {
    const need = needs(order.times.compiled);
    if (!need.tiers && need.asked.size === 0) continue;
    let pins: Pins | null = null;
    order.pins = () => (pins ??= past.pinsOf(order, need, now));
  }
  const referrals = referralsOf(known, orders, ownership, now, answers);
  const ofReferrals = referrals.flatMap((one) => one.activities);
  const tierOf = tiersWithoutGifts(known, orders, ownership, ofReferrals);
  const boughtOf: GiftFacts['boughtOf'] = (...asked) => past.boughtOf(...asked);
  const gifts = giftsOf({ known, ownership, now, tierOf, answers, boughtOf });
  const shared = sharedGifts(known, { ...gifts, deeds, referrals });
  shareAmong(shared, answers.takers, ownership, now);
  shareRoom(orders, ownership, shared);
  past.others = [...gifts.activities, ...ofReferrals, ...deeds.flatMap((one) => one.activity ?? [])];
  past.referrals = referrals;
  const { reviews } = gifts;
  const goals = lazily(() => goalAwards(known, orders, ownership, { past, reviews, referrals, deeds }, now, answers));
  const redemptions = lazily(() => redemptionsOf(known, orders, now));
  const besides = lazily(() => [
    ...past.others.filter(({ steps }) => steps.length > 0),
    ...adjustments(known, now),
    ...receivedOf(known, now),
    ...cardActivities(known, orders, ownership, past, now),
    ...givenForGoals(goals()),
    ...entryGifts(known, orders, ownership, past, now),
    ...allowances(known, orders, ownership, past, now),
  ]);
  const activities = lazily(() => [...orders.flatMap((order) => orderActivities(order, now)), ...besides()]);
  if (asksForBalance(known.rules)) {
    const all = { redemptions: redemptions(), activities: besides() };
    past.balances = new Balances({ known, now, ownership, orders, ...all });
  }
  return {
    ...{ known, now, ownership, orders, past, gifts, reviews, referrals, deeds, shared },
    get goals() {
      return goals();
    },
    get redemptions() {
      return redemptions();
    },
    get activities() {
      return activities();
    },
  };
}

/** Worked out when it is asked for first: who only asks what orders gain does not wait for cards and goals. */
function lazily<T>(make: () => T): () => T {
  let made: { it: T } | null = null;
  return () => (made ??= { it: make() }).it;
}

function givenForGoals(goals: GoalAwards): Activity[] {
  const all = goals.payouts().map((one) => one.activity);
  return all.filter(({ steps }) => steps.some(({ target }) => target > 0n));
}

/**
 * The same judgement with other reservations: nothing but them and what is used of them rests on which there are, unless a rule
 * asks what members have.
 */
export function withReservations(judged: Judged, reservations: Known['reservations']): Judged {
  const known = { ...judged.known, reservations };
  if (asksForBalance(known.rules)) return judge(known, judged.now);
  return { ...judged, known, redemptions: redemptionsOf(known, judged.orders, judged.now) };
}

/**
 * What a birthday gives may hang on the level, and a level by points hangs on what birthdays give: rules that ask for both
 * are refused, so that the gifts themselves need not be known here.
 */
function tiersWithoutGifts(
  known: Known,
  orders: readonly OrderCase[],
  ownership: Ownership,
  ofReferrals: readonly Activity[],
): TierOf {
  let past: Past | null = null;
  return (member, at) => {
    if (!past) {
      past = new Past(known, orders, ownership);
      past.others = ofReferrals;
    }
    return past.tierAt(member, at - 1, at);
  };
}

/** Points given by hand; those taken by hand are spendings. */
function adjustments(known: Known, now: Millis): Activity[] {
  return known.adjustments
    .filter((adjustment) => adjustment.amount > 0 && adjustment.at <= now)
    .map(({ id, member, unit, at, amount, ends, undone = Infinity }) => {
      const compiled = compile(versionAt(known.rules, at).rules);
      const given = { at, target: BigInt(amount) };
      const steps = undone <= now ? [given, { at: undone, target: 0n }] : [given];
      const expiry = ends === undefined ? undefined : { kind: 'date' as const, date: ends };
      return { ...activity(`adjust:${id}`, member, unit, compiled, steps), kind: 'adjust' as const, expiry };
    });
}
