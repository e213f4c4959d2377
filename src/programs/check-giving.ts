import { giftConditions } from '../rules/gift-conditions.js';
import type { ProgramFile } from './program-file.js';
import type { Report } from './remarks/reporting.js';
import type { PhraseKey } from './remarks/problems/en.js';

type Rules = ProgramFile['rules'];

/** Rounding up has a product, a unit and a name for each cause; what is final cannot be spent, nor be anybody's before others. */
export function checkGiving({ rules }: ProgramFile, report: Report): void {
  checkCauses(rules, report);
  for (const unit of Object.keys(rules.units)) {
    if (rules.units[unit]?.finalOn === undefined) continue;
    const why = spentAs(rules, unit);
    if (why) report(['rules', 'units', unit, 'finalOn'], 'unit.final', { unit, why: { say: why } });
  }
}

function checkCauses({ roundUp }: Rules, report: Report): void {
  const causes = roundUp?.causes;
  if (!roundUp || !causes) return;
  if (!causes.some(({ product }) => product === roundUp.product))
    report(['rules', 'roundUp', 'product'], 'cause.product', {
      product: roundUp.product,
      products: causes.map(({ product }) => product).join(', '),
    });
  for (const key of ['id', 'product', 'unit'] as const)
    causes.forEach((cause, i) => {
      if (causes.findIndex((one) => one[key] === cause[key]) < i)
        report(['rules', 'roundUp', 'causes', i, key], 'cause.twice', { what: cause[key] });
    });
}

/** Whoever returned the goods would keep what the points buy. */
function spentAs(rules: Rules, unit: string): PhraseKey | null {
  const { units, rewards, converts, sending, tiers, leaderboards } = rules;
  if (!/^0(\/|$)/.test(String(units[unit]?.value))) return 'why.money';
  if (rewards.some((reward) => reward.unit === unit)) return 'why.reward';
  if (converts?.some((one) => one.unit === unit)) return 'why.converts';
  if (sending?.unit === unit) return 'why.sending';
  if (leaderboards?.some(({ by, unit: of = 'points', award }) => by === 'points' && of === unit && award))
    return 'why.leaderboard';
  if (askedBy(rules, unit)) return 'why.asked';
  return tiers?.basis === 'points' && tiers.unit === unit ? 'why.levels' : null;
}

/** Having few of them is no merit that a return could keep: only a minimum is one. */
function askedBy(rules: Rules, unit: string): boolean {
  const whens = [...rules.earning, ...rules.promotions].map(({ when }) => when);
  return [...whens, ...giftConditions(rules)].some(
    (when) => when?.balance?.unit === unit && (when.balance.min ?? 0) > 0,
  );
}
