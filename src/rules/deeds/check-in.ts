import * as z from 'zod';
import { deedKind, deedShared, limitsOfOne, outsideWindow } from './kind.js';

/** Letters and digits are what counts of a code: nobody types a poster's hyphens right. */
export function bareCode(code: string): string {
  return code.toUpperCase().replace(/[^\p{L}\p{N}]/gu, '');
}

const code = z
  .string()
  .max(64)
  .refine((text) => bareCode(text).length >= 4, 'a code needs at least four letters or digits');

/** Being there, shown by a code of a poster or a place (C16): once, unless the limits say otherwise; at most once a day. */
export const checkIn = deedKind({
  schema: z.strictObject({
    ...deedShared,
    kind: z.literal('check-in'),
    codes: z.array(code).min(1).max(1000),
    limits: limitsOfOne.default({ lifetime: 1 }),
  }),
  bar: outsideWindow,
});
