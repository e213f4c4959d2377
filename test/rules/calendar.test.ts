import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Temporal } from 'temporal-polyfill';
import { Calendar } from '../../src/rules/calendar.js';

const ZONES = [
  'Europe/Amsterdam',
  'Europe/Oslo',
  'America/New_York',
  'Australia/Lord_Howe',
  'Asia/Kolkata',
  'UTC',
  'America/Santiago',
];
const zone = fc.constantFrom(...ZONES);
const instant = fc.oneof(
  fc.integer({ min: Date.UTC(2000, 0, 1), max: Date.UTC(2060, 0, 1) }),
  // Around the changes of clocks of 2026.
  fc
    .constantFrom(
      '2026-03-29T01:00Z',
      '2026-10-25T01:00Z',
      '2026-03-08T07:00Z',
      '2026-04-04T15:00Z',
      '2026-11-01T06:00Z',
    )
    .chain((at) => fc.integer({ min: -2 * 86_400_000, max: 2 * 86_400_000 }).map((off) => Date.parse(at) + off)),
);

describe('T11: local time by integers agrees with Temporal', () => {
  const local = (at: number, name: string): Temporal.ZonedDateTime =>
    Temporal.Instant.fromEpochMilliseconds(at).toZonedDateTimeISO(name);

  test('wall clocks, weekdays and the start of a day', () => {
    fc.assert(
      fc.property(instant, zone, (at, name) => {
        const calendar = Calendar.of(name);
        const clock = calendar.wallClock(at);
        const there = local(at, name);
        const time = ((there.hour * 60 + there.minute) * 60 + there.second) * 1000 + there.millisecond;
        expect(clock).toEqual({
          ...{ year: there.year, month: there.month, day: there.day, time },
          weekday: there.dayOfWeek - 1,
        });
        expect(calendar.startOf(calendar.dayOf(at))).toBe(
          there.toPlainDate().toZonedDateTime({ timeZone: name }).epochMilliseconds,
        );
      }),
      { numRuns: 500 },
    );
  });

  test('days and months later, on the same wall clock, clamped, through gaps and doubled hours', () => {
    fc.assert(
      fc.property(instant, zone, fc.integer({ min: 0, max: 800 }), (at, name, n) => {
        const calendar = Calendar.of(name);
        // The wall clock is kept, never the offset: a doubled hour means its first pass.
        const wall = local(at, name).toPlainDateTime();
        const resolve = (to: Temporal.PlainDateTime): number =>
          to.toZonedDateTime(name, { disambiguation: 'compatible' }).epochMilliseconds;
        expect(calendar.addDays(at, n + 1)).toBe(resolve(wall.add({ days: n + 1 })));
        expect(calendar.addMonths(at, n % 60)).toBe(resolve(wall.add({ months: n % 60 }, { overflow: 'constrain' })));
      }),
      { numRuns: 500 },
    );
  });

  test('a zone that does not exist is refused', () => expect(() => Calendar.of('Europe/Nowhere')).toThrow(RangeError));
});
