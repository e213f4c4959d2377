import type { Millis } from '../lib/clock.js';
import type { ProgramFile } from '../programs/program-file.js';
import { Calendar, dayNumber } from '../rules/calendar.js';
import { type PublishedVersion, versionInForce } from './program-versions.js';
import { causesOf } from './read-causes.js';

/** Local midnight of the first of a month ("2026-11"). */
export function beginningOf(calendar: Calendar, month: string): Millis {
  const [year = 1970, nth = 1] = month.split('-').map(Number);
  return calendar.startOf(dayNumber(year, nth, 1));
}

/** `causes` = those that the program had when the month ended; `file` names earlier ones too. */
export interface MonthOfCauses {
  file: ProgramFile;
  causes: string[];
}

/**
 * The program by which a month is passed on to causes: as it was when the month ended (or is now, while it lasts), with the causes
 * that it had before. What a unit or a reward gave belongs to the last cause that it was of: an order keeps giving by the rules of
 * its own moment.
 */
export function fileOfMonth(versions: readonly PublishedVersion[], month: string, now: Millis): MonthOfCauses {
  const calendar = Calendar.of(versionInForce(versions, now).file.rules.zone);
  const last = Math.min(now, calendar.addMonths(beginningOf(calendar, month), 1) - 1);
  const then = versionInForce(versions, last);
  const before = versions.filter((one) => one.from <= last && one !== then).reverse();
  const file = before.reduce((all, { file: older }) => withCausesOf(all, older), then.file);
  return { file, causes: causesOf(then.file.rules) };
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
