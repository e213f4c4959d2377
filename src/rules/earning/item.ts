import * as z from 'zod';
import { count, earningShared } from '../rule-parts.js';
import { addingKind } from './kind.js';

/** So many points for each whole item that was kept. */
export const item = addingKind({
  schema: z.strictObject({ ...earningShared, kind: z.literal('item'), gives: count }),
  prepare: (rule) => (lines) => BigInt(lines.reduce((sum, line) => sum + line.items, 0)) * BigInt(rule.gives),
  figures: (rule) => ({ points: rule.gives }),
});
