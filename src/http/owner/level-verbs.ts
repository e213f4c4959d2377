import type * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { type LevelRange, type LevelReport, readLevels } from '../../reports/read-levels.js';
import { Calendar } from '../../rules/calendar.js';
import { type Spoken, spokenIn } from '../storefront/spoken.js';
import type * as api from './report-schemas.js';
import type { Asking } from './verbs.js';
import { iso, type OwnerParts, within } from './within.js';
import { rangeOf } from './worth-verbs.js';

type LevelsAnswer = z.infer<typeof api.levelsAnswer>;

export interface LevelVerbs {
  levels(asking: Asking, query: z.infer<typeof api.levelsQuery>): Promise<LevelsAnswer>;
}

export function levelVerbs(parts: OwnerParts): LevelVerbs {
  return {
    levels: (asking, { months, by, locale }) =>
      within(parts, asking, async (tx, program) => {
        const { file } = versionInForce(await publishedVersions(tx, program), asking.now);
        const { before, from, to, zone } = rangeOf(file, months, asking.now);
        const first = (at: Millis) => (by === 'week' ? mondayOf(at, zone) : at);
        const range: LevelRange = { before: first(before), from: first(from), to, zone, by };
        return levelsView(await readLevels(tx, program, range), spokenIn(file, locale));
      }),
  };
}

/** Weeks begin on Mondays: the first week of a range is whole. */
function mondayOf(at: Millis, zone: string): Millis {
  const calendar = Calendar.of(zone);
  return calendar.addDays(at, -calendar.wallClock(at).weekday);
}

/** Levels of the rules in force from the lowest up; behind them those that only the past knows. */
function levelsView({ countedAt, standing, began, ...rest }: LevelReport, { rules, speaker }: Spoken): LevelsAnswer {
  const offered = (rules.tiers?.levels ?? []).map(({ id }) => id);
  const met = [...standing.map(({ level }) => level), ...rest.periods.flatMap((one) => Object.keys(one.standing))];
  const gone = [...new Set(met)].filter((level) => !offered.includes(level)).sort();
  return {
    ...rest,
    countedAt: countedAt && iso(countedAt.getTime()),
    levels: [...offered, ...gone].map((level) => {
      const { members = 0, kept = 0 } = standing.find((one) => one.level === level) ?? {};
      const isOffered = offered.includes(level);
      return {
        ...{ level, name: speaker.name('tier', level), offered: isOffered },
        ...{ members, kept, began: began[level] ?? 0 },
      };
    }),
  };
}
