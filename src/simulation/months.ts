import type { Millis } from '../lib/clock.js';
import { addMonthsToDate, Calendar, civilOf } from '../rules/calendar.js';

/** Months of a zone by their names ("2026-03"). */
export class Months {
  private readonly calendar: Calendar;
  private last = { from: 0, to: 0, name: '' };
  private readonly met: { from: Millis; to: Millis; name: string }[] = [];

  constructor(zone: string) {
    this.calendar = Calendar.of(zone);
  }

  of(at: Millis): string {
    if (at >= this.last.from && at < this.last.to) return this.last.name;
    this.last = this.met.find(({ from, to }) => at >= from && at < to) ?? this.meet(at);
    return this.last.name;
  }

  private meet(at: Millis): { from: Millis; to: Millis; name: string } {
    const { year, month } = civilOf(this.calendar.dayOf(at));
    const next = addMonthsToDate({ year, month, day: 1 }, 1);
    const month0 = { from: this.begin(year, month), to: this.begin(next.year, next.month), name: nameOf(year, month) };
    this.met.push(month0);
    return month0;
  }

  private begin(year: number, month: number): Millis {
    return this.calendar.instantOf(`${nameOf(year, month)}-01T00:00`);
  }

  /** All from one to another, ascending. */
  static between(first: string, last: string): string[] {
    const names: string[] = [];
    let [year = 0, month = 1] = first.split('-').map(Number);
    for (let name = first; name <= last; name = nameOf(year, month)) {
      names.push(name);
      ({ year, month } = addMonthsToDate({ year, month, day: 1 }, 1));
    }
    return names;
  }
}

const nameOf = (year: number, month: number): string =>
  `${String(year).padStart(4, '0')}-${String(month).padStart(2, '0')}`;
