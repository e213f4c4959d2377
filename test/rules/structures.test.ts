import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { Calendar } from '../../src/rules/calendar.js';
import { fraction } from '../../src/rules/fraction.js';
import { programRules } from '../../src/rules/program-rules.js';
import type { Tiers } from '../../src/rules/program-rules.js';
import { TierPath } from '../../src/rules/tiers.js';
import { base, buys, life, noon, perEuro, returned } from './one-life.js';

describe('B3: tiers', () => {
  const levels = [{ id: 'shine' }, { id: 'glow', enter: 10_000 }, { id: 'radiant', enter: 30_000 }];

  test('reached by friends who were kept: each whose order stood at the end of its return window', () => {
    const friends = [1, 2, 3].flatMap((n) => [
      { day: '2027-02-01', kind: 'referral', id: `r${n}`, advocate: 'eva', customer: `f${n}` },
      buys('2027-02-10', `o${n}`, 5_000, { customer: `f${n}`, member: undefined }),
    ]);
    const program = {
      referral: { advocate: 50, returnDays: 14 },
      tiers: {
        basis: 'referrals',
        window: { kind: 'lifetime' },
        levels: [{ id: 'friend' }, { id: 'herald', enter: 3 }],
      },
    };
    const eva = life(program, friends);
    expect(eva.on('2027-02-20').tier).toBe('friend');
    expect(eva.on('2027-02-25').tier).toBe('herald');
    const fewer = life(program, friends.slice(0, 4));
    expect(fewer.on('2027-02-25').tier).toBe('friend');
  });

  test("a program's own year: what was reached in it lasts to the end of the next", () => {
    const tiers = { basis: 'spend', window: { kind: 'program-year', from: '09-01' }, levels };
    const eva = life({ tiers }, [buys('2027-08-30', 'a', 12_000)]);
    expect(eva.on('2027-08-31').tier).toBe('glow');
    expect(eva.on('2028-08-31').tier).toBe('glow');
    expect(eva.on('2028-09-01').tier).toBe('shine');
  });

  test('a membership year (P15): counted from the day on which each one joined, to the end of the next', () => {
    const tiers = { basis: 'spend', window: { kind: 'member-year' }, levels };
    const happened = [buys('2028-03-09', 'a', 6_000), buys('2028-03-10', 'b', 6_000), buys('2029-03-09', 'c', 6_000)];
    const eva = life({ tiers }, happened, '2027-03-10');
    const days = ['2028-03-10', '2029-03-08', '2029-03-09', '2030-03-09', '2031-03-09', '2031-03-10'];
    expect(days.map((day) => eva.on(day).tier)).toEqual(['shine', 'shine', 'glow', 'glow', 'shine', 'shine']);
  });

  test('a program year that begins on New Year is the calendar year', () => {
    const calendar = Calendar.of('Europe/Oslo');
    const tiersOf = (window: object) =>
      programRules.parse({ ...base, tiers: { basis: 'spend', window, levels } }).tiers;
    const [own, civil] = [
      tiersOf({ kind: 'program-year', from: '01-01' }),
      tiersOf({ kind: 'calendar-year' }),
    ] as Tiers[];
    const hour = fc.integer({ min: 0, max: 30_000 });
    fc.assert(
      fc.property(
        fc.array(fc.tuple(hour, fc.integer({ min: 1, max: 20_000 })), { maxLength: 12 }),
        hour,
        (spent, asked) => {
          const paths = [own, civil].map((tiers) => new TierPath(tiers as Tiers, calendar, 0));
          const at = (hours: number) => Date.UTC(2026, 0, 1) + hours * 3_600_000;
          const last = Math.max(asked, ...spent.map(([hours]) => hours));
          const once = new Map(spent);
          for (const [hours, cents] of [...once].sort(([a], [b]) => a - b)) {
            for (const path of paths) path.arrive(at(hours), fraction(cents));
          }
          const [mine, theirs] = paths.map((path) => path.levelAt(at(last), at(last)));
          expect(mine).toBe(theirs);
        },
      ),
      { numRuns: 200 },
    );
  });

  test('who lost a level comes back for what coming back takes', () => {
    const tiers = {
      basis: 'spend',
      window: { kind: 'rolling', days: 30 },
      levels: [{ id: 'shine' }, { id: 'glow', enter: 10_000, keep: 5_000, reenter: 6_000 }],
    };
    const eva = life({ tiers }, [
      buys('2027-01-10', 'a', 6_500),
      buys('2027-01-20', 'b', 3_500),
      buys('2027-06-01', 'c', 5_500),
      buys('2027-06-05', 'd', 500),
    ]);
    expect(
      ['2027-01-10', '2027-01-20', '2027-02-10', '2027-06-01', '2027-06-05'].map((day) => eva.on(day).tier),
    ).toEqual([...['shine', 'glow', 'shine', 'shine', 'glow']]);
  });

  test('coming back for less than keeping asks is refused', () => {
    const tiers = {
      basis: 'spend',
      window: { kind: 'lifetime' },
      levels: [{ id: 'a', enter: 100, keep: 50, reenter: 40 }],
    };
    expect(programRules.safeParse({ ...base, tiers }).error?.issues[0]?.message).toMatch(
      /cannot take less than keeping/,
    );
  });

  test('a level brings its perks as long as it is held', () => {
    const perks = [
      { kind: 'free-shipping', minCart: 4_000 },
      { kind: 'access', id: 'first-look', hours: 48 },
    ];
    const tiers = {
      basis: 'spend',
      window: { kind: 'lifetime' },
      levels: [{ id: 'shine' }, { id: 'glow', enter: 10_000, perks }],
    };
    const order = buys('2027-02-01', 'a', 12_000);
    const eva = life({ tiers }, [order, returned('2027-03-01', order, 5_000)]);
    expect(eva.on('2027-01-31').perks).toEqual([]);
    const glow = life({ tiers }, [order]);
    expect(glow.on('2027-02-01').perks).toEqual(perks);
    expect(eva.on('2027-03-01').perks).toEqual([]);
  });

  test.each([
    [{ season: { from: '06-01', to: '06-07' } }, ['06-01T00:00', '06-08T00:00']],
    [{ birthday: 'week' }, ['06-18T00:00', '06-25T00:00']],
    [
      { dates: { from: '2027-03-01', to: '2027-03-02' }, hours: { from: '17:00', to: '19:00' } },
      ['03-01T17:00', '03-01T19:00', '03-02T17:00', '03-02T19:00'],
    ],
    [{ from: '2027-05-01T09:30', to: '2027-05-03T18:00' }, ['05-01T09:30', '05-03T18:00']],
    [{ memberDays: { min: 30, max: 31 } }, ['01-31T00:00', '02-02T00:00']],
  ])('a perk that holds only %j is there then and not else, and each change of it falls due', (when, turns) => {
    const perks = [{ kind: 'percent', percent: '10', when }];
    const eva = life({ tiers: { basis: 'spend', window: { kind: 'lifetime' }, levels: [{ id: 'all', perks }] } }, []);
    const due: string[] = [];
    for (let at = Date.parse(noon('2027-01-01')); at < Date.UTC(2028, 0, 1);) {
      const now = eva.at(at);
      expect(now.perks).toHaveLength(due.length % 2);
      if (now.due === null) break;
      expect(eva.at(now.due - 1).perks).toEqual(now.perks);
      at = now.due;
      if (at < Date.UTC(2028, 0, 1)) due.push(new Date(at).toISOString().slice(5, 16));
    }
    expect(due).toEqual(turns);
  });

  test('a level that takes something off falls when its day comes and at no other time by itself; where it takes nothing off nothing is due', () => {
    const amount = fc.integer({ min: 1, max: 200 });
    const window = fc.constantFrom(
      { kind: 'lifetime' },
      { kind: 'calendar-year' },
      { kind: 'member-year' },
      { kind: 'rolling', days: 45 },
    );
    const bought = fc.array(fc.tuple(fc.nat(300), amount), { minLength: 1, maxLength: 6 });
    const dayOf = (n: number) => new Date(Date.UTC(2027, 0, 2 + n)).toISOString().slice(0, 10);
    const percent = [{ kind: 'percent', percent: '10' }];
    const access = [{ kind: 'access', id: 'early' }];
    fc.assert(
      fc.property(window, bought, fc.constantFrom(0, 20), fc.boolean(), (kind, orders, graceDays, takesOff) => {
        const perks = takesOff ? percent : access;
        const tiers = {
          ...{ basis: 'spend', window: kind, graceDays, downgrade: 'one-step' },
          levels: [{ id: 'shine' }, { id: 'glow', enter: 100, keep: 80, perks }, { id: 'radiant', enter: 250, perks }],
        };
        const days = [...orders].sort(([a], [b]) => a - b);
        const eva = life(
          { tiers },
          days.map(([day, cents], n) => buys(dayOf(day), `o${n}`, cents)),
        );
        let at = Date.parse(noon(dayOf(days.at(-1)?.[0] ?? 0)));
        const places: (string | null)[] = [];
        for (let last: number | null = at; last !== null; last = eva.at(at).due) {
          if (last > at) expect(eva.at(last - 1).tier).toBe(places.at(-1));
          at = last;
          const { tier } = eva.at(at);
          expect(places).not.toContain(tier);
          places.push(tier);
        }
        if (takesOff) expect(eva.at(Date.UTC(2040, 0, 1)).tier).toBe(places.at(-1));
        else expect(places).toHaveLength(1);
      }),
      { numRuns: 150 },
    );
  });

  test('a birthday gives by the level held on the day', () => {
    const tiers = { basis: 'spend', window: { kind: 'calendar-year' }, levels };
    const birthday = { gives: 0, givesByTier: { glow: 50, radiant: 80 } };
    const of = (net: number) =>
      life({ tiers, birthday }, [buys('2027-04-01', 'a', net)]).on('2027-06-18').units['points'];
    expect([of(9_999), of(10_000), of(30_000)].map((points) => points?.available)).toEqual([0n, 50n, 80n]);
    const byPoints = { ...tiers, basis: 'points' };
    expect(programRules.safeParse({ ...base, tiers: byPoints, birthday }).error?.issues[0]?.message).toMatch(
      /by level/,
    );
  });
});

describe('D15: terms by level and by gift', () => {
  test('what is earned on a level lives by its terms, what a gift gives by its own, soonest end first', () => {
    const program = {
      units: { points: { expiry: { kind: 'months', months: 6 }, expiryByTier: { gold: { kind: 'none' } } } },
      earning: perEuro,
      tiers: { basis: 'spend', window: { kind: 'lifetime' }, levels: [{ id: 'all' }, { id: 'gold', enter: 10_000 }] },
      joining: { gives: 25, expiry: { kind: 'days', days: 30 } },
    };
    const eva = life(program, [buys('2027-01-10', 'a', 12_000), buys('2027-02-10', 'b', 1_000)]);
    const ends = (day: string) =>
      eva
        .on(day)
        .units['points']?.lots.map(({ of, ends }) => [
          of,
          ends === null ? null : new Date(ends).toISOString().slice(0, 10),
        ]);
    expect(ends('2027-01-15')).toEqual([
      ['join:eva', '2027-02-01'],
      ['order:a', '2027-07-11'],
    ]);
    expect(ends('2027-08-01')).toEqual([['order:b', null]]);
  });
});

describe('B2: stamp cards', () => {
  const card = { id: 'cups', per: 'item', needs: 12, start: 2, pays: { unit: 'drink', gives: 1 } };
  const program = (more: object) => ({
    units: { drink: {}, cookie: {} },
    stamps: [{ ...card, steps: [{ at: 5, pays: { unit: 'cookie', gives: 1 } }], ...more }],
  });
  const drinks = (day: string, n: number) =>
    buys(day, `o${day}`, 350 * n, { lines: [{ id: '1', product: 'p', net: 350 * n, quantity: n }] });

  test('a new card has its head start, gives something on the way, and begins again when it is full', () => {
    const eva = life(program({}), [drinks('2027-02-01', 2), drinks('2027-02-02', 1), drinks('2027-02-03', 8)]);
    const seen = (day: string) => {
      const { stamps, units } = eva.on(day);
      return [stamps['cups'], units['cookie']?.available, units['drink']?.available];
    };
    expect(seen('2027-01-31')).toEqual([{ stamps: 2, filled: 0 }, 0n, 0n]);
    expect(seen('2027-02-02')).toEqual([{ stamps: 5, filled: 0 }, 1n, 0n]);
    expect(seen('2027-02-03')).toEqual([{ stamps: 3, filled: 1 }, 1n, 1n]);
  });

  test('on the first card alone', () => {
    const eva = life(program({ startOn: 'first-card' }), [drinks('2027-02-01', 10), drinks('2027-02-02', 12)]);
    expect(eva.on('2027-02-01').stamps['cups']).toEqual({ stamps: 0, filled: 1 });
    expect(eva.on('2027-02-02').stamps['cups']).toEqual({ stamps: 0, filled: 2 });
  });

  test('days that count double, a most for a day, and a card that lies idle', () => {
    const more = {
      maxPerDay: 4,
      idleDays: 60,
      bonus: [{ id: 'rain', factor: 2, when: { dates: { from: '2027-02-02', to: '2027-02-02' } } }],
    };
    const eva = life(program(more), [drinks('2027-02-01', 6), drinks('2027-02-02', 1)]);
    expect(eva.on('2027-02-01').stamps['cups']?.stamps).toBe(6);
    expect(eva.on('2027-02-02').stamps['cups']?.stamps).toBe(8);
    expect(eva.on('2027-04-03').stamps['cups']?.stamps).toBe(8);
    const idle = eva.on('2027-04-04');
    expect([idle.stamps['cups']?.stamps, idle.units['cookie']?.available]).toEqual([2, 1n]);
  });

  test('stamp by stamp or many at once, what was filled and passed is the same', () => {
    const one = fc.record({
      needs: fc.integer({ min: 3, max: 12 }),
      start: fc.integer({ min: 0, max: 2 }),
      at: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(
        one,
        fc.boolean(),
        fc.array(fc.integer({ min: 1, max: 30 }), { maxLength: 6 }),
        ({ needs, start, at }, first, bought) => {
          const steps = [{ at: Math.min(at, needs), pays: { unit: 'cookie', gives: 1 } }];
          const eva = life(
            program({ needs, start, steps, ...(first && { startOn: 'first-card' }) }),
            bought.map((n, i) => drinks(`2027-02-${String(i + 1).padStart(2, '0')}`, n)),
          );
          let [on, filled, passed] = [start, 0, 0];
          for (let i = bought.reduce((sum, n) => sum + n, 0); i > 0; i--) {
            on++;
            if (on === steps[0]?.at) passed++;
            if (on === needs) [on, filled] = [first ? 0 : start, filled + 1];
          }
          const { stamps, units } = eva.on('2027-02-10');
          expect([stamps['cups'], units['cookie']?.available]).toEqual([{ stamps: on, filled }, BigInt(passed)]);
        },
      ),
      { numRuns: 100 },
    );
  });
});
