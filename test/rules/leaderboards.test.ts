import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Calendar } from '../../src/rules/calendar.js';
import { leaderboard, periodAt, periodsEnded } from '../../src/rules/leaderboards.js';

const warsaw = Calendar.of('Europe/Warsaw');
const board = (period: string, more: object = {}) => leaderboard.parse({ id: 'b', by: 'orders', period, ...more });
const shown = (one: ReturnType<typeof periodAt>) =>
  one && [one.label, new Date(one.from).toISOString(), one.to === null ? null : new Date(one.to).toISOString()];

describe('C14: periods of leaderboards, in the shop’s zone', () => {
  test('a week begins on Monday and may be an hour short; a month, a season over the new year, all time', () => {
    // summer time begins on 29 March 2026 in Warsaw
    const sunday = Date.parse('2026-03-29T12:00:00Z');
    expect(shown(periodAt(board('week'), warsaw, sunday))).toEqual([
      ...['2026-03-23', '2026-03-22T23:00:00.000Z', '2026-03-29T22:00:00.000Z'],
    ]);
    expect(shown(periodAt(board('month'), warsaw, Date.parse('2026-12-31T22:59:59Z')))).toEqual([
      ...['2026-12-01', '2026-11-30T23:00:00.000Z', '2026-12-31T23:00:00.000Z'],
    ]);
    const winter = board('season', { season: { from: '12-01', to: '02-28' } });
    expect(shown(periodAt(winter, warsaw, Date.parse('2027-01-15T12:00:00Z')))).toEqual([
      ...['2026-12-01', '2026-11-30T23:00:00.000Z', '2027-02-28T23:00:00.000Z'],
    ]);
    expect(periodAt(winter, warsaw, Date.parse('2027-03-01T12:00:00Z'))).toBeNull();
    expect(periodAt(board('all'), warsaw, sunday)).toEqual({ label: 'all', from: 0, to: null });
  });

  test.each(['week', 'month', 'season'])(
    'every instant is in exactly one %s, and the ended ones follow on each other',
    (period) => {
      const of = board(period);
      fc.assert(
        fc.property(fc.integer({ min: Date.UTC(2024, 0), max: Date.UTC(2035, 0) }), (at) => {
          const one = periodAt(of, warsaw, at);
          expect(one && one.from <= at && at < (one.to ?? Infinity)).toBe(true);
          const end = one?.to ?? 0;
          expect(periodAt(of, warsaw, end)?.from).toBe(end);
          expect(periodAt(of, warsaw, end - 1)?.label).toBe(one?.label);
          expect(periodsEnded(of, warsaw, at, end).map(({ label }) => label)).toEqual([one?.label]);
          expect(periodsEnded(of, warsaw, at, end - 1)).toEqual([]);
          const year = periodsEnded(of, warsaw, at, at + 366 * 86_400_000);
          year.slice(1).forEach((next, i) => expect(next.from).toBe(year[i]?.to));
        }),
        { numRuns: 100 },
      );
    },
  );
});
