import type { Millis } from '../lib/clock.js';
import { Calendar, civilOf, clockText } from '../rules/calendar.js';
import type { Sides } from './compare-group.js';
import type { SimulationReport } from './report.js';

type Points = Record<string, bigint>;

/** The longest past that is told by the day. */
const MOST = 400;

/** What orders give, by the day on which they were placed, in the program's zone. */
export class Days {
  private readonly calendar: Calendar;
  private readonly last: number;
  private readonly met = new Map<number, Sides<Points>>();

  constructor(zone: string, now: Millis) {
    this.calendar = Calendar.of(zone);
    this.last = this.calendar.dayOf(now);
  }

  add(placed: Millis, gives: Sides<Readonly<Points>>): void {
    const day = this.calendar.dayOf(placed);
    if (day <= this.last - MOST) return;
    const sums = this.met.get(day) ?? { before: {}, after: {} };
    this.met.set(day, sums);
    for (const side of ['before', 'after'] as const) {
      for (const [unit, points] of Object.entries(gives[side])) sums[side][unit] = (sums[side][unit] ?? 0n) + points;
    }
  }

  report(): NonNullable<SimulationReport['days']> {
    return [...this.met]
      .sort(([a], [b]) => a - b)
      .map(([day, { before, after }]) => ({
        date: clockText({ ...civilOf(day), weekday: 0, time: 0 }).slice(0, 10),
        points: { before: written(before), after: written(after) },
      }));
  }
}

const written = (points: Points): Record<string, string> =>
  Object.fromEntries(Object.entries(points).map(([unit, many]) => [unit, `${many}`]));
