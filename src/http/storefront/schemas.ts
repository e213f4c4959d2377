import * as z from 'zod';
import { cart, type Cart } from './cart-schema.js';
import { looks } from './looks-schema.js';
import { goalProgress, instant, ladder, points } from './progress-schemas.js';

export { cart, points, type Cart };

/**
 * The storefront API, version 1: what a shopper's widget may see and do. Points are whole numbers as strings (they may
 * exceed 2^53), money is whole minor units with its currency and exponent beside it, instants are ISO 8601 in UTC.
 * Identity never comes from a body or a query: the platform signed it (src/http/storefront/identity.ts).
 */
export const money = z.strictObject({
  minor: z.int(),
  currency: z.string().length(3),
  exponent: z.int().min(0).max(4),
});
const language = z.enum(['en', 'nl', 'nb', 'pl']);

/** How a unit is called: the program's own words, one form per ICU plural category. */
const unitName = z.strictObject({
  forms: z.record(z.string(), z.string()).meta({ description: 'behind the figure; where # stands, in its place' }),
  symbol: z.string().nullable(),
  amount: z
    .strictObject({ currency: z.string(), exponent: z.int() })
    .nullable()
    .meta({ description: 'its figures are minor units of money, to be written as an amount; null = counted' }),
});

export const reward = z.strictObject({
  id: z.string(),
  kind: z.enum([
    'amount-off',
    'percent-off',
    'free-shipping',
    'slider',
    'product',
    'donation',
    'store-credit',
    'by-hand',
  ]),
  unit: z.string(),
  title: z.string(),
  points: points.nullable().meta({ description: 'price; of one step of store credit; null for a slider' }),
  off: money.nullable(),
  percent: z.number().nullable(),
  slider: z.strictObject({ step: points, min: points, offPerStep: money }).nullable().meta({
    description: 'how many points is the shopper’s choice; of store credit `offPerStep` is what a step gives',
  }),
  left: z.int().nullable().meta({ description: 'pieces left just now; 0 = sold out, null = nobody counts them' }),
  stock: z.string().nullable().meta({ description: '`left` in words' }),
});

export const programAnswer = z.strictObject({
  name: z.string(),
  units: z.record(z.string(), unitName),
  earning: z
    .array(z.strictObject({ id: z.string(), sentence: z.string() }))
    .meta({ description: 'how it works, written by the rules' }),
  joiningBonus: points.nullable(),
  referral: z.strictObject({ advocate: points, friend: points, minOrder: money.nullable() }).nullable(),
  reviewBonus: points.nullable(),
  rewards: z.array(reward),
  language,
  looks: looks.optional(),
});

export const howItWorksAnswer = z.strictObject({
  name: z.string(),
  language,
  sections: z.array(
    z.strictObject({
      id: z.enum(['program', 'earning', 'promotions', 'tiers', 'rewards', 'terms']),
      title: z.string(),
      sentences: z
        .array(z.strictObject({ id: z.string(), sentence: z.string() }))
        .meta({ description: 'written by the rules in force; `id` is the rule that a sentence is of' }),
    }),
  ),
});

const unitBalance = z.strictObject({
  available: points,
  pending: points,
  held: points,
  debt: points,
  worth: money.nullable(),
  nextToEnd: z.strictObject({ points, at: instant }).nullable(),
  nextUsable: z.strictObject({ points, at: instant }).nullable(),
});

export const memberAnswer = z.strictObject({
  member: z
    .strictObject({ id: z.string(), joined: instant, referralCode: z.string(), referralLink: z.string() })
    .nullable(),
  customer: z.string().nullable().meta({ description: 'null for a guest' }),
  balances: z.record(z.string(), unitBalance),
  tier: z.string().nullable().meta({ description: 'the level held now, by its id; null without tiers' }),
  ladder: ladder.nullable().meta({ description: 'how far it is to the next level; null without tiers' }),
  stamps: z
    .record(
      z.string(),
      z.strictObject({
        stamps: z.int(),
        needs: z.int(),
        filled: z.int(),
        name: z.string().nullable(),
        sentence: z.string().meta({ description: 'how many are missing, and what the full card gives' }),
      }),
    )
    .meta({ description: 'by card: stamps on the one under way, how many fill it, how many were filled' }),
  membership: z.strictObject({ until: instant }).nullable().meta({ description: 'a paid membership that runs' }),
  perks: z
    .array(
      z.strictObject({
        kind: z.enum(['free-shipping', 'percent', 'access']),
        minCart: money.nullable(),
        percent: z.number().nullable().meta({ description: 'taken off by the checkout, in hundredths' }),
        access: z.strictObject({ id: z.string(), hours: z.int().nullable() }).nullable(),
      }),
    )
    .meta({ description: 'what the tier and the membership bring now beside points' }),
  goals: z.array(goalProgress).meta({ description: 'milestones, challenges and streaks, and how far they are' }),
  badges: z.array(z.strictObject({ goal: z.string(), name: z.string(), since: instant })),
  donated: z.string().nullable().meta({ description: 'what they gave to causes this year, in words; null = nothing' }),
});

/** One line of the history: what moved, and the reason a shopper can check. */
export const historyLine = z.strictObject({
  id: z.string(),
  at: instant,
  unit: z.string(),
  points,
  kind: z.string(),
  cause: z.strictObject({ kind: z.string(), id: z.string() }),
  order: z.string().nullable().meta({
    description: 'what the shop calls the order that it is of ("#1001"), else its id with a #; null when it is of none',
  }),
  sentence: z.string(),
  items: z.array(z.strictObject({ name: z.string().nullable(), quantity: z.int(), points })).meta({
    description: 'the lines of the order with what each gave; `name` as the shop numbers it, null = shipping',
  }),
  parts: z.array(z.strictObject({ sentence: z.string(), points: points.nullable(), line: z.string().nullable() })),
  missed: z
    .array(z.strictObject({ rule: z.string(), sentence: z.string() }))
    .meta({ description: 'rules that did not apply and why, the nearest first' }),
  balanceAfter: points
    .nullable()
    .meta({ description: 'null where nothing moved: an order that gave nothing, and why' }),
});
export const historyAnswer = z.strictObject({ lines: z.array(historyLine), next: z.string().nullable() });

export const previewRequest = z.strictObject({ cart });
const redeemable = z.strictObject({
  reward: z.string(),
  unit: z.string(),
  points,
  off: money,
  binding: z.string().nullable().meta({
    description:
      'the limit that binds: balance, max, share, cart, minCart, tiers, not-a-member, program-ended, sold-out',
  }),
  sentence: z.string(),
  min: points.nullable(),
  step: points.nullable(),
});
export const previewAnswer = z.strictObject({
  earn: z.record(z.string(), points),
  earnSentence: z.string(),
  redeem: z.array(redeemable),
  held: z.array(
    z.strictObject({
      redemption: z.string(),
      reward: z.string(),
      points,
      off: money,
      code: z.string(),
      expiresAt: instant,
    }),
  ),
  roundUp: z
    .strictObject({
      product: z.string().meta({ description: 'put so much of it into the cart: one piece at the price of `add`' }),
      add: money,
      total: money.meta({ description: 'what is paid then, taxes and shipping included' }),
      gives: z.record(z.string(), points).meta({ description: 'what more is earned by it' }),
      sentence: z.string(),
      causes: z.array(z.strictObject({ id: z.string(), name: z.string(), product: z.string() })),
    })
    .nullable()
    .meta({ description: 'null = nothing to round, it would give nothing, or the member was asked enough' }),
});

export const redeemRequest = z.strictObject({
  reward: z.string().max(100),
  points: points.optional().meta({ description: 'slider and store credit; absent = the most that is possible' }),
  cart,
});
export const redemptionAnswer = z.strictObject({
  id: z.string(),
  state: z.enum(['held', 'captured', 'released', 'returned']),
  reward: z.string(),
  unit: z.string(),
  points,
  off: money,
  code: z
    .string()
    .nullable()
    .meta({ description: 'null until the platform has it; ask again (GET) or wait for codeState live' }),
  codeState: z.enum(['wanted', 'live', 'dying', 'killed', 'failed']),
  expiresAt: instant,
});

export const joinRequest = z.strictObject({
  consentText: z.string().max(2000).optional(),
  referral: z.string().max(64).optional(),
  order: z
    .string()
    .regex(/^\d{1,20}$/)
    .optional()
    .meta({
      description: 'the order of theirs that they join with, of the last 30 days: it counts, and what came after it',
    }),
});
export const birthdayRequest = z.strictObject({
  birthday: z
    .string()
    .regex(/^(0[13578]|1[02])-(0[1-9]|[12]\d|3[01])$|^(0[469]|11)-(0[1-9]|[12]\d|30)$|^02-(0[1-9]|[12]\d)$/)
    .nullable()
    .meta({ description: 'MM-DD, without the year; null = rather not said' }),
});
export const referralVisitRequest = z.strictObject({ code: z.string().max(64) });

export const checkInRequest = z.strictObject({
  code: z.string().min(1).max(64).meta({ description: 'as it stands on the poster; letters and digits count' }),
});
/** What a member was given for something done beside ordering. */
export const deedAnswer = z.strictObject({
  rule: z.string(),
  name: z.string(),
  gives: z.record(z.string(), points),
  sentence: z.string(),
});

const gives = z.strictObject({ unit: z.string(), points });
export const activitiesAnswer = z.strictObject({
  checkIn: z.boolean().meta({ description: 'whether there are codes to check in with' }),
  surveys: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      gives,
      answered: z.boolean(),
      questions: z.array(
        z.strictObject({
          id: z.string(),
          text: z.string(),
          options: z.array(z.string()).nullable().meta({ description: 'null = answered in own words' }),
          upTo: z.int(),
          required: z.boolean(),
        }),
      ),
    }),
  ),
  links: z.array(z.strictObject({ id: z.string(), name: z.string(), gives })),
  ownDays: z
    .array(z.strictObject({ id: z.string(), name: z.string(), gives, chosen: z.array(z.string()) }))
    .meta({ description: 'days of one’s own choice that may be chosen; `chosen` = those from today on, local' }),
});
export const memberCodeAnswer = z.strictObject({
  code: z.string(),
  spaced: z.string().meta({ description: 'the same as people read it out' }),
  until: instant.nullable().meta({ description: 'from then it is another; null = it stays' }),
  qr: z.strictObject({
    size: z.int(),
    path: z.string().meta({ description: 'the dark modules as a path of an SVG, one unit a module' }),
  }),
});
export const chooseDayRequest = z.strictObject({
  rule: z.string().max(100),
  day: z.iso.date().meta({ description: 'local, 2027-03-05: today or a day of the year ahead' }),
});
export const surveyAnswerRequest = z.strictObject({
  survey: z.string().max(100),
  answers: z
    .record(z.string().max(100), z.array(z.string().min(1).max(2000)).max(50))
    .meta({ description: 'by question, the options chosen, or own words as the only one' }),
});
export const followRequest = z.strictObject({ link: z.string().max(100) });
export const followAnswer = deedAnswer.extend({ url: z.url() });

export const errorAnswer = z.strictObject({
  error: z.strictObject({
    code: z.string(),
    message: z.string(),
    details: z.record(z.string(), z.unknown()).optional(),
  }),
});
