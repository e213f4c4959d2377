import { Calendar, dayNumber } from '../rules/calendar.js';
import type { Millis } from '../lib/clock.js';
import type { Cleared } from './read-clearing.js';

/** What one shop gets of the others for their points that were used at it, less what its own points cost the others. */
export interface ShopBalance {
  store: string;
  unit: string;
  /** Points of other shops used at it, and its points used at others. */
  took: bigint;
  gave: bigint;
  /** In minor units of the program's money; below zero = it owes. Over all shops these sum to zero. */
  worth: bigint;
}

export type ClearedWorth = Cleared & { worth: bigint };

/** What shops have to settle with each other; points that no shop gave and those used where they were given are nobody's debt. */
export function balancesOf(lines: readonly ClearedWorth[]): ShopBalance[] {
  const balances = new Map<string, ShopBalance>();
  const of = (store: string, unit: string): ShopBalance => {
    const key = `${store}/${unit}`;
    const found = balances.get(key) ?? { store, unit, took: 0n, gave: 0n, worth: 0n };
    balances.set(key, found);
    return found;
  };
  for (const { unit, gave, took, points, worth } of lines) {
    if (gave === null || gave === took) continue;
    const [taker, giver] = [of(took, unit), of(gave, unit)];
    taker.took += points;
    taker.worth += worth;
    giver.gave += points;
    giver.worth -= worth;
  }
  return [...balances.values()].sort((a, b) => Number(b.worth - a.worth) || (a.store < b.store ? -1 : 1));
}

/** A month of the shop ("2026-11"), from its first instant up to that of the next, and the one before. */
export function monthPeriods(month: string, zone: string): { from: Millis; to: Millis; before: Millis } {
  const calendar = Calendar.of(zone);
  const [year = 1970, nth = 1] = month.split('-').map(Number);
  const from = calendar.startOf(dayNumber(year, nth, 1));
  return { from, to: calendar.addMonths(from, 1), before: calendar.addMonths(from, -1) };
}

/** "2026-11" of an instant in a zone. */
export function monthOf(at: Millis, zone: string): string {
  const { year, month } = Calendar.of(zone).wallClock(at);
  return `${year}-${String(month).padStart(2, '0')}`;
}
