import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import { needsOfWhen } from './conditions/index.js';
import type { Need } from './conditions/index.js';
import { giftConditions } from './gift-conditions.js';
import type { Known } from './known.js';

/** Which parts of the past a rule set asks for when it judges an order. */
export interface PastNeeds {
  tiers: boolean;
  asked: ReadonlySet<Need>;
}

const needs = new WeakMap<Compiled, PastNeeds>();

/** Whether some rule asks what a member has: then what is used, and when, bears on what orders give. */
export function asksForBalance(versions: Known['rules']): boolean {
  return versions.some(
    ({ rules }) =>
      needsOf(compile(rules)).asked.has('balance') ||
      giftConditions(rules).some(({ balance }) => balance !== undefined),
  );
}

/** Whether a rule that judges orders asks it. */
export function ordersAskForBalance(versions: Known['rules']): boolean {
  return versions.some(({ rules }) => needsOf(compile(rules)).asked.has('balance'));
}

/**
 * What is asked of an order's past: by the rules that judge it, and by the bonuses of stamp cards, which are those in force whenever
 * the card is counted.
 */
export function needsOfOrders(versions: Known['rules']): (compiled: Compiled) => PastNeeds {
  const bonuses = versions.flatMap(({ rules }) => rules.stamps.flatMap(({ bonus }) => bonus ?? []));
  const ofBonuses = bonuses.flatMap(({ when }) => needsOfWhen(when));
  if (ofBonuses.length === 0) return needsOf;
  return (compiled) => {
    const { tiers, asked } = needsOf(compiled);
    return { tiers, asked: new Set([...asked, ...ofBonuses]) };
  };
}

export function needsOf(compiled: Compiled): PastNeeds {
  let found = needs.get(compiled);
  if (!found) {
    const { rules } = compiled;
    const bonuses = rules.stamps.flatMap(({ bonus }) => bonus ?? []);
    const asked = new Set([...rules.earning, ...rules.promotions, ...bonuses].flatMap(({ when }) => needsOfWhen(when)));
    if (rules.membership === undefined) asked.delete('membership');
    needs.set(compiled, (found = { tiers: rules.tiers !== undefined, asked }));
  }
  return found;
}
