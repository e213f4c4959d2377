import * as z from 'zod';
import { errorAnswer, file, hash } from './schemas.js';

export { errorAnswer };

const locale = z.enum(['en', 'nl', 'nb', 'pl']).default('en');
const amount = z.int().min(0).max(1e12);
const points = z.string().regex(/^-?\d+$/);

export const wordsQuery = z.strictObject({ locale });
export const wordsAnswer = z.strictObject({
  words: z.record(z.string(), z.string()).meta({
    description: '`label.<field>` and `value.<field>.<value>`, or `value.<value>`: what the words of a file are called',
  }),
});

const version = z.int().min(1).max(1e9);
export const previewRequest = z.strictObject({
  of: z.discriminatedUnion('kind', [
    z.strictObject({ kind: z.literal('live') }),
    z.strictObject({ kind: z.literal('draft') }),
    z.strictObject({ kind: z.literal('version'), version }),
    z.strictObject({ kind: z.literal('file'), file }).meta({ description: 'a file that nobody kept yet' }),
  ]),
  locale,
  order: z
    .strictObject({
      amounts: z.array(amount).min(1).max(20).meta({ description: 'a line each, in minor units, without tax' }),
      tier: z.string().max(40).nullable().default(null).meta({ description: 'of the member; null = the first' }),
    })
    .optional()
    .meta({ description: 'an order to try it on' }),
  lastOrders: z.int().min(0).max(10).default(0).meta({ description: 'so many of the stores’ own last orders as well' }),
});

const tried = z.strictObject({
  gives: z.array(
    z.strictObject({
      unit: z.string(),
      points,
      text: z.string().meta({ description: 'counted, in the program’s own words' }),
      worth: points.nullable().meta({ description: 'minor units; null = a unit that has no worth in money' }),
    }),
  ),
  parts: z.array(z.string()).meta({ description: 'the arithmetic, a sentence each' }),
  missed: z.array(z.strictObject({ rule: z.string(), sentence: z.string() })),
});

export const previewAnswer = z.strictObject({
  hash,
  name: z.string(),
  currency: z.string(),
  exponent: z.int(),
  sections: z.array(
    z.strictObject({
      id: z.enum(['program', 'earning', 'promotions', 'tiers', 'rewards', 'terms']),
      title: z.string(),
      sentences: z.array(z.strictObject({ id: z.string(), sentence: z.string() })),
    }),
  ),
  rewards: z.array(
    z.strictObject({
      id: z.string(),
      kind: z.string(),
      title: z.string(),
      unit: z.string(),
      points: points.nullable().meta({ description: 'what it costs; null = as many as one likes' }),
      price: z.string().meta({ description: 'what it costs, counted in the program’s own words' }),
      sentence: z.string(),
    }),
  ),
  tiers: z.array(z.strictObject({ id: z.string(), name: z.string() })),
  order: tried.nullable(),
  orders: z.array(
    z.strictObject({
      name: z.string().nullable(),
      at: z.iso.datetime(),
      total: z.strictObject({ minor: z.int(), currency: z.string(), exponent: z.int() }),
      tried: tried.nullable(),
    }),
  ),
});

export const textQuery = z.strictObject({
  of: z.union([z.enum(['live', 'draft']), z.coerce.number<string>().pipe(version)]).default('live'),
  as: z.enum(['yaml', 'json']).default('yaml'),
});
export const textAnswer = z.strictObject({ text: z.string() });
export const textRequest = z.strictObject({ text: z.string().min(1).max(500_000) });
export const readAnswer = z.strictObject({ hash, file });
