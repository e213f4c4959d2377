import { giftConditions } from '../rules/gift-conditions.js';
import type { Path } from './problems.js';
import type { ProgramFile } from './program-file.js';

type Rules = ProgramFile['rules'];
type Report = (path: Path, problem: string, fix: string) => void;

/** Rounding up has a product, a unit and a name for each cause; what is final cannot be spent, nor be anybody's before others. */
export function checkGiving({ rules }: ProgramFile, report: Report): void {
  checkCauses(rules, report);
  for (const unit of Object.keys(rules.units)) {
    if (rules.units[unit]?.finalOn === undefined) continue;
    const why = spentAs(rules, unit);
    if (why)
      report(
        ['rules', 'units', unit, 'finalOn'],
        `a return no longer takes ${unit} back, and ${why}`,
        'Take it out, or let something else give or use them.',
      );
  }
}

function checkCauses({ roundUp }: Rules, report: Report): void {
  const causes = roundUp?.causes;
  if (!roundUp || !causes) return;
  if (!causes.some(({ product }) => product === roundUp.product))
    report(
      ['rules', 'roundUp', 'product'],
      `${roundUp.product} is the product of no cause`,
      `Name the one that is offered first: ${causes.map(({ product }) => product).join(', ')}.`,
    );
  for (const key of ['id', 'product', 'unit'] as const)
    causes.forEach((cause, i) => {
      if (causes.findIndex((one) => one[key] === cause[key]) < i)
        report(['rules', 'roundUp', 'causes', i, key], `${cause[key]} is another cause’s too`, 'Each has its own.');
    });
}

/** Whoever returned the goods would keep what the points buy. */
function spentAs(rules: Rules, unit: string): string | null {
  const { units, rewards, converts, sending, tiers, leaderboards } = rules;
  if (!/^0(\/|$)/.test(String(units[unit]?.value))) return 'they are worth money';
  if (rewards.some((reward) => reward.unit === unit)) return 'a reward can be had for them';
  if (converts?.some((one) => one.unit === unit)) return 'they turn into something';
  if (sending?.unit === unit) return 'they can be given to others';
  if (leaderboards?.some(({ by, unit: of = 'points', award }) => by === 'points' && of === unit && award))
    return 'a leaderboard gives something for them';
  if (askedBy(rules, unit)) return 'a rule gives something to who has enough of them';
  return tiers?.basis === 'points' && tiers.unit === unit ? 'levels are reached by them' : null;
}

/** Having few of them is no merit that a return could keep: only a minimum is one. */
function askedBy(rules: Rules, unit: string): boolean {
  const whens = [...rules.earning, ...rules.promotions].map(({ when }) => when);
  return [...whens, ...giftConditions(rules)].some(
    (when) => when?.balance?.unit === unit && (when.balance.min ?? 0) > 0,
  );
}
