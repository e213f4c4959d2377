import { Calendar, civilOf, dateText, parseDate } from '../rules/calendar.js';
import type { ProgramRules, When } from '../rules/program-rules.js';
import { momentFor } from '../rules/promotions/moment-for.js';
import type { Path } from './problems.js';
import type { Report } from './remarks/reporting.js';

/** A year before which no program of a shop begins: where a window names no beginning. */
const SINCE = '2024-01-01';
const TWO_YEARS = 732;

/** What of a condition speaks of time. */
type Times = Pick<When, 'from' | 'to' | 'dates' | 'season' | 'weekdays' | 'recurs' | 'hours' | 'except' | 'zone'>;

/** A window that opens at no time, or only when the program does not run. What is malformed in it is told elsewhere. */
export function idleWindow(
  { from, to, dates, season, weekdays, recurs, hours, except, zone }: Times,
  path: Path,
  rules: ProgramRules,
  report: Report,
): void {
  if (hours && hours.from === hours.to) report([...path, 'hours'], 'window.whole-day');
  const asked = [from, to, dates, season, weekdays, recurs, hours, except].some((word) => word !== undefined);
  // fewer than a handful of days in ten years are beyond what is looked through
  if (!asked || weekdays?.length === 0 || (recurs && 'months' in recurs && recurs.months > 12)) return;
  const own: Times = { from, to, dates, season, weekdays, recurs, hours, except, zone };
  const program: Times = {
    ...(rules.starts === undefined ? {} : { from: `${rules.starts}T00:00` }),
    ...(rules.ends === undefined ? {} : { dates: { from: SINCE, to: rules.ends.earn } }),
  };
  try {
    const since = Calendar.of(rules.zone).startOf(parseDate(beginningOf(own)));
    if (momentFor([own], rules.zone, since) === null) report(path, 'window.never');
    else if (momentFor([own, program], rules.zone, since) === null) report(path, 'window.outside');
  } catch (error) {
    // days that do not exist, and a zone that does not, are told by the check of the file
    if (!(error instanceof RangeError)) throw error;
  }
}

/** The day from which a window is looked for: its latest beginning; of one that only ends, two years before that. */
function beginningOf({ from, to, dates, recurs }: Times): string {
  const begins = [from?.slice(0, 10), dates?.from, recurs?.from].filter((day) => day !== undefined).sort();
  const last = begins.at(-1);
  if (last !== undefined) return last;
  if (to === undefined || to > SINCE) return SINCE;
  return dateText(civilOf(parseDate(to.slice(0, 10)) - TWO_YEARS));
}
