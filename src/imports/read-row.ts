import { normalMailbox } from '../lib/identity-token.js';
import type { DayForm, FieldName, Mapping } from './mapping.js';

/**
 * Why a row cannot be used. `too-wide`: more cells than the headings, as where 1,250 stands unquoted in a file of commas; `twice`: its address stood in an earlier row; `before`: an earlier import brought that member's
 * balance.
 */
export const ROW_PROBLEMS = [
  ...[
    'no-email',
    'bad-email',
    'no-points',
    'bad-points',
    'not-whole',
    'negative',
    'too-many',
    'bad-day',
    'ended',
    'too-wide',
  ],
  ...['twice', 'before'],
] as const;
export type RowProblem = (typeof ROW_PROBLEMS)[number];

/** What a row of a file says. */
export interface ImportRow {
  email: string;
  name: string | null;
  phone: string | null;
  points: bigint;
  /** The last local day on which they can be used, 2027-12-31; null = as the unit has it. */
  ends: string | null;
  level: string | null;
}

/** More than any shop has given to anybody, and far from the end of what a ledger can hold. */
const MOST = 1_000_000_000_000n;
const LONGEST = 200;

/** Reads a row as the owner says; `today` = the shop's own, 2027-12-31. Pure. */
export function readRow(
  cells: readonly string[],
  mapping: Mapping,
  today: string,
): ImportRow | { problem: RowProblem } {
  const cell = (field: FieldName): string => {
    const at = mapping.columns[field];
    return at === undefined ? '' : (cells[at] ?? '').trim();
  };
  const email = cell('email');
  if (email === '') return { problem: 'no-email' };
  if (email.length > LONGEST || !/^[^@\s]+@[^@\s]+\.[^@\s]+$/.test(email) || normalMailbox(email) === null)
    return { problem: 'bad-email' };
  const points = readPoints(cell('points'));
  if (typeof points === 'string') return { problem: points };
  const told = cell('ends');
  const ends = told === '' ? null : readDay(told, mapping.days);
  if (ends === undefined) return { problem: 'bad-day' };
  if (ends !== null && ends < today) return { problem: 'ended' };
  const name = cell('name') || [cell('firstName'), cell('lastName')].filter((part) => part !== '').join(' ');
  return { email, name: short(name), phone: short(cell('phone')), points, ends, level: short(cell('level')) };
}

/** What Postgres can keep of a text; null when nothing is left. */
function short(text: string): string | null {
  const kept = text
    .replace(/[\0\p{Surrogate}]/gu, '')
    .slice(0, LONGEST)
    .trim();
  return kept === '' ? null : kept;
}

/** Whole points; what is written with separators of thousands could mean two things, and is refused. */
function readPoints(text: string): bigint | RowProblem {
  if (text === '') return 'no-points';
  const parts = /^([+-]?)(\d{1,18})(?:[.,](\d{1,2}))?$/.exec(text);
  if (!parts) return 'bad-points';
  const [, sign, whole = '', decimals = ''] = parts;
  if (/[^0]/.test(decimals)) return 'not-whole';
  const points = BigInt(whole);
  if (sign === '-' && points > 0n) return 'negative';
  return points > MOST ? 'too-many' : points;
}

const FORMS: Record<DayForm, RegExp> = {
  'year-first': /^(?<year>\d{4})[-/.](?<month>\d{1,2})[-/.](?<day>\d{1,2})(?:[T ].*)?$/,
  'day-first': /^(?<day>\d{1,2})[-/.](?<month>\d{1,2})[-/.](?<year>\d{4})(?:[T ].*)?$/,
  'month-first': /^(?<month>\d{1,2})[-/.](?<day>\d{1,2})[-/.](?<year>\d{4})(?:[T ].*)?$/,
};
const DAYS = [31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

/** Undefined when it is no day of that form. */
function readDay(text: string, form: DayForm): string | undefined {
  const { year = '', month = '', day = '' } = FORMS[form].exec(text)?.groups ?? {};
  const [y, m, d] = [Number(year), Number(month), Number(day)];
  const leap = (y % 4 === 0 && y % 100 !== 0) || y % 400 === 0;
  const last = m === 2 && !leap ? 28 : (DAYS[m - 1] ?? 0);
  if (d < 1 || d > last || y < 1970 || y > 2200) return undefined;
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}
