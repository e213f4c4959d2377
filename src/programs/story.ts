import * as z from 'zod';
import { id, localDate, localDateTime, minor, monthDay } from '../rules/rule-parts.js';

/**
 * An example of a program file: a little story of orders and what else happens to members, with what is expected. Days are
 * local to the program's zone; a step of a day without a time happens at noon, a minute after the step before it. Money is
 * whole minor units of the program's money, net of tax unless it says otherwise. Steps are told in the order in which they
 * happen.
 */
const day = z
  .union([localDate, localDateTime])
  .meta({ description: 'the local day, 2026-03-02 (then noon), or day and time, 2026-03-02T18:30' });
const member = id.default('member').meta({ description: 'who; one who never joined before joins as the story begins' });
const perUnit = z.record(z.string(), z.int());
const gives = perUnit.optional().meta({
  description: 'expected: whole points by unit that it gives in all as of now, e.g. {points: 12}; {} = nothing',
});
const labels = z.array(z.string()).default([]);

const line = z.strictObject({
  id: id.optional().meta({ description: 'for refunds to name; else 1, 2, 3 ...' }),
  product: z.string().optional(),
  variant: z.string().optional(),
  sku: z.string().optional(),
  onSale: z.boolean().optional(),
  categories: labels,
  tags: labels,
  kind: z.enum(['product', 'gift-card', 'tip', 'fee']).default('product'),
  quantity: z.int().min(1).default(1),
  amount: minor.meta({ description: 'the whole line after discounts, without tax' }),
  tax: minor.default(0),
  discount: minor.default(0),
});

const order = z.strictObject({
  kind: z.literal('order'),
  day,
  id,
  member,
  amount: minor.optional().meta({ description: 'an order of one line; or say `lines`' }),
  lines: z.array(line).optional(),
  shipping: minor.default(0),
  shippingOff: minor.nullable().optional().meta({
    description: 'what discounts took off the shipping; null = all of it, and nobody tells how much that was',
  }),
  store: id.default('main'),
  channel: z.string().default('web'),
  currency: z.strictObject({ code: z.string(), exponent: z.int().min(0).max(4) }).optional(),
  paid: day.nullable().optional().meta({ description: 'when it was paid; else at once; null = not yet' }),
  sent: day.nullable().optional().meta({ description: 'when all of it was sent; else at once; null = not yet' }),
  country: z.string().optional(),
  language: z.string().optional(),
  payments: z.array(z.string()).optional(),
  giftCardPaid: minor.default(0).meta({ description: 'what of it gift cards paid' }),
  subscription: z.literal(true).optional(),
  company: z.literal(true).optional(),
  roles: z.array(z.string()).optional(),
  customerTags: z.array(z.string()).optional(),
  coupons: z.array(z.string()).optional(),
  uses: z.array(id).default([]).meta({ description: 'redemptions (ids of `redeem` steps) that pay part of it' }),
  gives,
  reason: z.string().optional().meta({ description: 'expected reason of the decision, e.g. waiting, no-rule' }),
});

const refund = z.strictObject({
  kind: z.literal('refund'),
  day,
  order: id,
  amount: minor.optional().meta({ description: 'money given back without naming lines; or say `lines`' }),
  lines: z
    .array(z.strictObject({ line: id, quantity: z.int().min(0).default(1), amount: minor, tax: minor.default(0) }))
    .optional(),
  gives,
});

const cancel = z.strictObject({ kind: z.literal('cancel'), day, order: id, gives });
const join = z.strictObject({
  kind: z.literal('join'),
  day,
  member,
  birthday: monthDay.optional().meta({ description: 'month and day, as in 05-20; no year is asked for' }),
  broughtBy: id.optional().meta({ description: 'the member who brought them' }),
});
const visit = z.strictObject({ kind: z.literal('visit'), day, member });
const review = z.strictObject({
  kind: z.literal('review'),
  day,
  id,
  member,
  product: z.string(),
  photo: z.boolean().default(false),
  gives,
});
const deed = z.strictObject({
  kind: z.literal('deed'),
  day,
  id: id.optional(),
  member,
  of: id.meta({ description: 'the deed that is done, by its id in rules.deeds' }),
  chosen: localDate
    .optional()
    .meta({ description: 'of a day of one’s own: the day that is chosen; else the same day' }),
  gives,
  reason: z.string().optional().meta({ description: 'expected reason of the decision, e.g. limit, too-late' }),
});
const redeem = z.strictObject({
  kind: z.literal('redeem'),
  day,
  id,
  member,
  reward: id,
  points: z.int().min(1).optional().meta({ description: 'of a slider; else as many as possible' }),
  cart: minor.meta({ description: 'what the goods in the cart cost' }),
  product: z.string().optional().meta({ description: 'the product in the cart, where the reward asks for one' }),
  takes: z.int().optional().meta({ description: 'expected: points that it takes; 0 = it is refused' }),
  off: minor.optional().meta({ description: 'expected: money that it takes off' }),
  refused: z.string().optional().meta({ description: 'expected: the limit that refuses it, e.g. balance' }),
});
const adjust = z.strictObject({
  kind: z.literal('adjust'),
  day,
  id,
  member,
  unit: z.string().default('points'),
  points: z.int(),
});
const send = z.strictObject({
  kind: z.literal('send'),
  day,
  member,
  to: id.meta({ description: 'the member who gets them' }),
  points: z.int().min(1),
  refused: z
    .string()
    .default('none')
    .meta({ description: 'expected: the limit that refuses it, e.g. balance, day; none = they go' }),
});
const household = z.strictObject({
  kind: z.literal('household'),
  day,
  member,
  head: id.nullable().meta({ description: 'the member into whose household they come; null = they leave theirs' }),
});
const expected = z.strictObject({
  kind: z.literal('expect'),
  day,
  member,
  available: perUnit.optional(),
  pending: perUnit.optional(),
  held: perUnit.optional(),
  debt: perUnit.optional(),
  tier: z.string().nullable().optional(),
  stamps: z.record(z.string(), z.int()).optional(),
  filled: z.record(z.string(), z.int()).optional().meta({ description: 'by card, how often it was filled' }),
  goals: z.record(z.string(), z.int()).optional().meta({ description: 'by goal, how often it is reached' }),
  badges: z.array(z.string()).optional().meta({ description: 'all badges that the member wears, by goal' }),
  membershipUntil: localDate.nullable().optional().meta({ description: 'the last day of the paid term' }),
});

export const step = z.discriminatedUnion('kind', [
  order,
  refund,
  cancel,
  join,
  visit,
  review,
  deed,
  redeem,
  adjust,
  send,
  household,
  expected,
]);

export const example = z.strictObject({
  name: z.string().min(1).max(200),
  story: z.array(step).min(1).max(500),
});

export type Step = z.infer<typeof step>;
export type Example = z.infer<typeof example>;
