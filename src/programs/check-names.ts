import { IntlMessageFormat } from 'intl-messageformat';
import { perksIn } from './perks-in.js';
import type { ProgramFile } from './program-file.js';
import type { Phrase, Report } from './remarks/reporting.js';

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
        report(['names', group, name], 'name.of-nothing', { known: known[group].join(', ') || { say: 'none' } });
  }
  for (const [unit, { symbol: _, ...said }] of Object.entries(names.units)) {
    for (const [language, message] of Object.entries(said)) {
      if (message === undefined) continue;
      const at = ['names', 'units', unit, language];
      const example = '{n, plural, one {# bean} other {# beans}}';
      const why = unreadable(message, language);
      if (why === 'uncounted') report(at, 'name.uncounted', { n: '{n}', example });
      else if (why !== null) report(at, 'name.unreadable', { why: why.reader, example });
    }
  }
}

/** null = it can be read, and shows how many. */
function unreadable(message: string, language: string): 'uncounted' | { reader: string | Phrase } | null {
  try {
    const shown = String(new IntlMessageFormat(message, language).format({ n: 5 }));
    return shown.includes('5') ? null : 'uncounted';
  } catch (error) {
    const why = error instanceof Error ? (error.message.split('\n')[0] ?? '') : '';
    return { reader: UNREADABLE[why] ?? why };
  }
}

/** What the reader of messages calls it, and what that means. */
const UNREADABLE: Partial<Record<string, Phrase>> = {
  MISSING_OTHER_CLAUSE: { say: 'icu.other' },
  INVALID_ARGUMENT_TYPE: { say: 'icu.kind' },
  UNCLOSED_TAG: { say: 'icu.tag-open' },
  EXPECT_ARGUMENT_CLOSING_BRACE: { say: 'icu.brace-open', values: { brace: '{' } },
  UNMATCHED_CLOSING_TAG: { say: 'icu.tag-closed' },
};
