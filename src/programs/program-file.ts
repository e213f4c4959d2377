import * as z from 'zod';
import { programRules } from '../rules/program-rules.js';
import { id } from '../rules/rule-parts.js';
import { example } from './story.js';

/** The languages that a program speaks. */
const text = z.string().min(1).max(500);
const inLanguages = { en: text.optional(), nl: text.optional(), nb: text.optional(), pl: text.optional() };

const unitName = z.strictObject({
  symbol: z.string().min(1).max(8).optional(),
  ...inLanguages,
});

const colour = z.string().regex(/^#[0-9a-f]{6}$/);

/**
 * A whole program as a file: its names, its rules, and examples that must come out as they say before it is published. A
 * counted unit is an ICU plural message of `n`: "{n, plural, one {# bean} other {# beans}}". Rewards, promotions, rules and
 * cards are named by their id.
 */
export const programFile = z
  .strictObject({
    tallymark: z.literal(1).meta({ description: 'the version of this format' }),
    name: z.string().min(1).max(200),
    names: z
      .strictObject({
        units: z.record(id, unitName).default({}),
        tiers: z.record(id, z.strictObject({ colour: colour.optional(), ...inLanguages })).default({}),
        rules: z.record(id, z.strictObject(inLanguages)).default({}).meta({
          description: 'names of earning rules, promotions, cards and rewards, by id',
        }),
      })
      .default({ units: {}, tiers: {}, rules: {} }),
    rules: programRules,
    examples: z.array(example).max(200).default([]),
  })
  .meta({ title: 'A Tallymark program' });

export type ProgramFile = z.infer<typeof programFile>;
export type ProgramNames = ProgramFile['names'];
