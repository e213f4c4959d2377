import * as z from 'zod';
import { deedKind, deedShared, limitsOfOne, outsideWindow } from './kind.js';

/**
 * Following a link to where the owner is social (C5). All that can be verified is that the link was followed through us, so it
 * is off until the owner says `on`, and always capped: once in a life, unless the limits say how often.
 */
export const social = deedKind({
  schema: z.strictObject({
    ...deedShared,
    kind: z.literal('social'),
    url: z.url({ protocol: /^https$/ }),
    on: z.boolean().default(false),
    limits: limitsOfOne.extend({ lifetime: z.int().min(1).default(1) }).default({ lifetime: 1 }),
  }),
  bar: (rule, at, calendar) => (rule.on ? outsideWindow(rule, at, calendar) : 'off'),
});
