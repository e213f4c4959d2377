import * as z from 'zod';
import { deedRules } from './deeds/index.js';
import { limits as often, limitsOfOne } from './deeds/kind.js';
import { earningRule } from './earning/index.js';
import { compare, ONE, parseFraction } from './fraction.js';
import { goals } from './goals/index.js';
import { leaderboard } from './leaderboards.js';
import { opening } from './perk-rules.js';
import {
  base,
  count,
  expiry,
  fractionText,
  id,
  limits,
  localDate,
  minor,
  names,
  tierNames,
  unit,
  when,
  whenOfFriend,
  whenOfJoining,
  whenOfMember,
  whenOfOrder,
  where,
} from './rule-parts.js';
import { sharedLimit } from './shared-limits.js';
import {
  allowance,
  conversion,
  household,
  membership,
  roundUp,
  sending,
  stampCard,
  stickers,
  tiers,
} from './structure-rules.js';

export { earningRule };

/**
 * A whole program as data: what a rule set of one version holds. Money is whole minor units of `money`, points are whole
 * numbers, rates are exact fractions written as text ("3/250") or whole numbers, dates are local to `zone`.
 */
export const promotion = z.strictObject({
  id,
  unit,
  factor: fractionText.optional(),
  add: count.optional(),
  addItem: count.optional(),
  exclusive: z.boolean().default(false),
  paused: z.boolean().default(false).meta({ description: 'as if it were not there, until it is resumed' }),
  group: id.optional().meta({ description: 'of the factors of one group on a line the best alone counts' }),
  where: where.optional(),
  when: when.optional(),
  limits,
  ceiling: z.union([z.strictObject({ points: count }), z.strictObject({ money: minor })]).optional(),
});

export const unitRules = z.strictObject({
  rounding: z.enum(['floor', 'nearest', 'ceil']).default('floor'),
  value: fractionText.default('0'),
  expiry: expiry.default({ kind: 'none' }),
  /** By the level that a member held when they ordered: what they earned then lives by these terms instead. */
  expiryByTier: z.record(z.string(), expiry).optional(),
  clawback: z.enum(['debt', 'zero']).default('debt'),
  returnGraceDays: z.int().min(0).default(0),
  /** From this day of a month on nothing changes any more what orders of the month before gave: it was passed on. */
  finalOn: z.int().min(1).max(28).optional(),
});

const rewardShared = {
  id,
  unit,
  tiers: tierNames,
  minCart: minor.optional(),
  where: where.optional(),
  rest: z.enum(['return', 'burn']).default('return'),
  onRefund: z.enum(['share', 'keep']).default('share'),
  stock: z.literal('counted').optional().meta({
    description: 'there are only so many pieces; how many is told beside the program, and changes no version',
  }),
};
export const rewardRule = z.discriminatedUnion('kind', [
  z.strictObject({ ...rewardShared, kind: z.literal('amount-off'), points: count, off: minor }),
  z.strictObject({
    ...rewardShared,
    kind: z.literal('percent-off'),
    points: count,
    percent: fractionText,
    maxOff: minor.optional(),
  }),
  z.strictObject({ ...rewardShared, kind: z.literal('free-shipping'), points: count }),
  z.strictObject({ ...rewardShared, kind: z.literal('product'), points: count, product: z.string().optional() }),
  /** To a cause: `gives` = what it gets, whatever the shop adds included. */
  z.strictObject({ ...rewardShared, kind: z.literal('donation'), points: count, cause: id, gives: minor }),
  /** Into the platform's own purse of the customer, to be spent as money: `points` = one step, which gives `gives`. */
  z.strictObject({
    ...rewardShared,
    kind: z.literal('store-credit'),
    points: z.int().min(1).meta({ format: 'points' }),
    gives: minor,
    max: count.optional(),
  }),
  /** Handed out by staff: `what` = in the owner's words; kept ready for so many days, then the points go back. */
  z.strictObject({
    ...rewardShared,
    kind: z.literal('by-hand'),
    points: count,
    what: z.string().min(1).max(100),
    keptDays: z.int().min(1).max(366).default(90),
  }),
  z.strictObject({
    ...rewardShared,
    kind: z.literal('slider'),
    step: z.int().min(1).meta({ format: 'points' }),
    off: minor,
    min: count.optional(),
    max: count.optional(),
    share: fractionText.optional(),
  }),
]);

const wholeProgram = z.strictObject({
  zone: z.string().meta({ format: 'zone' }),
  money: z.strictObject({ code: z.string(), exponent: z.int().min(0).max(4) }),
  currencies: z.record(z.string(), fractionText).default({}),
  units: z.record(z.string(), unitRules),
  moment: z.enum(['placed', 'paid']).default('placed'),
  counts: z
    .union([
      z.enum(['paid', 'fulfilled']),
      z.strictObject({ after: z.enum(['paid', 'fulfilled']), days: z.int().min(0) }),
    ])
    .default('paid'),
  pendingDays: z.int().min(0).default(0),
  base: base.default({ tax: false, shipping: false, discounts: 'after', giftCardPaid: 'in' }),
  earning: z.array(earningRule).default([]),
  promotions: z.array(promotion).default([]),
  stacking: z
    .strictObject({
      promotions: z.enum(['best', 'sum', 'multiply']).default('best'),
      tier: z.enum(['sum', 'best', 'multiply']).default('sum'),
      /** By how much promotions and level together multiply at most. */
      most: fractionText
        .refine((most) => compare(parseFraction(most), ONE) >= 0, { message: 'nothing is multiplied by less than 1' })
        .optional(),
    })
    .default({ promotions: 'best', tier: 'sum' }),
  tiers: tiers.optional(),
  stamps: z.array(stampCard).default([]),
  converts: z.array(conversion).optional(),
  membership: membership.optional(),
  allowances: z.array(allowance).optional(),
  openings: z.array(opening).optional(),
  stickers: stickers.optional(),
  roundUp: roundUp.optional(),
  /** By what members are found at a till: a code that stays (as if nothing were said), or one that is another each minute. */
  memberCode: z.enum(['fixed', 'rotating']).optional(),
  joining: z.strictObject({ gives: count, unit, expiry: expiry.optional(), when: whenOfJoining.optional() }).optional(),
  birthday: z
    .strictObject({
      gives: count,
      knownDays: z.int().min(0).default(0),
      unit,
      expiry: expiry.optional(),
      /** By the level held on the day: so much instead. */
      givesByTier: z.record(z.string(), count).optional(),
      when: whenOfMember.optional(),
    })
    .optional(),
  reviews: z
    .strictObject({
      gives: count,
      photo: count.default(0),
      unit,
      expiry: expiry.optional(),
      limits: limitsOfOne.optional(),
      inAll: often.optional(),
      /** Of what they bought and kept of the product that they write about; products need not be bought. */
      where: where.optional(),
      when: whenOfMember.optional(),
    })
    .optional(),
  referral: z
    .strictObject({
      advocate: count,
      friend: count.default(0),
      minOrder: minor.default(0),
      returnDays: z.int().min(0).default(0),
      unit,
      expiry: expiry.optional(),
      /** For how many friends one member is given something; the friends have theirs all the same. */
      limits: limitsOfOne.optional(),
      /** For how many friends all advocates together are given something; first come. */
      inAll: often.optional(),
      /** Of the friend's first order: neither side is given anything for another. */
      when: whenOfOrder.optional(),
      /** Of either side, when that order had its moment. */
      advocateWhen: whenOfMember.optional(),
      friendWhen: whenOfFriend.optional(),
    })
    .optional(),
  deeds: deedRules.default([]),
  goals: goals.default([]),
  sharedLimits: z.array(sharedLimit).optional(),
  leaderboards: z.array(leaderboard).optional(),
  rewards: z.array(rewardRule).default([]),
  sending: sending.optional(),
  household: household.optional(),
  earlierOrders: z.enum(['none', 'count']).default('none'),
  /** Whose orders the program passes over: staff by role or tag, businesses that buy by terms of their own. */
  excludes: z.strictObject({ roles: names, customerTags: names, companies: z.literal(true).optional() }).optional(),
  starts: localDate.optional(),
  ends: z.strictObject({ earn: localDate, redeem: localDate }).optional(),
});

/** What one rule says and another makes impossible is refused, with what to do about it. */
export const programRules = wholeProgram.superRefine((rules, context) => {
  const { birthday, tiers: of, stamps, earning, promotions } = rules;
  if (birthday?.givesByTier && of?.basis === 'points') {
    const message =
      'a birthday cannot give by level where levels are reached by points: let spend, orders or visits reach them';
    context.addIssue({ code: 'custom', path: ['birthday', 'givesByTier'], message });
  }
  const asksBalance = [...earning, ...promotions].some(({ when: asked }) => asked?.balance !== undefined);
  for (const [i, { entry }] of (of?.levels ?? []).entries()) {
    if (!entry || (i > 0 && !(asksBalance && of?.basis === 'points'))) continue;
    const message =
      i === 0
        ? 'the first level is everybody’s from the start, nobody enters it: give it for joining'
        : 'where points lift and a rule asks the balance, an entry cannot give: let spend, orders or visits lift';
    context.addIssue({ code: 'custom', path: ['tiers', 'levels', i, 'entry'], message });
  }
  for (const [i, one] of (rules.allowances ?? []).entries()) {
    if (!one.tiers || !(asksBalance && of?.basis === 'points')) continue;
    const message =
      'where points lift and a rule asks the balance, no level can bring an allowance: let spend, orders or visits lift';
    context.addIssue({ code: 'custom', path: ['allowances', i, 'tiers'], message });
  }
  for (const [i, { bonus }] of stamps.entries()) {
    for (const [j, { when }] of (bonus ?? []).entries()) {
      if (when.balance === undefined) continue;
      const message =
        'stamps cannot hang on what members have, which hangs on what cards pay: ask it of an earning rule';
      context.addIssue({ code: 'custom', path: ['stamps', i, 'bonus', j, 'when', 'balance'], message });
    }
  }
});

export type ProgramRules = z.infer<typeof programRules>;
export type { EarningRule } from './earning/index.js';
export type Promotion = z.infer<typeof promotion>;
export type RewardRule = z.infer<typeof rewardRule>;
export type Tiers = NonNullable<ProgramRules['tiers']>;
export type StampCard = ProgramRules['stamps'][number];
export type Allowance = NonNullable<ProgramRules['allowances']>[number];
export type Conversion = NonNullable<ProgramRules['converts']>[number];
export type { BaseRules, Expiry, When, Where } from './rule-parts.js';
