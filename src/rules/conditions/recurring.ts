import { dayNumber, daysInMonth, parseDate } from '../calendar.js';
import type { Civil, WallClock } from '../calendar.js';
import { type Recurs, WEEKDAYS } from '../rule-parts.js';

type Day = Civil & Pick<WallClock, 'weekday'>;
type Monthly = Extract<Recurs, { months: number }>['on'][number];

/** Whether a local day is one of those that come back: by civil arithmetic alone, so that no change of clocks bears on it. */
export function prepareRecurring(recurs: Recurs): (day: Day) => boolean {
  const first = parseDate(recurs.from);
  if ('weeks' in recurs) {
    const days = new Set(recurs.on.map((day) => WEEKDAYS.indexOf(day)));
    const monday = mondayOf(first);
    return (day) => {
      const number = numberOf(day);
      return number >= first && days.has(day.weekday) && ((mondayOf(number) - monday) / 7) % recurs.weeks === 0;
    };
  }
  const month = monthOf({ year: Number(recurs.from.slice(0, 4)), month: Number(recurs.from.slice(5, 7)) });
  return (day) =>
    numberOf(day) >= first && (monthOf(day) - month) % recurs.months === 0 && recurs.on.some((on) => isOn(on, day));
}

const numberOf = ({ year, month, day }: Civil): number => dayNumber(year, month, day);
const monthOf = ({ year, month }: Pick<Civil, 'year' | 'month'>): number => year * 12 + month - 1;

/** Day 0, the first of 1970, was a Thursday. */
const mondayOf = (number: number): number => number - ((((number + 3) % 7) + 7) % 7);

function isOn(on: Monthly, { year, month, day, weekday }: Day): boolean {
  const last = daysInMonth(year, month);
  if ('day' in on) return day === (on.day === 'last' ? last : on.day);
  if (WEEKDAYS[weekday] !== on.weekday) return false;
  return on.nth === 'last' ? day + 7 > last : Math.ceil(day / 7) === on.nth;
}
