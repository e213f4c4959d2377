import * as z from 'zod';
import { deedKind, deedShared, limitsOfOne, outsideWindow } from './kind.js';

/** An event of the owner's own, told through the signed API by the rule's id: "own-cup" (C18). */
export const event = deedKind({
  schema: z.strictObject({ ...deedShared, kind: z.literal('event'), limits: limitsOfOne.default({}) }),
  bar: outsideWindow,
});
