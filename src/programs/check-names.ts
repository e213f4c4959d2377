import { IntlMessageFormat } from 'intl-messageformat';
import { perksIn } from './perks-in.js';
import type { Path } from './problems.js';
import type { ProgramFile } from './program-file.js';

type Report = (path: Path, problem: string, fix: string) => void;

/** Names are of things that are there; counted ones are messages that can be read. */
export function checkNames({ names, rules }: ProgramFile, report: Report): void {
  const perks = perksIn(rules).map(({ perk }) => perk);
  const named = [
    ...[...rules.earning, ...rules.promotions, ...rules.stamps, ...rules.rewards, ...(rules.converts ?? [])],
    ...(rules.allowances ?? []),
    ...(rules.openings ?? []),
    ...rules.deeds,
    ...rules.goals,
    ...[...(rules.leaderboards ?? []), ...(rules.sharedLimits ?? [])],
    ...rules.stamps.flatMap(({ bonus }) => bonus ?? []),
    ...perks.filter((perk) => perk.kind === 'access'),
  ];
  const donated = rules.rewards.flatMap((reward) => (reward.kind === 'donation' ? [reward.cause] : []));
  const causes = [...donated, ...(rules.roundUp?.causes ?? []).map(({ id }) => id)];
  const ids = [...named.map(({ id }) => id), ...causes];
  const known = {
    units: Object.keys(rules.units),
    tiers: rules.tiers?.levels.map(({ id }) => id) ?? [],
    rules: [...new Set(ids)],
  };
  for (const group of ['units', 'tiers', 'rules'] as const) {
    for (const name of Object.keys(names[group]))
      if (!known[group].includes(name))
        report(
          ['names', group, name],
          'it names nothing',
          `Take it out, or name one of: ${known[group].join(', ') || '(there are none)'}.`,
        );
  }
  for (const [unit, { symbol: _, ...said }] of Object.entries(names.units)) {
    for (const [language, message] of Object.entries(said)) {
      if (message === undefined) continue;
      const why = unreadable(message, language);
      if (why !== null)
        report(['names', 'units', unit, language], why, 'Write as in {n, plural, one {# bean} other {# beans}}.');
    }
  }
}

function unreadable(message: string, language: string): string | null {
  try {
    const shown = String(new IntlMessageFormat(message, language).format({ n: 5 }));
    return shown.includes('5') ? null : 'it does not show how many: # is the number inside plural alone, {n} anywhere';
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    return `it is no ICU message (${UNREADABLE[why] ?? why})`;
  }
}

/** What the reader of messages calls it, and what that means. */
const UNREADABLE: Partial<Record<string, string>> = {
  MISSING_OTHER_CLAUSE: 'it lacks the form “other”, which every plural has',
  INVALID_ARGUMENT_TYPE: 'it knows plural and select alone, spelt so',
  UNCLOSED_TAG: 'a < is opened and never closed',
  EXPECT_ARGUMENT_CLOSING_BRACE: 'a { is opened and never closed',
  UNMATCHED_CLOSING_TAG: 'a tag is closed that was never opened',
};
