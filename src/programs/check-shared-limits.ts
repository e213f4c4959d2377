import { GIFT_WORDS } from '../rules/shared-limits.js';
import type { Path } from './problems.js';
import type { ProgramFile } from './program-file.js';
import type { Report } from './remarks/reporting.js';

type Rules = ProgramFile['rules'];

/** A limit over several rules is over rules that are there, and give what it counts. */
export function checkSharedLimits({ rules }: ProgramFile, report: Report): void {
  const bearers = bearersOf(rules);
  rules.sharedLimits?.forEach(({ id, unit, rules: names }, i) => {
    names.forEach((name, j) => {
      const at: Path = ['rules', 'sharedLimits', i, 'rules', j];
      const units = bearers.filter((one) => one.name === name).map((one) => one.unit);
      if (units.length === 0) {
        const all = [...new Set(bearers.map((one) => one.name))].join(', ');
        if (all === '') report(at, 'shared-limit.over-nothing', { rule: name });
        else report(at, 'shared-limit.rule-unknown', { rule: name, gifts: GIFT_WORDS.join(', '), known: all });
      } else if (!units.includes(unit))
        report(at, 'shared-limit.unit', { rule: name, gives: units[0] ?? '', limit: id, unit });
      else if (rules.stickers?.unit === unit) report(at, 'shared-limit.stickers', { unit });
      else if (names.indexOf(name) < j) report(at, 'shared-limit.twice', { rule: name });
    });
  });
}

/** By name, what gives points by itself, and of which unit. */
function bearersOf(rules: Rules): { name: string; unit: string }[] {
  const gifts = GIFT_WORDS.flatMap((word) => {
    const gift = rules[word];
    return gift ? [{ name: word, unit: gift.unit }] : [];
  });
  return [...[...rules.earning, ...rules.deeds].map(({ id, unit }) => ({ name: id, unit })), ...gifts];
}
