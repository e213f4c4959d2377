import * as z from 'zod';
import { id } from '../rule-parts.js';
import { deedKind, deedShared, outsideWindow } from './kind.js';

const question = z.strictObject({
  id,
  text: z.string().min(1).max(500),
  /** Absent = answered in own words. */
  options: z.array(z.string().min(1).max(200)).min(1).max(50).optional(),
  /** How many of the options may be chosen. */
  upTo: z.int().min(1).default(1),
  required: z.boolean().default(true),
});
export type Question = z.infer<typeof question>;

/** A survey, or a poll of one question, that the owner writes (C6): answered once, and given for once. */
export const survey = deedKind({
  schema: z.strictObject({
    ...deedShared,
    kind: z.literal('survey'),
    questions: z.array(question).min(1).max(50),
    limits: z.strictObject({ lifetime: z.literal(1) }).default({ lifetime: 1 }),
  }),
  bar: outsideWindow,
});
