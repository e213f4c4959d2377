import type * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { publishedVersions, versionInForce } from '../../loyalty/program-versions.js';
import { type Cohort, type Foreseen, forecastOf, type Try, tryOut } from '../../reports/forecast.js';
import { readCohortsLeft } from '../../reports/read-forecast.js';
import { Calendar } from '../../rules/calendar.js';
import { endsByInactivity } from '../../rules/expiry.js';
import type { ProgramRules } from '../../rules/program-rules.js';
import type { forecastAnswer } from './forecast-schemas.js';
import { worthBy } from './overview-verbs.js';
import type { Asking } from './verbs.js';
import { iso, type OwnerParts, within } from './within.js';

type ForecastAnswer = z.infer<typeof forecastAnswer>;
type UnitForecast = ForecastAnswer['units'][number];

export interface ForecastVerbs {
  forecast(asking: Asking): Promise<ForecastAnswer>;
}

const MONTHS_AHEAD = 12;
const TRIED = [3, 6, 12];

export function forecastVerbs(parts: OwnerParts): ForecastVerbs {
  return {
    forecast: (asking) =>
      within(parts, asking, async (tx, program) => {
        const { now } = asking;
        const { rules } = versionInForce(await publishedVersions(tx, program), now).file;
        const cohorts = await readCohortsLeft(tx, program, { now, zone: rules.zone });
        return {
          units: Object.keys(rules.units).flatMap((unit) => {
            const found = cohorts.get(unit);
            return found ? [unitForecast(unit, found, rules, now)] : [];
          }),
        };
      }),
  };
}

function unitForecast(unit: string, cohorts: readonly Cohort[], rules: ProgramRules, now: Millis): UnitForecast {
  const moving = endsByInactivity(rules);
  const worth = worthBy(rules);
  const amount = (points: bigint) => ({ points: `${points}`, worth: worth(unit, points) });
  const foreseen = ({ points, low, high }: Foreseen) => ({
    ...amount(points),
    low: low === null ? null : amount(low),
    high: high === null ? null : amount(high),
  });
  const calendar = Calendar.of(rules.zone);
  const { open, past, months, tries } = forecastOf(cohorts, moving, MONTHS_AHEAD);
  return {
    ...{ unit, open: amount(open), moving, past },
    months:
      months?.map((month, nth) => ({
        until: iso(calendar.addMonths(now, nth + 1)),
        used: foreseen(month.used),
        lapsed: foreseen(month.lapsed),
        open: amount(month.open),
        tries: tries[nth] ?? 0,
      })) ?? null,
    tried: TRIED.map((back) => ({ back, result: triedView(tryOut(cohorts, moving, back)) })),
  };
}

function triedView(tried: Try | null): UnitForecast['tried'][number]['result'] {
  if (!tried) return null;
  const side = (what: 'used' | 'lapsed') => {
    const [said, did] = [tried.foreseen[what].at(-1) ?? 0, tried.happened[what].at(-1) ?? 0];
    return { foreseen: `${Math.round(said)}`, happened: `${Math.round(did)}`, off: (said - did) / tried.open };
  };
  return { open: `${Math.round(tried.open)}`, used: side('used'), lapsed: side('lapsed') };
}
