import * as z from 'zod';

/**
 * A whole program as data: what a rule set of one version holds. Money is whole minor units of `money`, points are whole
 * numbers, rates are exact fractions written as text ("3/250") or whole numbers, dates are local to `zone`.
 */
const fraction = z.union([z.int().min(0), z.string().regex(/^\d+(\/[1-9]\d*)?$/)]);
const minor = z.int().min(0).max(1e15);
const count = z.int().min(0).max(1e15);
const localDate = z.string().regex(/^\d{4}-\d{2}-\d{2}$/);
const localDateTime = z.string().regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/);
const monthDay = z.string().regex(/^\d{2}-\d{2}$/);
const clockTime = z.string().regex(/^\d{2}:\d{2}(:\d{2})?$/);
const id = z.string().min(1).max(100);
const unit = z.string().min(1).max(40).default('points');
const names = z.array(z.string()).optional();

export const base = z.strictObject({
  tax: z.boolean().default(false),
  shipping: z.boolean().default(false),
  discounts: z.enum(['after', 'before']).default('after'),
  giftCardPaid: z.enum(['in', 'out']).default('in'),
});
const partialBase = z.strictObject({
  tax: z.boolean().optional(),
  shipping: z.boolean().optional(),
  discounts: z.enum(['after', 'before']).optional(),
  giftCardPaid: z.enum(['in', 'out']).optional(),
});

export const where = z.strictObject({
  products: names,
  categories: names,
  tags: names,
  notProducts: names,
  notCategories: names,
  notTags: names,
});

export const when = z.strictObject({
  from: localDateTime.optional(),
  to: localDateTime.optional(),
  dates: z.strictObject({ from: localDate, to: localDate }).optional(),
  season: z.strictObject({ from: monthDay, to: monthDay }).optional(),
  weekdays: z.array(z.enum(['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'])).optional(),
  hours: z.strictObject({ from: clockTime, to: clockTime }).optional(),
  currencies: names,
  channels: names,
  stores: names,
  tiers: names,
  membership: z.boolean().optional(),
  nth: z.strictObject({ is: z.int().optional(), every: z.int().optional(), upTo: z.int().optional() }).optional(),
  minOrder: minor.optional(),
  zone: z.string().optional(),
});

const earningShared = { id, unit, where: where.optional(), when: when.optional(), base: partialBase.optional() };
export const earningRule = z.discriminatedUnion('kind', [
  z.strictObject({ ...earningShared, kind: z.literal('rate'), points: fraction, per: z.int().min(1) }),
  z.strictObject({ ...earningShared, kind: z.literal('step'), gives: count, every: z.int().min(1) }),
  z.strictObject({ ...earningShared, kind: z.literal('item'), gives: count }),
  z.strictObject({ ...earningShared, kind: z.literal('fixed'), gives: count }),
]);

export const promotion = z.strictObject({
  id,
  unit,
  factor: fraction.optional(),
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
  value: fraction.default('0'),
  expiry: expiry.default({ kind: 'none' }),
  clawback: z.enum(['debt', 'zero']).default('debt'),
  returnGraceDays: z.int().min(0).default(0),
});

const rewardShared = {
  id,
  unit,
  tiers: names,
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
    percent: fraction,
    maxOff: minor.optional(),
  }),
  z.strictObject({ ...rewardShared, kind: z.literal('free-shipping'), points: count }),
  z.strictObject({ ...rewardShared, kind: z.literal('product'), points: count, product: z.string().optional() }),
  z.strictObject({
    ...rewardShared,
    kind: z.literal('slider'),
    step: z.int().min(1),
    off: minor,
    min: count.optional(),
    max: count.optional(),
    share: fraction.optional(),
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
  levels: z.array(z.strictObject({ id, enter: count.default(0), keep: count.optional(), multiplier: fraction.optional() })),
  graceDays: z.int().min(0).default(0),
  downgrade: z.enum(['to-qualified', 'one-step']).default('to-qualified'),
  multiplies: z.array(z.string()).default(['points']),
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
  zone: z.string(),
  money: z.strictObject({ code: z.string(), exponent: z.int().min(0).max(4) }),
  currencies: z.record(z.string(), fraction).default({}),
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
export type EarningRule = z.infer<typeof earningRule>;
export type Promotion = z.infer<typeof promotion>;
export type RewardRule = z.infer<typeof rewardRule>;
export type UnitRules = z.infer<typeof unitRules>;
export type Expiry = z.infer<typeof expiry>;
export type BaseRules = z.infer<typeof base>;
export type Where = z.infer<typeof where>;
export type When = z.infer<typeof when>;
