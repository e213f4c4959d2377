import * as z from 'zod';
import { earningRule } from './earning/index.js';
import {
  base,
  count,
  fractionText,
  id,
  localDate,
  minor,
  monthDay,
  partialBase,
  tierNames,
  unit,
  when,
  where,
} from './rule-parts.js';

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
  where: where.optional(),
  when: when.optional(),
  ceiling: z.union([z.strictObject({ points: count }), z.strictObject({ money: minor })]).optional(),
});

export const expiry = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('none') }),
  z.strictObject({ kind: z.literal('days'), days: z.int().min(1) }),
  z.strictObject({ kind: z.literal('months'), months: z.int().min(1) }),
  z.strictObject({ kind: z.literal('date'), date: localDate }),
  z.strictObject({ kind: z.literal('yearly'), monthDay, atLeastDays: z.int().min(0).default(0) }),
  z.strictObject({
    kind: z.literal('period-end'),
    months: z.int().min(0),
    period: z.enum(['month', 'quarter', 'year']),
  }),
  z.strictObject({ kind: z.literal('inactivity'), days: z.int().min(1) }),
]);

export const unitRules = z.strictObject({
  rounding: z.enum(['floor', 'nearest', 'ceil']).default('floor'),
  value: fractionText.default('0'),
  expiry: expiry.default({ kind: 'none' }),
  clawback: z.enum(['debt', 'zero']).default('debt'),
  returnGraceDays: z.int().min(0).default(0),
});

const rewardShared = {
  id,
  unit,
  tiers: tierNames,
  minCart: minor.optional(),
  where: where.optional(),
  rest: z.enum(['return', 'burn']).default('return'),
  onRefund: z.enum(['share', 'keep']).default('share'),
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

const tiers = z.strictObject({
  basis: z.enum(['spend', 'orders', 'points', 'visits']),
  unit,
  base: partialBase.optional(),
  window: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('lifetime') }),
    z.strictObject({ kind: z.literal('calendar-year') }),
    z.strictObject({ kind: z.literal('rolling'), days: z.int().min(1) }),
  ]),
  levels: z.array(
    z.strictObject({ id, enter: count.default(0), keep: count.optional(), multiplier: fractionText.optional() }),
  ),
  graceDays: z.int().min(0).default(0),
  downgrade: z.enum(['to-qualified', 'one-step']).default('to-qualified'),
  multiplies: z.array(z.string().meta({ format: 'unit' })).default(['points']),
});

const stampCard = z.strictObject({
  id,
  per: z.enum(['order', 'amount', 'item', 'visit']),
  where: where.optional(),
  min: minor.optional(),
  every: minor.optional(),
  base: partialBase.optional(),
  maxPerOrder: z.int().optional(),
  needs: z.int().min(1),
  pays: z.strictObject({ unit, gives: count }),
});

export const programRules = z.strictObject({
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
    })
    .default({ promotions: 'best', tier: 'sum' }),
  tiers: tiers.optional(),
  stamps: z.array(stampCard).default([]),
  membership: z.strictObject({ product: z.string(), months: z.int().min(1) }).optional(),
  joining: z.strictObject({ gives: count, unit }).optional(),
  birthday: z.strictObject({ gives: count, knownDays: z.int().min(0).default(0), unit }).optional(),
  reviews: z.strictObject({ gives: count, photo: count.default(0), unit }).optional(),
  referral: z
    .strictObject({
      advocate: count,
      friend: count.default(0),
      minOrder: minor.default(0),
      returnDays: z.int().min(0).default(0),
      unit,
    })
    .optional(),
  rewards: z.array(rewardRule).default([]),
  earlierOrders: z.enum(['none', 'count']).default('none'),
  starts: localDate.optional(),
  ends: z.strictObject({ earn: localDate, redeem: localDate }).optional(),
});

export type ProgramRules = z.infer<typeof programRules>;
export type { EarningRule } from './earning/index.js';
export type Promotion = z.infer<typeof promotion>;
export type RewardRule = z.infer<typeof rewardRule>;
export type Expiry = z.infer<typeof expiry>;
export type Tiers = NonNullable<ProgramRules['tiers']>;
export type StampCard = ProgramRules['stamps'][number];
export type { BaseRules, When, Where } from './rule-parts.js';
