import type { ProgramRules } from './program-rules.js';
import { giftConditions } from './gift-conditions.js';
import { asksOfProduct } from './conditions/index.js';

const answers = new WeakMap<ProgramRules, boolean>();

/**
 * True when some condition asks for the categories or tags of a line, or whether it was on sale. No platform's order says
 * them: they come from the store's products. Products named by their id need nothing more.
 */
export function asksOfProducts(rules: ProgramRules): boolean {
  let answer = answers.get(rules);
  if (answer === undefined) {
    const all = [...rules.earning, ...rules.promotions, ...rules.stamps, ...rules.rewards];
    const whens = [...[...rules.earning, ...rules.promotions].map(({ when }) => when), ...giftConditions(rules)];
    const bought = [...whens.map((when) => when?.bought?.where), rules.reviews?.where];
    const counted = rules.goals.map(({ counts }) => ('where' in counts ? counts.where : undefined));
    bought.push(...(rules.openings ?? []).map(({ where }) => where));
    answers.set(rules, (answer = [...all.map(({ where }) => where), ...bought, ...counted].some(asksOfProduct)));
  }
  return answer;
}

/** True when some condition asks for what neither order nor product says: it comes from the platform's record of the customer. */
export function asksOfCustomers(rules: ProgramRules): boolean {
  const whens = [...[...rules.earning, ...rules.promotions].map(({ when }) => when), ...giftConditions(rules)];
  return [rules.excludes, ...whens].some((who) => who?.roles ?? who?.customerTags);
}
