/** Dates are "2026-11-28" and months "2026-11", by the shop's calendar: no zone is asked here. */
const DAY = 86_400_000;
const at = (date: string): number => Date.parse(`${date}T00:00:00Z`);
const text = (time: number): string => new Date(time).toISOString().slice(0, 10);

export const addDays = (date: string, days: number): string => text(at(date) + days * DAY);

export function addMonths(month: string, months: number): string {
  const [year = 0, nth = 1] = month.split('-').map(Number);
  const index = year * 12 + nth - 1 + months;
  return `${String(Math.floor(index / 12)).padStart(4, '0')}-${String((index % 12) + 1).padStart(2, '0')}`;
}

/** The weeks that a month touches, Monday first, seven dates each. */
export function weeksOf(month: string): string[][] {
  const first = at(`${month}-01`);
  const last = at(`${addMonths(month, 1)}-01`) - DAY;
  const weeks: string[][] = [];
  for (let monday = first - ((new Date(first).getUTCDay() + 6) % 7) * DAY; monday <= last; monday += 7 * DAY)
    weeks.push(Array.from({ length: 7 }, (_, day) => text(monday + day * DAY)));
  return weeks;
}

export interface Run {
  /** 0 = Monday. */
  start: number;
  length: number;
}

/** Open days of a week that follow each other, as one bar each. */
export function runsOf(week: readonly string[], open: ReadonlySet<string>): Run[] {
  const runs: Run[] = [];
  week.forEach((date, day) => {
    if (!open.has(date)) return;
    const last = runs.at(-1);
    if (last && last.start + last.length === day) last.length++;
    else runs.push({ start: day, length: 1 });
  });
  return runs;
}

/** The same local date so many years later; 29 February is the 28th where there is none. Times stay. */
export function yearsLater(local: string, years: number): string {
  const year = Number(local.slice(0, 4)) + years;
  const leap = (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0;
  const day = local.slice(4, 10) === '-02-29' && !leap ? '-02-28' : local.slice(4, 10);
  return `${year}${day}${local.slice(10)}`;
}
