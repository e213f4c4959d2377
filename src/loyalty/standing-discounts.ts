import type { StandingDiscount } from '../commerce/outbound-platform.js';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { floor, fraction, parseFraction, times } from '../rules/fraction.js';
import { judge } from '../rules/judged.js';
import type { Perk } from '../rules/perk-rules.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { standingOf } from '../rules/standing.js';
import { gatherKnown } from './gather-known.js';
import { inForce, ruleVersions } from './rule-sets.js';

/** Whether some level or the membership takes something off at the checkout by itself. */
export function givesDiscounts(rules: ProgramRules): boolean {
  return perksOf(rules).some((perk) => discountOf(perk) !== null);
}

/** The tags of products that such perks ask about, each once. */
export function tagsOfDiscounts(rules: ProgramRules): string[] {
  const wheres = perksOf(rules).flatMap((perk) => (perk.kind === 'percent' ? (perk.where ?? []) : []));
  return [...new Set(wheres.flatMap(({ tags, notTags }) => [...(tags ?? []), ...(notTags ?? [])]))].sort();
}

const perksOf = ({ tiers, membership }: ProgramRules): Perk[] => [
  ...(tiers?.levels ?? []).flatMap((level) => level.perks ?? []),
  ...(membership?.perks ?? []),
];

/** What each member's standing takes off now; null where the rules in force give nothing of the kind. */
export async function standingDiscounts(
  tx: Tx,
  program: string,
  members: readonly string[],
  now: Millis,
): Promise<Map<string, StandingDiscount[]> | null> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  if (versions.length === 0 || !givesDiscounts(inForce(versions, now).rules)) return null;
  const { known } = await gatherKnown(tx, program, versions, members);
  const judged = judge(known, now);
  return new Map(
    members.map((member) => [
      member,
      standingOf(judged, member).perks.flatMap((perk) => {
        const discount = discountOf(perk);
        return discount ? [discount] : [];
      }),
    ]),
  );
}

/**
 * A perk as a checkout can compute it. One that asks what no shop's checkout sees of a product (its price after discounts, its
 * number of pieces) is null: what cannot be seen must not be guessed. A platform leaves out what its own checkout cannot see.
 */
function discountOf(perk: Perk): StandingDiscount | null {
  if (perk.kind === 'access') return null;
  if (perk.kind === 'free-shipping') return { kind: 'free-shipping', least: perk.minCart ?? 0 };
  const { products, notProducts, categories, notCategories, tags, notTags, ...more } = perk.where ?? {};
  if (Object.values(more).some((asked) => asked !== undefined)) return null;
  const hundredths = Number(floor(times(parseFraction(perk.percent), fraction(100))));
  const asks = {
    ...(notProducts && { notProducts }),
    ...(categories && { categories }),
    ...(notCategories && { notCategories }),
    ...(tags && { tags }),
    ...(notTags && { notTags }),
  };
  return {
    ...{ kind: 'percent', hundredths, least: perk.minCart ?? 0, products: products ?? null },
    ...(Object.keys(asks).length > 0 && { asks }),
  };
}
