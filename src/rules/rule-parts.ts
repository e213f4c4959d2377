import * as z from 'zod';

/**
 * The words that all rules are written in. Money is whole minor units, dates are local to the program's zone. `format` says what
 * a figure is, for whoever shows it to people (src/programs/diff).
 */
export const fractionText = z
  .union([z.int().min(0), z.string().regex(/^\d+(\/[1-9]\d*)?$/)])
  .meta({ format: 'fraction' });
export const minor = z.int().min(0).max(1e15).meta({ format: 'money' });
export const count = z.int().min(0).max(1e15).meta({ format: 'points' });
export const localDate = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}$/)
  .meta({ format: 'date' });
export const localDateTime = z
  .string()
  .regex(/^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}(:\d{2})?$/)
  .meta({ format: 'local-date-time' });
export const monthDay = z
  .string()
  .regex(/^\d{2}-\d{2}$/)
  .meta({ format: 'month-day' });
export const clockTime = z
  .string()
  .regex(/^\d{2}:\d{2}(:\d{2})?$/)
  .meta({ format: 'local-time' });
export const id = z.string().min(1).max(100);
export const unit = z.string().min(1).max(40).meta({ format: 'unit' }).default('points');
export const names = z.array(z.string()).optional();
export const tierNames = z.array(z.string().meta({ format: 'tier' })).optional();

export const base = z.strictObject({
  tax: z.boolean().default(false),
  shipping: z.boolean().default(false),
  discounts: z.enum(['after', 'before']).default('after'),
  giftCardPaid: z.enum(['in', 'out']).default('in'),
});
export const partialBase = z.strictObject({
  tax: z.boolean().optional(),
  shipping: z.boolean().optional(),
  discounts: z.enum(['after', 'before']).optional(),
  giftCardPaid: z.enum(['in', 'out']).optional(),
});

/** From `min` to `max`, both included. */
export const amounts = z.strictObject({ min: minor.optional(), max: minor.optional() }).optional();
export const counts = z.strictObject({ min: z.int().min(0).optional(), max: z.int().min(0).optional() }).optional();

/** What is asked of a line; src/rules/conditions/line.ts says what each word means. */
export const where = z.strictObject({
  products: names,
  variants: names,
  skus: names,
  categories: names,
  tags: names,
  notProducts: names,
  notVariants: names,
  notSkus: names,
  notCategories: names,
  notTags: names,
  price: amounts,
  onSale: z.boolean().optional(),
  quantity: counts,
});

/** In the order of the week, as `WallClock.weekday` counts them. */
export const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const weekday = z.enum(WEEKDAYS);
const span = z.strictObject({ from: localDate, to: localDate });

/**
 * Days that come back. `weeks`: on these weekdays of every nth week, counted from the week (Monday first) of `from`. `months`:
 * on these days of every nth month, counted from the month of `from`; a day that a month has not got is left out. Nothing
 * before `from`.
 */
export const recurs = z.union([
  z.strictObject({ weeks: z.int().min(1).max(52), on: z.array(weekday).min(1), from: localDate }),
  z.strictObject({
    months: z.int().min(1).max(60),
    on: z
      .array(
        z.union([
          z.strictObject({ day: z.union([z.int().min(1).max(31), z.literal('last')]) }),
          z.strictObject({ nth: z.union([z.int().min(1).max(5), z.literal('last')]), weekday }),
        ]),
      )
      .min(1),
    from: localDate,
  }),
]);

/** What is asked of an order and of its member; each word has its line in src/rules/conditions. */
export const when = z.strictObject({
  from: localDateTime.optional(),
  to: localDateTime.optional(),
  dates: span.optional(),
  season: z.strictObject({ from: monthDay, to: monthDay }).optional(),
  weekdays: z.array(weekday).optional(),
  recurs: recurs.optional(),
  hours: z.strictObject({ from: clockTime, to: clockTime }).optional(),
  except: z.array(z.union([localDate, span])).optional(),
  currencies: names,
  channels: names,
  stores: names,
  tiers: tierNames,
  membership: z.boolean().optional(),
  nth: z.strictObject({ is: z.int().optional(), every: z.int().optional(), upTo: z.int().optional() }).optional(),
  countries: names,
  languages: names,
  payments: names,
  giftCard: z.boolean().optional().meta({ description: 'whether gift cards paid any of it' }),
  coupon: z.boolean().optional(),
  coupons: names,
  subscription: z.boolean().optional(),
  roles: names,
  customerTags: names,
  memberDays: counts,
  birthday: z.enum(['day', 'week', 'month']).optional(),
  ownDay: id.optional().meta({ description: 'on a day that the member chose: the id of the deed that is choosing it' }),
  early: id.optional().meta({ description: 'before others may buy it: the id of the access that opens it earlier' }),
  daysSinceOrder: counts,
  bought: z
    .strictObject({
      where: where.optional(),
      days: z.int().min(1).optional(),
      min: z.int().min(0).optional(),
      max: z.int().min(0).optional(),
    })
    .optional(),
  referred: z.boolean().optional(),
  balance: z.strictObject({ unit, min: count.optional(), max: count.optional() }).optional(),
  minOrder: minor.optional(),
  cart: amounts,
  total: amounts,
  items: counts,
  zone: z.string().meta({ format: 'zone' }).optional(),
});

/**
 * What is asked where there is no order: of the member at that instant. What orders say of a member is what their last one said.
 */
type Words = typeof when.shape;
const pick = <Word extends keyof Words>(...words: Word[]) => {
  const mask = Object.fromEntries(words.map((word) => [word, true])) as Record<Word, true>;
  return when.pick(mask as never) as unknown as z.ZodObject<Pick<Words, Word>, z.core.$strict>;
};
const ofTime = ['from', 'to', 'dates', 'season', 'weekdays', 'recurs', 'hours', 'except', 'zone'] as const;
const ofPlace = ['channels', 'stores', 'countries', 'languages', 'subscription'] as const;
const ofKind = ['tiers', 'membership', 'roles', 'customerTags'] as const;
const ofLife = ['memberDays', 'birthday', 'daysSinceOrder', 'bought', 'referred', 'balance'] as const;
export const whenOfMember = pick(...ofTime, ...ofKind, ...ofPlace, ...ofLife);
/** Of who has a perk, and of the time: what comes and goes without anything being bought. */
export const whenOfPerk = pick(
  ...ofTime,
  ...(['memberDays', 'birthday', 'roles', 'customerTags', 'countries', 'languages'] as const),
);
/** Whoever joins has no past yet. */
export const whenOfJoining = pick(...ofTime, 'stores', 'referred');
/** Of a friend's first order, and of the friend. */
export const whenOfOrder = pick(
  ...ofTime,
  ...ofPlace,
  ...(['currencies', 'payments', 'giftCard', 'coupon', 'coupons', 'cart', 'total', 'items'] as const),
);
export const whenOfFriend = pick(...ofTime, ...ofKind);

/**
 * The most that a rule gives within a period: so many `points`, or to so many orders (`times`), to each member or to all together.
 * What is beyond it gives nothing more; factors of promotions and tiers come on top.
 */
const shared = {
  per: z.enum(['day', 'week', 'month', 'year', 'lifetime']),
  of: z.enum(['member', 'all']).default('member'),
};
/** The same over several rules; each member's own. */
const perOfMember = { per: shared.per };
export const limitOfMember = z.union([
  z.strictObject({ ...perOfMember, points: count }),
  z.strictObject({ ...perOfMember, times: z.int().min(1) }),
]);
export const limit = z.union([
  z.strictObject({ per: z.literal('order'), points: count }),
  z.strictObject({ ...shared, points: count }),
  z.strictObject({ ...shared, times: z.int().min(1) }),
]);
export const limits = z.array(limit).min(1).max(12).optional();

/** How long points live from the instant they can be used; dates and days are local, the last one is usable to its end. */
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
    /** Counted anew from the month of every later activity, as inactivity counts its days. */
    slides: z.literal(true).optional(),
  }),
  z.strictObject({ kind: z.literal('inactivity'), days: z.int().min(1) }),
]);

/**
 * What every earning rule has: which lines (`where`), when, its own reading of the base, its limits, and how long its points
 * live if not as long as the unit's.
 */
export const earningShared = {
  ...{ id, unit, limits, expiry: expiry.optional() },
  ...{ where: where.optional(), when: when.optional(), base: partialBase.optional() },
};

export type Expiry = z.infer<typeof expiry>;
export type BaseRules = z.infer<typeof base>;
export type Where = z.infer<typeof where>;
export type When = z.infer<typeof when>;
export type Limit = z.infer<typeof limit> | z.infer<typeof limitOfMember>;
export type Recurs = z.infer<typeof recurs>;
