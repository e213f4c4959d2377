import * as z from 'zod';
import { INVARIANTS, type Rule } from '../../ledger/invariants.js';
import { errorAnswer } from './schemas.js';

export { errorAnswer };

const points = z.string().meta({ description: 'whole points' });
const minor = z.string().meta({ description: 'minor units of the program’s money' });
const day = z.iso.date();
const rules = INVARIANTS.map(({ rule }) => rule) as [Rule, ...Rule[]];

export const ledgerAnswer = z.strictObject({
  accounts: z.array(
    z.strictObject({
      unit: z.string(),
      kind: z.string().meta({
        description: 'available, pending, held, debt: members’; issued, redeemed, expired, forgiven: the program’s',
      }),
      points,
      worth: minor,
      accounts: z.int(),
    }),
  ),
  ending: z.array(
    z.strictObject({
      unit: z.string(),
      month: z.string().nullable().meta({ description: 'YYYY-MM in the shop’s time; null = they do not end' }),
      points,
      worth: minor,
      members: z.int(),
    }),
  ),
  promises: z.array(z.strictObject({ rule: z.enum(rules), says: z.string() })),
});

export const promiseParams = z.strictObject({ rule: z.enum(rules) });
export const promiseAnswer = z.strictObject({
  rule: z.enum(rules),
  holds: z.boolean(),
  breaches: z.int(),
  first: z.record(z.string(), z.unknown()).nullable(),
  took: z.int().meta({ description: 'milliseconds' }),
});

export const journalQuery = z
  .strictObject({ from: day, to: day.meta({ description: 'the first day that is not in it any more' }) })
  .refine(({ from, to }) => from < to, { message: '`to` must be after `from`' })
  .refine(({ from, to }) => Date.parse(to) - Date.parse(from) <= 400 * 86_400_000, {
    message: 'at most 400 days at once',
  });
export const journalAnswer = z.strictObject({
  lines: z.array(
    z.strictObject({
      day,
      unit: z.string(),
      from: z.string(),
      to: z.string(),
      transfers: z.int(),
      points,
      worth: minor,
    }),
  ),
});
