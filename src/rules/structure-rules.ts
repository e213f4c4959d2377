import * as z from 'zod';
import { REVIEW_PERIODS } from './level-reviews.js';
import { perk } from './perk-rules.js';
import {
  count,
  expiry,
  fractionText,
  id,
  minor,
  monthDay,
  partialBase,
  tierNames,
  unit,
  when,
  whenOfOrder,
  where,
} from './rule-parts.js';

/**
 * What is given each time a level is entered. When the entry turns out never to have been (a refund), it is taken back, and given
 * anew with the next entry; or it stays, and the next entry of the level is the one that it was given for.
 */
const entryGift = z.strictObject({
  gives: count,
  unit,
  expiry: expiry.optional(),
  undone: z.enum(['take-back', 'keep']).default('take-back'),
});

/** What a program is made of beside earning: the levels of its tiers, its stamp cards, what turns into what, membership. */
export const tiers = z.strictObject({
  basis: z.enum(['spend', 'orders', 'points', 'visits', 'referrals']),
  unit,
  base: partialBase.optional(),
  window: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('lifetime') }),
    z.strictObject({ kind: z.literal('calendar-year') }),
    /** The program's own year: from this day to the day before it. */
    z.strictObject({ kind: z.literal('program-year'), from: monthDay }),
    /** A year of each member's own: from the day of the year on which they joined. */
    z.strictObject({ kind: z.literal('member-year') }),
    z.strictObject({ kind: z.literal('rolling'), days: z.int().min(1) }),
  ]),
  levels: z.array(
    z
      .strictObject({
        id,
        enter: count.default(0),
        keep: count.optional(),
        /** What it takes to come back to a level that was held and lost; as much as to enter when it is not said. */
        reenter: count.optional(),
        multiplier: fractionText.optional(),
        perks: z.array(perk).optional(),
        entry: entryGift.optional(),
      })
      .refine(({ enter, keep = enter, reenter = keep }) => reenter >= keep, {
        message: 'coming back to a level cannot take less than keeping it',
      }),
  ),
  graceDays: z.int().min(0).default(0),
  downgrade: z.enum(['to-qualified', 'one-step']).default('to-qualified'),
  /** Downward only on the first day of each: until then the highest level held since the last one stays. */
  downgradeEach: z.enum(REVIEW_PERIODS).optional(),
  multiplies: z.array(z.string().meta({ format: 'unit' })).default(['points']),
});

const pays = z.strictObject({ unit, gives: count });

export const stampCard = z
  .strictObject({
    id,
    per: z.enum(['order', 'amount', 'item', 'visit']),
    where: where.optional(),
    min: minor.optional(),
    every: minor.optional(),
    base: partialBase.optional(),
    maxPerOrder: z.int().optional(),
    /** Stamps of one local day that count at most. */
    maxPerDay: z.int().min(1).optional(),
    needs: z.int().min(1),
    pays,
    /** Stamps that are there from the start: on every new card, or on the first alone. */
    start: z.int().min(0).optional(),
    startOn: z.literal('first-card').optional(),
    /** What is given on the way, once a card. */
    steps: z.array(z.strictObject({ at: z.int().min(1), pays })).optional(),
    /** Days that count more than once; the best of those that hold. */
    bonus: z.array(z.strictObject({ id, factor: z.int().min(2).max(100), when })).optional(),
    /** The stamps of a card that is not full are lost after so many days without a new one. */
    idleDays: z.int().min(1).optional(),
  })
  .refine(({ start = 0, needs }) => start < needs, { message: 'a new card cannot be full from the start' });

/** Points that turn into something by themselves: each full `every` of a unit becomes so many of another. */
export const conversion = z
  .strictObject({
    id,
    unit,
    every: z.int().min(1),
    pays,
    when: z.enum(['at-once', 'month-end', 'quarter-end', 'year-end']),
    /** So often at the end of one period at most; the rest waits for the next. */
    atMost: z.int().min(1).optional(),
    /** When what it was made of is taken back: what is unused of it goes first, or it stays and the points are owed. */
    onReturn: z.enum(['undo-unused', 'stays']),
    /** When what it became ends unused: it is gone (as if nothing were said), or it is the points again that it was made of. */
    onLapse: z.enum(['gone', 'back']).optional(),
  })
  .refine(({ when, atMost }) => when !== 'at-once' || atMost === undefined, {
    message: 'what turns at once has no next time to wait for: let it turn at the end of a month, a quarter or a year',
    path: ['atMost'],
  })
  .refine(({ when, onLapse }) => when !== 'at-once' || onLapse !== 'back', {
    message:
      'what turns at once would turn again the moment it lapses: let it turn at the end of a month, a quarter or a year',
    path: ['onLapse'],
  });

/** What members have anew each month or year and use as any reward's unit; unused it ends with the period. */
export const allowance = z.strictObject({
  id,
  unit,
  gives: count,
  each: z.enum(['month', 'year']),
  tiers: tierNames,
  /** Only while a paid membership runs. */
  membership: z.literal(true).optional(),
});

/** A paid membership: a product whose purchase begins or prolongs a term. */
export const membership = z.strictObject({
  product: z.string(),
  months: z.int().min(1),
  perks: z.array(perk).optional(),
  /** What a return of the membership does to its term: as if it had never been, or the end of it from then on. */
  onReturn: z.enum(['undo', 'end']).optional(),
  /** What money given back for a membership that is kept does to its term: nothing, or it lasts as long as the share left paid for. */
  onPartialReturn: z.enum(['unchanged', 'pro-rata']).optional(),
  /** Whether one may buy it for somebody else, whose it then is once they accept it. */
  gifts: z.literal(true).optional(),
});

/**
 * A unit that is nobody's: each of it is a code, printed or handed out with an order, and whoever has the code may use it or
 * pass it on. Its earning rules and promotions say how many an order hands out; members' accounts never have any of it.
 */
export const stickers = z.strictObject({ unit: z.string().min(1).max(40).meta({ format: 'unit' }) });

const givenMoney = z.int().min(1).max(1e15).meta({ format: 'money' });
const bought = z.string().min(1).max(100);

/**
 * Shoppers are offered to round up what they pay to the next whole `to`: the difference is bought as this product of the shop. What
 * that gives the earning rules say. `limits` = what one member is asked for in a local period at most, by what they paid for it and
 * kept; what would go beyond is not asked. `when` = of which carts it is asked at all. `causes` = what it may be for, each a product of its own and a unit that says what was
 * given to it: one for each minor unit of money, whatever the shop adds included.
 */
export const roundUp = z.strictObject({
  product: bought,
  to: z.int().min(2).max(1e9).meta({ format: 'money' }),
  limits: z.strictObject({ month: givenMoney.optional(), year: givenMoney.optional() }).optional(),
  when: whenOfOrder
    .optional()
    .meta({ description: 'asked of the cart: else it is not offered; what is paid all the same counts' }),
  causes: z
    .array(z.strictObject({ id, product: bought, unit: z.string().min(1).max(40).meta({ format: 'unit' }) }))
    .min(1)
    .max(20)
    .optional(),
});

const atLeastOne = z.int().min(1).meta({ format: 'points' });

/** Members may give points of a unit to each other; each of `limits` holds for all that one member sends in a local period. */
export const sending = z.strictObject({
  unit,
  min: atLeastOne.default(1),
  max: count.optional(),
  step: atLeastOne.default(1),
  limits: z
    .strictObject({ day: atLeastOne.optional(), month: atLeastOne.optional(), year: atLeastOne.optional() })
    .optional(),
});

/**
 * Members may share the account of one of them, the head: what each earns is the head's, who alone uses it. `size` = how many
 * they are at most, with the head.
 */
export const household = z.strictObject({ size: z.int().min(2).max(20) });
