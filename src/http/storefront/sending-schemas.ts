import * as z from 'zod';
import { points } from './schemas.js';

const whole = z.string().regex(/^\d{1,12}$/);

export const sendingAnswer = z.strictObject({
  sending: z
    .strictObject({
      unit: z.string(),
      min: points,
      step: points,
      upTo: points.meta({
        description: 'what can be given now, by the balance and every limit; less than `min` = nothing',
      }),
    })
    .nullable()
    .meta({ description: 'null = members cannot give anything to each other here' }),
  code: z.string().meta({ description: 'the member’s own code: under it others can give them something' }),
});
export const sendRequest = z.strictObject({
  to: z
    .string()
    .trim()
    .min(3)
    .max(254)
    .meta({ description: 'the e-mail address or the member code of whoever gets it' }),
  points: whole,
});
export const sentAnswer = z.strictObject({
  id: z.string(),
  unit: z.string(),
  points,
  sentence: z.string().meta({ description: 'what was given, and the first name of who has it now' }),
});
