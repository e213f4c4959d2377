import * as z from 'zod';
import { fractionText, id, localDateTime, minor, where, whenOfPerk } from './rule-parts.js';

/**
 * What somebody has as long as they stand where they stand: on a level of the tiers, in a paid membership. Points are no
 * part of it; `percent` is taken off by the checkout, in hundredths ("5" = 5 %); of several the best that holds, line by line. With
 * `when` it holds only then: a birthday week, a week of sale.
 */
export const perk = z.discriminatedUnion('kind', [
  z.strictObject({ kind: z.literal('free-shipping'), minCart: minor.optional(), when: whenOfPerk.optional() }),
  z.strictObject({
    kind: z.literal('percent'),
    percent: fractionText,
    minCart: minor.optional(),
    where: where.optional(),
    when: whenOfPerk.optional(),
  }),
  /** Something that others do not get, or not yet: `hours` = how much earlier. What it is, is what the shop calls `id`. */
  z.strictObject({ kind: z.literal('access'), id, hours: z.int().min(1).optional() }),
]);

/**
 * Something that everybody may buy from `opens` on, and whoever has the access so many hours earlier: these products, or, without
 * `where`, whatever is bought. The shop itself does not hold others back: its theme asks (`GET /storefront/v1/may-buy`).
 */
export const opening = z.strictObject({
  id,
  access: id,
  opens: localDateTime,
  where: where.pick({ products: true, categories: true, tags: true }).optional(),
});

export type Perk = z.infer<typeof perk>;
export type Opening = z.infer<typeof opening>;
export type PerkKind = Perk['kind'];
