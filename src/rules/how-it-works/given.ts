import type { ProgramRules } from '../program-rules.js';

/** Whether orders may give a part of one, which is rounded: by a rate, or by a factor that is not whole. Of what nothing gives yet: it may. */
export function comesInParts(unit: string, program: ProgramRules): boolean {
  const { earning, promotions, tiers } = program;
  if (!givenByOrders(program).includes(unit) && !givenBeside(program).includes(unit)) return true;
  const rules = earning.filter((rule) => rule.unit === unit);
  if (rules.some(({ kind }) => kind === 'rate' || kind === 'shipping')) return true;
  const factors = [
    ...promotions.filter((promotion) => promotion.unit === unit).map(({ factor }) => factor),
    ...(tiers?.multiplies.includes(unit) === true ? tiers.levels.map(({ multiplier }) => multiplier) : []),
  ];
  return rules.some(({ kind }) => kind === 'step') && factors.some((factor) => String(factor).includes('/'));
}

/** Whether what was given of a unit is taken back with an order. A birthday gift stays; codes that are nobody's are nobody's debt. */
export function isTakenBack(unit: string, rules: ProgramRules): boolean {
  if (rules.stickers?.unit === unit) return false;
  return givenByOrders(rules).includes(unit) || !givenBeside(rules).includes(unit);
}

/** What orders bring about, by themselves or by what they fill, reach or turn into. */
function givenByOrders(rules: ProgramRules): string[] {
  return [
    ...[...rules.earning, ...rules.promotions].map((rule) => rule.unit),
    ...rules.stamps.flatMap(({ pays, steps = [] }) => [pays.unit, ...steps.map((step) => step.pays.unit)]),
    ...(rules.converts ?? []).map(({ pays }) => pays.unit),
    ...rules.goals.map((goal) => goal.unit),
    ...(rules.tiers?.levels ?? []).flatMap(({ entry }) => (entry ? [entry.unit] : [])),
    ...(rules.referral ? [rules.referral.unit] : []),
    ...(rules.roundUp?.causes ?? []).map((cause) => cause.unit),
  ];
}

/** What is given whatever is bought. */
function givenBeside({ joining, birthday, reviews, deeds, allowances = [] }: ProgramRules): string[] {
  const once = [joining, birthday, reviews].flatMap((rule) => (rule ? [rule.unit] : []));
  return [...once, ...deeds.map((deed) => deed.unit), ...allowances.map((allowance) => allowance.unit)];
}

/** Whether anything hangs on how much an order comes to; where there is no rule yet, it may. */
export function asksForMoney({ earning, promotions, tiers, stamps, goals, referral }: ProgramRules): boolean {
  const asked = [...earning, ...promotions].some(({ when }) => when?.minOrder !== undefined);
  const counted = goals.some(({ counts }) => counts.kind === 'spend' || counts.kind === 'orders');
  if (asked || counted || tiers || referral) return true;
  if (stamps.some(({ per, min }) => per === 'amount' || min !== undefined)) return true;
  if (earning.length === 0) return stamps.length === 0;
  return earning.some(({ kind }) => kind !== 'item' && kind !== 'fixed');
}
