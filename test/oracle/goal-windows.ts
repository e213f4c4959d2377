import type { Goal, GoalPeriod } from './beyond.js';
import { addDays, dayPlusDays, dayPlusMonths, endOfDay, instantOf, localTimeOf } from './calendar.js';
import type { Fraction } from './fraction.js';
import { atLeast, floor, isPositive, minus, over, sum, whole } from './fraction.js';

/** Something that counts towards a goal: when it was done, and how much of it. */
export interface Counted {
  at: number;
  amount: Fraction;
}

/** How often a goal was reached, by the period that it begins anew with ('' = by none): docs/decisions/0010. */
export function reachedIn(goal: Goal, all: Counted[], joined: number, zone: string): Map<string, number> {
  const counted = all.filter(({ amount }) => isPositive(amount)).sort((a, b) => a.at - b.at);
  const { within = { kind: 'lifetime' as const } } = goal;
  const between = (from: number, to: number) => counted.filter(({ at }) => from <= at && at < to);
  switch (within.kind) {
    case 'lifetime':
      return new Map([['', timesOf(goal, counted)]]);
    case 'joining':
      return new Map([['', timesOf(goal, between(joined, addDays(joined, within.days, zone)))]]);
    case 'dates': {
      const from = within.from ? instantOf(within.from, zone) : -Infinity;
      const to = within.to ? endOfDay(within.to, zone) : Infinity;
      return new Map([['', timesOf(goal, between(from, to))]]);
    }
    case 'rolling':
      return new Map([['', inAnyDays(goal, counted, within.days, zone)]]);
    case 'each':
      return new Map([...byPeriod(counted, within.period, zone)].map(([period, own]) => [period, timesOf(goal, own)]));
    case 'streak':
      return new Map([['', inStreaks(goal, counted, within.period, within.least ?? 1, zone)]]);
  }
}

const amountOf = (counted: Counted[]): Fraction => sum(counted.map(({ amount }) => amount));

function timesOf({ needs, every = false }: Goal, counted: Counted[]): number {
  const times = floor(over(amountOf(counted), whole(needs)));
  return every ? times : Math.min(1, times);
}

/** What reached the goal once is used up; what is older than so many days falls out. */
function inAnyDays({ needs, every }: Goal, counted: Counted[], days: number, zone: string): number {
  let open: Counted[] = [];
  let times = 0;
  for (const one of counted) {
    open = [...open.filter(({ at }) => one.at < addDays(at, days, zone)), one];
    while (atLeast(amountOf(open), whole(needs))) {
      times += 1;
      if (!every) return times;
      open = [{ at: one.at, amount: minus(amountOf(open), whole(needs)) }];
    }
  }
  return times;
}

/** Periods on end with at least so much in each; a run that reached the goal begins anew. */
function inStreaks({ needs, every }: Goal, counted: Counted[], of: GoalPeriod, least: number, zone: string): number {
  const full = [...byPeriod(counted, of, zone)]
    .filter(([, own]) => atLeast(amountOf(own), whole(least)))
    .map(([period]) => period);
  let times = 0;
  let run = 0;
  full.forEach((period, i) => {
    const before = full[i - 1];
    run = before !== undefined && nextOf(before, of) === period ? run + 1 : 1;
    if (run < needs) return;
    times += 1;
    run = 0;
  });
  return every ? times : Math.min(1, times);
}

/** By the name of the period: "2026", "2026-03", of a week its Monday. In order. */
function byPeriod(counted: Counted[], of: GoalPeriod, zone: string): Map<string, Counted[]> {
  const periods = new Map<string, Counted[]>();
  for (const one of counted) {
    const { date, weekday } = localTimeOf(one.at, zone);
    const since = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'].indexOf(weekday);
    const name = of === 'week' ? dayPlusDays(date, -since) : date.slice(0, of === 'year' ? 4 : 7);
    periods.set(name, [...(periods.get(name) ?? []), one]);
  }
  return periods;
}

function nextOf(period: string, of: GoalPeriod): string {
  if (of === 'week') return dayPlusDays(period, 7);
  return of === 'year' ? String(Number(period) + 1) : dayPlusMonths(`${period}-01`, 1).slice(0, 7);
}
