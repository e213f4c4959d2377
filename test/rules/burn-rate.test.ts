import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { programRules } from '../../src/rules/program-rules.js';
import { burnOf } from '../../src/rules/promotions/burn-rate.js';
import { copied, paused, resumed, scheduled, stopped } from '../../src/rules/promotions/change-promotion.js';
import { locales } from '../../src/rules/sentences.js';
import { howItWorks } from '../../src/rules/how-it-works/index.js';

const HOUR = 3_600_000;
const at = (text: string) => Date.parse(text);
const program = (...promotions: object[]) =>
  programRules.parse({
    zone: 'Europe/Amsterdam',
    money: { code: 'EUR', exponent: 2 },
    units: { points: { value: 1 } },
    earning: [{ id: 'base', kind: 'rate', points: 1, per: 100 }],
    promotions: promotions.map((promotion, i) => ({ id: `p${i + 1}`, factor: 2, ...promotion })),
  });

/** By a program of one promotion. */
function burn(promotion: object, granted: number, hours: [at: string, points: number][], now: string) {
  const rules = program(promotion);
  const [one] = rules.promotions;
  if (!one) throw new Error('no promotion');
  const history = hours.map(([text, points]) => ({ at: at(text), points: BigInt(points) }));
  return burnOf(rules, one, BigInt(granted), history, at(now));
}

describe('T9: how fast a ceiling goes, and the hour it will run out', () => {
  test('always open: 100 in four hours is 25 an hour; 150 are left: six hours', () => {
    const hours: [string, number][] = [
      ['2026-11-22T08:00Z', 60],
      ['2026-11-22T10:00Z', 40],
    ];
    const { perHour, left, runsOut } = burn({ ceiling: { points: 250 } }, 100, hours, '2026-11-22T12:00Z') ?? {};
    expect([perHour, left]).toEqual([25, 150n]);
    expect(runsOut).toBe(at('2026-11-22T18:00Z'));
  });

  test('open from 10 to 14 alone: closed hours burn nothing, in the rate and in the forecast', () => {
    const promotion = { ceiling: { points: 300 }, when: { hours: { from: '10:00', to: '14:00' } } };
    // Amsterdam is an hour ahead of UTC: two days of four hours, 200 points; 100 left are four hours more
    const hours: [string, number][] = [
      ['2026-11-20T09:00Z', 100],
      ['2026-11-21T11:00Z', 100],
    ];
    const { perHour, runsOut } = burn(promotion, 200, hours, '2026-11-21T13:00Z') ?? {};
    expect(perHour).toBe(25);
    expect(runsOut).toBe(at('2026-11-22T13:00Z'));
  });

  test('money is counted in points; nothing granted, paused or closed before then: no forecast; used up: now', () => {
    expect(burn({ ceiling: { money: 500 } }, 100, [], '2026-11-22T12:00Z')).toEqual({
      ...{ ceiling: 500n, granted: 100n, left: 400n, perHour: null, runsOut: null },
    });
    const hour: [string, number][] = [['2026-11-22T11:00Z', 10]];
    expect(burn({ ceiling: { points: 500 }, paused: true }, 10, hour, '2026-11-22T12:00Z')?.runsOut).toBeNull();
    const ends = { to: '2026-11-22T14:00' };
    expect(burn({ ceiling: { points: 500 }, when: ends }, 10, hour, '2026-11-22T12:00Z')?.runsOut).toBeNull();
    expect(burn({ ceiling: { points: 500 } }, 500, hour, '2026-11-22T12:00Z')?.runsOut).toBe(at('2026-11-22T12:00Z'));
    expect(burn({}, 0, hour, '2026-11-22T12:00Z')).toBeNull();
  });

  test('going on at its rate, an always open promotion is used up at the forecast', () => {
    const now = '2026-11-22T12:00Z';
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 500 }),
        fc.integer({ min: 1, max: 100 }),
        fc.integer({ min: 1, max: 5_000 }),
        (points, ago, left) => {
          const hour = new Date(at(now) - ago * HOUR).toISOString();
          const { perHour, runsOut } =
            burn({ ceiling: { points: points + left } }, points, [[hour, points]], now) ?? {};
          expect(perHour).toBeCloseTo(points / ago);
          const hours = ((runsOut ?? Infinity) - at(now)) / HOUR;
          if (runsOut !== null) expect(hours * (perHour ?? 0)).toBeCloseTo(left, 1);
          else expect(left / (points / ago)).toBeGreaterThan(732 * 24 - 1);
        },
      ),
      { numRuns: 100 },
    );
  });
});

describe('C10: a promotion is changed while the program runs', () => {
  const now = at('2026-10-25T01:30Z'); // 02:30 in Amsterdam, for the second time that night
  const rules = program({ when: { from: '2026-02-20T00:00', to: '2026-12-31T00:00' } }, {});

  test('paused and resumed: as it was', () => {
    const without = paused(rules, 'p1', now);
    expect(without.promotions.map((promotion) => promotion.paused)).toEqual([true, false]);
    expect(resumed(without, 'p1', now)).toEqual(rules);
    expect(
      locales.map(
        (locale) => howItWorks(without, { locale, money: rules.money }).filter(({ id }) => id === 'p1')[0]?.sentence,
      ),
    ).toEqual([
      expect.stringMatching(/, paused for now\.$/),
      expect.stringMatching(/, nu gepauzeerd\.$/),
      expect.stringMatching(/, på pause nå\.$/),
      expect.stringMatching(/, obecnie wstrzymana\.$/),
    ]);
  });

  test('stopped: its window ends now, never later than it did', () => {
    expect(stopped(rules, 'p1', now).promotions[0]?.when).toEqual({
      from: '2026-02-20T00:00',
      to: '2026-10-25T02:30:00',
    });
    expect(stopped(rules, 'p2', now).promotions[1]?.when).toEqual({ to: '2026-10-25T02:30:00' });
    expect(stopped(rules, 'p1', at('2027-03-01T00:00Z')).promotions[0]?.when?.to).toBe('2026-12-31T00:00');
  });

  test('scheduled, and copied to the next year by the calendar', () => {
    const window = { from: '2027-11-26T00:00', to: '2027-11-29T00:00' };
    expect(scheduled(window)(rules, 'p2', now).promotions[1]?.when).toEqual(window);
    const leap = program({
      paused: true,
      ceiling: { points: 100 },
      when: { dates: { from: '2028-02-28', to: '2028-02-29' }, weekdays: ['mon'], except: ['2028-02-29'] },
    });
    expect(copied('again')(leap, 'p1', now).promotions[1]).toMatchObject({
      ...{ id: 'again', paused: false, ceiling: { points: 100 } },
      when: { dates: { from: '2029-02-28', to: '2029-02-28' }, weekdays: ['mon'], except: ['2029-02-28'] },
    });
    expect(() => copied('p1')(rules, 'p2', now)).toThrow(/already/);
    expect(() => paused(rules, 'p9', now)).toThrow(/there are: p1, p2/);
  });
});
