import type { Millis } from '../lib/clock.js';
import type { ProgramFile } from '../programs/program-file.js';
import { Calendar, dayNumber } from '../rules/calendar.js';
import { type PublishedVersion, versionInForce } from './program-versions.js';
import { causesOf } from './read-causes.js';

/** Local midnight of the first of a month ("2026-11") in one zone. */
export function beginningOf(calendar: Calendar, month: string): Millis {
  const [year = 1970, nth = 1] = month.split('-').map(Number);
  return calendar.startOf(dayNumber(year, nth, 1));
}

/** The month that lies so many after one. */
export function monthAfter(month: string, more = 1): string {
  const [year = 1970, nth = 1] = month.split('-').map(Number);
  const months = 12 * year + nth - 1 + more;
  return `${Math.floor(months / 12)}-${String((months % 12) + 1).padStart(2, '0')}`;
}

/**
 * When a month began: the first instant that is in it, or in a later one, by the clock of the rules in force then. So every instant is
 * of one month, also where a publication moves the program to another zone near a month's end: a month that has begun is not left again.
 */
function began(versions: readonly PublishedVersion[], month: string): Millis {
  const published = [...new Set(versions.slice(1).map(({ from }) => from))].sort((a, b) => a - b);
  const since = [-Infinity, ...published];
  const begins = since.map((from) => {
    const { zone } = versionInForce(versions, from).file.rules;
    return Math.max(from, beginningOf(Calendar.of(zone), month));
  });
  return begins.find((at, i) => at < (since[i + 1] ?? Infinity)) ?? Infinity;
}

/** The month that an instant is of. */
export function monthAt(versions: readonly PublishedVersion[], at: Millis): string {
  const { year, month } = Calendar.of(versionInForce(versions, at).file.rules.zone).wallClock(at);
  const shown = monthAfter(`${year}-01`, month - 1);
  return began(versions, monthAfter(shown)) <= at ? monthAfter(shown) : shown;
}

/** From `from` until before `to`. `causes` = those that the program had when the month ended; `file` names earlier ones too. */
export interface MonthOfCauses {
  month: string;
  from: Millis;
  to: Millis;
  file: ProgramFile;
  causes: string[];
}

/**
 * The program by which a month is passed on to causes: as it was when the month ended (or is now, while it lasts), with the causes
 * that it had before. What a unit or a reward gave belongs to the last cause that it was of: an order keeps giving by the rules of
 * its own moment.
 */
export function fileOfMonth(versions: readonly PublishedVersion[], month: string, now: Millis): MonthOfCauses {
  const [from, to] = [began(versions, month), began(versions, monthAfter(month))];
  const last = Math.min(now, to - 1);
  const then = versionInForce(versions, last);
  const before = versions.filter((one) => one.from <= last && one !== then).reverse();
  const file = before.reduce((all, { file: older }) => withCausesOf(all, older), then.file);
  return { month, from, to, file, causes: causesOf(then.file.rules) };
}

function withCausesOf(file: ProgramFile, older: ProgramFile): ProgramFile {
  const { rules, names } = file;
  const causes = [...(rules.roundUp?.causes ?? [])];
  for (const one of older.rules.roundUp?.causes ?? [])
    if (!causes.some(({ unit }) => unit === one.unit)) causes.push(one);
  const offer = rules.roundUp ?? older.rules.roundUp;
  const gone = older.rules.rewards.filter(
    ({ id, kind }) => kind === 'donation' && !rules.rewards.some((one) => one.kind === 'donation' && one.id === id),
  );
  return {
    ...file,
    names: { ...names, rules: { ...older.names.rules, ...names.rules } },
    rules: {
      ...rules,
      units: { ...older.rules.units, ...rules.units },
      rewards: [...rules.rewards, ...gone],
      ...(offer && causes.length > 0 && { roundUp: { ...offer, causes } }),
    },
  };
}
