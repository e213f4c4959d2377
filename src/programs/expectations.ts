import type { MemberBooks } from '../rules/books.js';
import { type Calendar, civilOf } from '../rules/calendar.js';
import type { Step } from './story.js';

/** What a step expected and did not find. */
export interface Difference {
  what: string;
  expected: string;
  got: string;
}

type Expected = Extract<Step, { kind: 'expect' }>;

/** Nothing where nothing was expected, or where it is so. */
export function same(
  what: string,
  expected: string | number | null | undefined,
  got: string | number | null,
): Difference[] {
  if (expected === undefined || expected === got) return [];
  return [{ what, expected: String(expected ?? 'none'), got: String(got ?? 'none') }];
}

/** Gifts are compared whole: what is not expected is not given. */
export function sameGifts(
  expected: Record<string, number> | undefined,
  got: Record<string, bigint>,
  known: Readonly<Record<string, unknown>>,
): Difference[] {
  if (expected === undefined) return [];
  const units = [...new Set([...Object.keys(expected), ...Object.keys(got)])];
  return units.flatMap((unit) => {
    const strange = Object.hasOwn(known, unit) ? '' : ' (the program has no such unit)';
    return same(`${unit} given${strange}`, expected[unit] ?? 0, Number(got[unit] ?? 0n));
  });
}

/** What is named is compared; what is not named may be anything. */
export function differencesOf(step: Expected, of: MemberBooks | undefined, calendar: Calendar): Difference[] {
  const balances = (['available', 'pending', 'held', 'debt'] as const).flatMap((kind) =>
    Object.entries(step[kind] ?? {}).flatMap(([unit, points]) =>
      same(`${unit} ${kind}`, points, Number(of?.units[unit]?.[kind] ?? 0n)),
    ),
  );
  const cards = (['stamps', 'filled'] as const).flatMap((kind) =>
    Object.entries(step[kind] ?? {}).flatMap(([card, n]) =>
      same(`${kind} of ${card}`, n, of?.stamps[card]?.[kind] ?? 0),
    ),
  );
  const goals = Object.entries(step.goals ?? {}).flatMap(([goal, n]) =>
    same(`times ${goal} is reached`, n, of?.goals[goal]?.times ?? 0),
  );
  const worn = (of?.badges ?? []).map(({ goal }) => goal).sort();
  const until = of?.membership ? lastDay(of.membership.until, calendar) : null;
  return [
    ...balances,
    ...same('tier', step.tier, of?.tier ?? null),
    ...cards,
    ...goals,
    ...same('badges', step.badges && [...step.badges].sort().join(', '), worn.join(', ')),
    ...same('last day of the membership', step.membershipUntil, until),
  ];
}

/** The local day before the instant at which something ends. */
function lastDay(ends: number, calendar: Calendar): string {
  const { year, month, day } = civilOf(calendar.dayOf(ends - 1));
  return `${year}-${String(month).padStart(2, '0')}-${String(day).padStart(2, '0')}`;
}
