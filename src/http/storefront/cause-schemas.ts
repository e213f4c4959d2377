import * as z from 'zod';

const money = z.strictObject({ minor: z.int(), currency: z.string(), exponent: z.int() });

export const givenAnswer = z.strictObject({
  year: z.int(),
  causes: z.array(
    z.strictObject({
      id: z.string(),
      name: z.string(),
      given: money.meta({ description: 'what all members together gave so far, the shop’s own part included' }),
      paid: money.meta({ description: 'what of it the shop has passed on' }),
      yours: money.nullable().meta({ description: 'what this member gave in the year; null = not a member' }),
    }),
  ),
  sentence: z.string().nullable().meta({ description: 'what this member gave in the year; null = nothing' }),
});
