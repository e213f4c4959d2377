import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { type Cohort, foresee, forecastOf, LEAST_PAST, missesOf, tryOut } from '../../src/reports/forecast.js';

/** H3: what of the open points is used and what lapses, and how far off that was: arithmetic alone. */
const anyCohort: fc.Arbitrary<Cohort> = fc.integer({ min: 0, max: 50 }).chain((earned) =>
  fc.record({
    earned: fc.constant(earned),
    ends: fc.option(fc.integer({ min: -2, max: 20 }), { nil: null }),
    open: fc.nat(1_000_000),
    left: fc.uniqueArray(
      fc.record({
        back: fc.nat(Math.min(earned, 35)),
        // more may come back within a month than is used
        used: fc.integer({ min: -500, max: 5_000 }),
        lapsed: fc.nat(5_000),
      }),
      { selector: ({ back }) => back, maxLength: 12 },
    ),
  }),
);
const anyPast = fc.array(anyCohort, { maxLength: 30 });

/** A shop as alike in all months as can be: who is `n` months old always uses and loses the same share of what there is. */
interface Regular {
  given: number;
  used: number[];
  lapsed: number[];
  /** Age at which what is left lapses; null = it ends otherwise. */
  lives: number | null;
}
const MONTHS = 40;
const OLD = 5;
const share = fc.double({ min: 0.01, max: 0.4, noNaN: true });
const regular: fc.Arbitrary<Regular> = fc.record({
  given: fc.integer({ min: 100, max: 100_000 }),
  used: fc.array(share, { minLength: OLD, maxLength: OLD }),
  lapsed: fc.array(share, { minLength: OLD, maxLength: OLD }),
  lives: fc.option(fc.integer({ min: 2, max: OLD + 3 }), { nil: null }),
});

function livedBy({ given, used, lapsed, lives }: Regular): Cohort[] {
  return Array.from({ length: MONTHS }, (_, earned): Cohort => {
    let open = given;
    const left: { back: number; used: number; lapsed: number }[] = [];
    for (let age = 0; age <= earned; age += 1) {
      const at = Math.min(age, OLD - 1);
      const taken = open * (used[at] ?? 0);
      const gone = lives === null ? open * (lapsed[at] ?? 0) : age === lives ? open - taken : 0;
      left.push({ back: earned - age, used: taken, lapsed: gone });
      open -= taken + gone;
    }
    return {
      earned,
      ends: lives === null ? null : lives - earned - 1,
      open,
      left: left.filter(({ back }) => back < 36),
    };
  });
}

describe('H3: a forecast of what is open', () => {
  test('used, lapsed and still open are what is open now, in every month; nothing that went comes back', () => {
    fc.assert(
      fc.property(anyPast, fc.boolean(), (cohorts, moving) => {
        const { open, past, months } = forecastOf(cohorts, moving, 12);
        expect(open).toBe(BigInt(cohorts.reduce((sum, one) => sum + one.open, 0)));
        expect(months === null).toBe(past < LEAST_PAST);
        let [used, lapsed] = [0n, 0n];
        for (const month of months ?? []) {
          expect(month.used.points + month.lapsed.points + month.open).toBe(open);
          expect([month.used.points >= used, month.lapsed.points >= lapsed, month.open >= 0n]).toEqual([
            true,
            true,
            true,
          ]);
          [used, lapsed] = [month.used.points, month.lapsed.points];
          for (const { points, low, high } of [month.used, month.lapsed])
            if (low !== null && high !== null)
              expect([low <= points, points <= high, high <= open]).toEqual([true, true, true]);
        }
      }),
      { numRuns: 25 },
    );
  });

  test('what ends within the months is gone by then, where ends do not move', () => {
    fc.assert(
      fc.property(anyPast, (cohorts) => {
        const ending = cohorts.map((one) => ({ ...one, ends: one.ends ?? 11 })).filter(({ ends }) => ends < 12);
        const { used, lapsed } = foresee(ending, { moving: false, months: 12 });
        const all = ending.reduce((sum, { open }) => sum + open, 0);
        expect((used[11] ?? 0) + (lapsed[11] ?? 0)).toBeCloseTo(all, 3);
      }),
      { numRuns: 15 },
    );
  });

  test('of a perfectly regular past it is never off, whenever it is made', () => {
    fc.assert(
      fc.property(regular, (shop) => {
        const cohorts = livedBy(shop);
        const misses = missesOf(cohorts, shop.lives === null, 12);
        expect(misses.tries).toEqual(Array.from({ length: 12 }, () => 12));
        for (const miss of [...misses.used, ...misses.lapsed]) expect(miss).toBeLessThan(1e-9);
        for (const back of [3, 6, 12]) {
          const tried = tryOut(cohorts, shop.lives === null, back);
          expect(tried?.foreseen.used.at(-1)).toBeCloseTo(tried?.happened.used.at(-1) ?? NaN, 3);
        }
      }),
      { numRuns: 15 },
    );
  });

  test('a past that is too short is no number: no forecast, no try, no interval', () => {
    const cohorts = livedBy({ given: 100, used: [0.1], lapsed: [0], lives: null }).filter(({ earned }) => earned < 5);
    expect(forecastOf(cohorts.slice(0, LEAST_PAST - 1), false, 12).months).toBeNull();
    expect([1, 2, 3].map((back) => tryOut(cohorts, false, back) !== null)).toEqual([true, true, false]);
    expect(forecastOf(cohorts, false, 12).months?.map(({ used }) => used.low)).toEqual(
      Array.from({ length: 12 }, () => null),
    );
  });
});
