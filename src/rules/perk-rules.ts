import * as z from 'zod';
import { fractionText, id, minor, where } from './rule-parts.js';

/**
 * What somebody has as long as they stand where they stand: on a level of the tiers, in a paid membership. Points are no
 * part of it; `percent` is taken off by the checkout, in hundredths ("5" = 5 %).
 */
export const perk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free-shipping'), minCart: minor.optional() }),
  z.strictObject({
    kind: z.literal('percent'),
    percent: fractionText,
    minCart: minor.optional(),
    where: where.optional(),
  }),
  /** Something that others do not get, or not yet: `hours` = how much earlier. What it is, is what the shop calls `id`. */
  z.strictObject({ kind: z.literal('access'), id, hours: z.int().min(1).optional() }),
]);

export type Perk = z.infer<typeof perk>;
export type PerkKind = Perk['kind'];
