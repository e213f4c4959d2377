import { describe, expect, test } from '@jest/globals';
import { Temporal } from 'temporal-polyfill';
import { type Asked, plainPins, prepareWhen } from '../../src/rules/conditions/index.js';
import type { When } from '../../src/rules/program-rules.js';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const WEEKDAYS = ['mon', 'tue', 'wed', 'thu', 'fri', 'sat', 'sun'] as const;
const NEVER = '2000-01-01';

const zonesOfTheWorld = Intl.supportedValuesOf('timeZone');
const [SINCE, UNTIL] = [Date.UTC(2024, 0, 1), Date.UTC(2036, 0, 1)];

/** Minutes ahead of UTC, from the formatter of the runtime: neither the calendar under test nor its oracle. */
function offsetsOf(zone: string): (at: number) => number {
  const format = new Intl.DateTimeFormat('en-US', { timeZone: zone, timeZoneName: 'longOffset' });
  return (at) => {
    const text = format.format(at);
    const match = /GMT(?:([+-])(\d\d):(\d\d)(?::(\d\d))?)?$/.exec(text);
    if (!match) throw new Error(`no offset in ${text}`);
    const [, sign = '+', hours = '0', minutes = '0'] = match;
    return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes));
  };
}

/** A change of a zone's clocks, and how far they are ahead of UTC before and after it, in minutes. */
interface Change {
  at: number;
  before: number;
  after: number;
}

/** Every change of a zone's clocks. Ramadan's pause of summer time is the shortest stretch between two: a month. */
function changesOf(zone: string): Change[] {
  const offset = offsetsOf(zone);
  const changes: Change[] = [];
  const step = 14 * DAY;
  for (let low = SINCE, before = offset(low); low < UNTIL; low += step) {
    const after = offset(low + step);
    if (after === before) continue;
    let [early, late] = [low, low + step];
    while (late - early > 1) {
      const middle = Math.floor((early + late) / 2);
      if (offset(middle) === before) early = middle;
      else late = middle;
    }
    changes.push({ at: late, before, after });
    before = after;
  }
  return changes;
}

/** A window, and whether it holds by Temporal alone. */
interface Case {
  when: When;
  holds(local: Temporal.ZonedDateTime): boolean;
}

/** Windows of every kind whose edges lie in the hour that is left out or comes twice, or at that day's midnights. */
function windowsAt(zone: string, change: number): Case[] {
  const at = Temporal.Instant.fromEpochMilliseconds(change);
  const last = at.subtract({ milliseconds: 1 }).toZonedDateTimeISO(zone).toPlainDateTime();
  const first = at.toZonedDateTimeISO(zone).toPlainDateTime();
  const edges = [last, first].sort(Temporal.PlainDateTime.compare) as [Temporal.PlainDateTime, Temporal.PlainDateTime];
  const middle = edges[0].add({ milliseconds: Math.floor(edges[0].until(edges[1]).total('milliseconds') / 2) });
  const day = first.toPlainDate();
  const [from, to] = [wall(middle), wall(middle.add({ minutes: 90 }))];
  const [start, end] = [instantOf(from, zone), instantOf(to, zone)];
  const [opens, closes] = [clock(middle), clock(middle.add({ minutes: 50 }))];
  const weekday = WEEKDAYS[day.dayOfWeek - 1] ?? 'mon';
  const isDay = (one: Temporal.ZonedDateTime) => one.toPlainDate().equals(day);
  const monday = (date: Temporal.PlainDate) => date.subtract({ days: date.dayOfWeek - 1 });
  const nth = Math.floor((day.day - 1) / 7) + 1;
  const spring = day.subtract({ days: 10 });
  const season = { from: spring.toString().slice(5), to: day.toString().slice(5) };
  return [
    { when: { from, to }, holds: (one) => one.epochMilliseconds >= start && one.epochMilliseconds < end },
    {
      when: { dates: { from: day.toString(), to: day.toString() } },
      holds: isDay,
    },
    {
      when: { season },
      holds: (one) => {
        const text = one.toPlainDate().toString().slice(5);
        return season.from <= season.to
          ? text >= season.from && text <= season.to
          : text >= season.from || text <= season.to;
      },
    },
    { when: { weekdays: [weekday] }, holds: (one) => one.dayOfWeek === day.dayOfWeek },
    {
      when: { hours: { from: opens, to: closes } },
      holds: (one) => {
        const time = one.toPlainTime().toString({ smallestUnit: 'millisecond' });
        return opens <= closes ? time >= opens && time < closes : time >= opens || time < closes;
      },
    },
    {
      when: { recurs: { weeks: 2, on: [weekday], from: day.subtract({ weeks: 4 }).toString() } },
      holds: (one) =>
        one.dayOfWeek === day.dayOfWeek &&
        (monday(day).until(monday(one.toPlainDate()), { largestUnit: 'days' }).days / 14) % 1 === 0,
    },
    {
      when: { recurs: { months: 1, on: [{ nth, weekday }], from: NEVER } },
      holds: (one) => one.dayOfWeek === day.dayOfWeek && one.day > 7 * (nth - 1) && one.day <= 7 * nth,
    },
    {
      when: {
        recurs: { months: 3, on: [{ nth: 'last', weekday }, { day: 'last' }], from: day.with({ day: 1 }).toString() },
      },
      holds: (one) =>
        one.month % 3 === day.month % 3 &&
        Temporal.PlainDate.compare(one.toPlainDate(), day.with({ day: 1 })) >= 0 &&
        (one.day === one.daysInMonth || (one.dayOfWeek === day.dayOfWeek && one.add({ weeks: 1 }).month !== one.month)),
    },
    { when: { except: [day.toString()] }, holds: (one) => !isDay(one) },
  ];
}

const wall = (local: Temporal.PlainDateTime) => local.toString({ smallestUnit: 'second' });
const clock = (local: Temporal.PlainDateTime) => local.toPlainTime().toString({ smallestUnit: 'second' });
const instantOf = (text: string, zone: string) =>
  Temporal.PlainDateTime.from(text).toZonedDateTime(zone, { disambiguation: 'compatible' }).epochMilliseconds;

/** Where something may go wrong: around the change, the hours about it, and the midnights of its days. */
function momentsAt(zone: string, change: number): number[] {
  const day = Temporal.Instant.fromEpochMilliseconds(change).toZonedDateTimeISO(zone);
  const midnights = [0, 1].map((days) => day.add({ days }).startOfDay().epochMilliseconds);
  const near = [-90, -60, -31, -30, 0, 30, 31, 60, 90].map((minutes) => change + minutes * MINUTE);
  return [...near, change - 1, change + 1, change - DAY, change + DAY, ...midnights.flatMap((at) => [at - 1, at])];
}

const asked = (moment: number) => ({ pins: plainPins(moment, null) }) as Asked;

describe('C10, T11: windows over every change of clocks of every zone, 2024-2035', () => {
  const changes = new Map(zonesOfTheWorld.map((zone) => [zone, changesOf(zone)]));
  /** Zones of which the runtime knows the same change: Temporal is asked once for all of them. */
  const alike = new Map<string, { change: Change; zones: string[] }>();
  for (const [zone, all] of changes) {
    for (const change of all) {
      const key = JSON.stringify(change);
      const found = alike.get(key) ?? { change, zones: [] };
      found.zones.push(zone);
      alike.set(key, found);
    }
  }

  test('there are as many as the world has', () => {
    const all = [...changes.values()].flat();
    expect(zonesOfTheWorld.length).toBeGreaterThan(400);
    expect(all.length).toBeGreaterThan(3_000);
    // the European Union's of 2026, by its directive: 01:00 UTC on the last Sundays of March and October
    const inAmsterdam = (changes.get('Europe/Amsterdam') ?? []).map(({ at }) => new Date(at).toISOString());
    expect(inAmsterdam.filter((at) => at.startsWith('2026'))).toEqual([
      '2026-03-29T01:00:00.000Z',
      '2026-10-25T01:00:00.000Z',
    ]);
  });

  test('dates, weekdays, hours, seasons, days that come back and days left out hold when Temporal says so', () => {
    const wrong: string[] = [];
    let tried = 0;
    for (const { change, zones } of alike.values()) {
      const [one = 'UTC'] = zones;
      const moments = momentsAt(one, change.at).map((at) => {
        return { at, local: Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(one) };
      });
      for (const { when, holds } of windowsAt(one, change.at)) {
        const expected = moments.map(({ at, local }) => ({ at, holds: holds(local) }));
        for (const zone of zones) {
          const check = prepareWhen(when, zone);
          for (const { at, holds } of expected) {
            tried++;
            if ((check?.(asked(at)) === null) !== holds) wrong.push(`${zone} ${at} ${JSON.stringify(when)}`);
          }
        }
      }
    }
    expect(wrong.slice(0, 20)).toEqual([]);
    expect(tried).toBeGreaterThan(400_000);
  });
});
