import * as z from 'zod';
import { count, earningShared } from '../rule-parts.js';
import { addingKind } from './kind.js';

/** So many points once per order. */
export const fixed = addingKind({
  schema: z.strictObject({ ...earningShared, kind: z.literal('fixed'), gives: count }),
  prepare: (rule) => () => BigInt(rule.gives),
  figures: (rule) => ({ points: rule.gives }),
});
