import type { ProgramRules } from './program-rules.js';
import type { Where } from './rule-parts.js';

const answers = new WeakMap<ProgramRules, boolean>();

/**
 * True when some condition asks for the categories or tags of a line. No platform's order says them: they come from the
 * store's products. Products named by their id need nothing more.
 */
export function asksOfProducts(rules: ProgramRules): boolean {
  let answer = answers.get(rules);
  if (answer === undefined) {
    const all = [...rules.earning, ...rules.promotions, ...rules.stamps, ...rules.rewards];
    answers.set(rules, (answer = all.some(({ where }) => asks(where))));
  }
  return answer;
}

function asks(where: Where | undefined): boolean {
  return Boolean(where && (where.categories ?? where.tags ?? where.notCategories ?? where.notTags));
}
