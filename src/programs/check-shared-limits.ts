import { GIFT_WORDS } from '../rules/shared-limits.js';
import type { Path } from './problems.js';
import type { ProgramFile } from './program-file.js';

type Rules = ProgramFile['rules'];

/** A limit over several rules is over rules that are there, and give what it counts. */
export function checkSharedLimits(
  { rules }: ProgramFile,
  report: (path: Path, problem: string, fix: string) => void,
): void {
  const bearers = bearersOf(rules);
  rules.sharedLimits?.forEach(({ id, unit, rules: names }, i) => {
    names.forEach((name, j) => {
      const at: Path = ['rules', 'sharedLimits', i, 'rules', j];
      const units = bearers.filter((one) => one.name === name).map((one) => one.unit);
      if (units.length === 0) {
        const all = [...new Set(bearers.map((one) => one.name))].join(', ');
        const fix =
          all === ''
            ? 'Write what it is over: an earning rule, a deed, joining, birthday, reviews or referral.'
            : `Name the id of an earning rule or a deed, or ${GIFT_WORDS.join(', ')}; this program has: ${all}.`;
        report(at, `${name} gives no points by itself`, fix);
      } else if (!units.includes(unit))
        report(
          at,
          `${name} gives ${units[0]}, and ${id} counts ${unit}`,
          `Take it out, or let ${id} count ${units[0]}.`,
        );
      else if (rules.stickers?.unit === unit)
        report(
          at,
          `${unit} are nobody's: no member has them`,
          'Take it out: only what members earn can be limited so.',
        );
      else if (names.indexOf(name) < j) report(at, `${name} is named twice`, 'Name it once.');
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
