import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { buys, life, noon, perEuro, returned } from './one-life.js';

describe('points that turn into something by themselves', () => {
  const rule = { id: 'note', every: 100, pays: { unit: 'notes', gives: 1 }, when: 'at-once', onReturn: 'undo-unused' };
  const program = (more: object = {}) => ({
    units: { points: {}, notes: { expiry: { kind: 'days', days: 60 } } },
    earning: perEuro,
    converts: [{ ...rule, ...more }],
    rewards: [{ id: 'note', kind: 'amount-off', unit: 'notes', points: 1, off: 250 }],
  });
  const purse = (member: ReturnType<ReturnType<typeof life>['on']>) => [
    member.units['points']?.available,
    member.units['points']?.debt,
    member.units['notes']?.available,
  ];

  test('a return first takes back what is unused, and the rest is the member’s again', () => {
    const order = buys('2027-03-01', 'b', 6_600);
    const eva = life(program(), [buys('2027-02-01', 'a', 3_800), order, returned('2027-03-08', order, 6_600)]);
    expect(purse(eva.on('2027-02-02'))).toEqual([38n, 0n, 0n]);
    expect(purse(life(program(), [buys('2027-02-01', 'a', 3_800), order]).on('2027-03-01'))).toEqual([4n, 0n, 1n]);
    expect(purse(eva.on('2027-03-08'))).toEqual([38n, 0n, 0n]);
  });

  test('what was used, or stays by the rule, is owed instead', () => {
    const order = buys('2027-03-01', 'b', 6_600);
    const used = {
      day: '2027-03-02',
      kind: 'reserve',
      id: 'R',
      reward: 'note',
      cart: { lines: [{ id: '1', net: 5_000 }] },
    };
    const back = returned('2027-03-08', order, 6_600);
    expect(purse(life(program(), [buys('2027-02-01', 'a', 3_800), order, used, back]).on('2027-03-08'))).toEqual([
      0n,
      62n,
      0n,
    ]);
    expect(
      purse(life(program({ onReturn: 'stays' }), [buys('2027-02-01', 'a', 3_800), order, back]).on('2027-03-08')),
    ).toEqual([...[0n, 62n, 1n]]);
  });

  test('B1, D1: nothing is owed while something of it is unused; what lapses unused is gone where nothing else is said', () => {
    const third = buys('2027-08-08', 'c', 6_600);
    const voucher = {
      ...{ day: '2027-04-20', kind: 'reserve', id: 'V1', reward: 'note' },
      cart: { lines: [{ id: '1', net: 4_500 }] },
    };
    const year = life(program(), [
      buys('2027-04-01', 'a', 12_800),
      voucher,
      buys('2027-06-15', 'b', 11_000),
      third,
      returned('2027-08-14', third, 6_600),
    ]);
    expect(purse(year.on('2027-04-01'))).toEqual([28n, 0n, 1n]);
    expect(purse(year.on('2027-06-15'))).toEqual([38n, 0n, 1n]);
    expect(purse(year.on('2027-08-08'))).toEqual([4n, 0n, 2n]);
    expect(purse(year.on('2027-08-14'))).toEqual([38n, 0n, 1n]);
    expect(purse(year.on('2027-08-15'))).toEqual([38n, 0n, 0n]);
  });

  test('it pays at once what is owed of what it becomes', () => {
    const taken = { day: '2027-02-01', kind: 'adjust', id: 'A', member: 'eva', unit: 'notes', amount: -3 };
    const eva = life(program(), [taken, buys('2027-02-02', 'a', 23_000)]).on('2027-02-02');
    expect(purse(eva)).toEqual([30n, 0n, 0n]);
    expect(eva.units['notes']?.debt).toBe(1n);
  });

  test('what lapses unused becomes what it was made of, where the rule says so, and turns again at the next end', () => {
    const certificates = {
      units: { points: {}, notes: { expiry: { kind: 'days', days: 89 } } },
      earning: [{ id: 'base', kind: 'rate', points: 2, per: 100 }],
      converts: [{ ...rule, when: 'quarter-end', onLapse: 'back' }],
      rewards: [{ id: 'kr', kind: 'slider', unit: 'notes', step: 1, off: 100 }],
    };
    const uses = (day: string, id: string, points: number) => ({
      ...{ day, kind: 'reserve', id, reward: 'kr', points, cart: { lines: [{ id: '1', net: 90_000 }] } },
    });
    const year = life(certificates, [
      buys('2027-03-31', 'a', 655_000),
      uses('2027-04-20', 'C1', 40),
      buys('2027-04-20', 'b', 0, { redemptions: [{ id: 'C1', off: 4_000 }] }),
      uses('2027-06-25', 'C2', 3),
      { day: '2027-07-02', kind: 'release', redemption: 'C2' },
    ]);
    expect(purse(year.on('2027-04-01'))).toEqual([0n, 0n, 131n]);
    // the points of it are due that very day, which no sweep of lots would tell
    expect(year.on('2027-06-26').due).toBe(Date.UTC(2027, 5, 30));
    expect(purse(year.on('2027-06-30'))).toEqual([8_800n, 0n, 0n]);
    expect(purse(year.on('2027-07-01'))).toEqual([0n, 0n, 88n]);
    // what was held for a code comes back when the code is dead, and has lapsed by then
    expect(purse(year.on('2027-07-02'))).toEqual([300n, 0n, 88n]);
    expect(purse(year.on('2027-10-01'))).toEqual([0n, 0n, 91n]);
    expect(() => life(program({ onLapse: 'back' }), [])).toThrow(/turn again the moment it lapses/);
  });

  test('what it would become may have a last day that is past: the points are there again at once', () => {
    const late = { units: { points: {}, notes: { expiry: { kind: 'date', date: '2027-01-31' } } } };
    const facts = [buys('2027-02-10', 'a', 23_000)];
    const eva = life({ ...program({ when: 'month-end', onLapse: 'back' }), ...late }, facts);
    expect(purse(eva.on('2027-03-01'))).toEqual([230n, 0n, 0n]);
    expect(purse(eva.on('2027-04-01'))).toEqual([230n, 0n, 0n]);
    const gone = life({ ...program({ when: 'month-end' }), ...late }, facts);
    expect(purse(gone.on('2027-03-01'))).toEqual([30n, 0n, 0n]);
  });

  test('at the end of a month: at the local midnight, and not before', () => {
    const eva = life(program({ when: 'month-end' }), [buys('2027-03-31', 'a', 23_000)]);
    expect(purse(eva.on('2027-03-31'))).toEqual([230n, 0n, 0n]);
    expect(eva.on('2027-03-31').due).toBe(Date.UTC(2027, 3, 1));
    expect(purse(eva.on('2027-04-01'))).toEqual([30n, 0n, 2n]);
  });

  test('at the end of a quarter, so often at most: what is left waits for the next one', () => {
    const eva = life(program({ when: 'quarter-end', atMost: 2 }), [buys('2027-02-10', 'a', 53_000)]);
    expect(purse(eva.on('2027-03-31'))).toEqual([530n, 0n, 0n]);
    expect(eva.on('2027-03-31').due).toBe(Date.UTC(2027, 3, 1));
    expect(purse(eva.on('2027-04-01'))).toEqual([330n, 0n, 2n]);
    expect(eva.on('2027-04-01').due).toBe(Date.UTC(2027, 6, 1));
    expect(purse(eva.on('2027-07-01'))).toEqual([130n, 0n, 2n]);
    expect(purse(eva.on('2027-10-01'))).toEqual([30n, 0n, 1n]);
    expect(() => life(program({ atMost: 2 }), [])).toThrow(/no next time to wait for/);
  });

  test('a year’s dividend: one per cent is sure, and a rate that is set after the year holds for what the year gave', () => {
    const dividend = (øre: number) => ({
      units: { points: {}, notes: {} },
      earning: perEuro,
      converts: [{ ...rule, every: 1, pays: { unit: 'notes', gives: øre }, when: 'year-end', onReturn: 'stays' }],
    });
    const bought = buys('2027-06-15', 'a', 420_000);
    expect(purse(life(dividend(1), [bought]).on('2027-12-31'))).toEqual([4_200n, 0n, 0n]);
    expect(purse(life(dividend(1), [bought]).on('2028-01-14'))).toEqual([0n, 0n, 4_200n]);
    // on 15 January the rules are published that hold since the last day of the year
    const better = { day: '2027-12-31', kind: 'rules', program: dividend(2) };
    expect(purse(life(dividend(1), [bought, better]).on('2028-01-15'))).toEqual([0n, 0n, 8_400n]);
  });

  test('whatever is bought and brought back, in any order: nothing is made and nothing lost', () => {
    const order = fc.record({ net: fc.integer({ min: 1, max: 400 }), back: fc.integer({ min: 0, max: 400 }) });
    fc.assert(
      fc.property(fc.array(order, { maxLength: 8 }), fc.boolean(), fc.boolean(), (orders, stays, monthly) => {
        const facts = orders.flatMap(({ net, back }, i) => {
          const bought = buys(`2027-02-0${i + 1}`, `o${i}`, net * 100);
          return [bought, returned(`2027-03-0${i + 1}`, bought, Math.min(net, back) * 100)];
        });
        const lapsing = { when: 'month-end', onLapse: 'back' };
        const eva = life(
          {
            ...program({ onReturn: stays ? 'stays' : 'undo-unused', ...(monthly ? lapsing : {}) }),
            units: { points: {}, notes: monthly ? { expiry: { kind: 'days', days: 3 } } : {} },
          },
          facts,
        );
        const { points, notes } = eva.on('2027-04-02').units;
        const left = orders.reduce((sum, { net, back }) => sum + net - Math.min(net, back), 0);
        expect((points?.available ?? 0n) - (points?.debt ?? 0n) + (notes?.available ?? 0n) * 100n).toBe(BigInt(left));
        expect(points?.available).toBeLessThan(100n);
        if (!stays || monthly) expect(points?.debt).toBe(0n);
      }),
      { numRuns: 100 },
    );
  });
});

describe('B5: a paid membership that is brought back', () => {
  const pass = buys('2027-02-01', 'pass', 2_900, { lines: [{ id: '1', product: 'pass', net: 2_900 }] });
  const back = {
    ...returned('2027-05-01', pass, 0),
    refunds: [{ id: 'r', at: noon('2027-05-01'), lines: [{ line: '1', quantity: 1, net: 2_900 }] }],
  };
  const membership = { product: 'pass', months: 12, perks: [{ kind: 'free-shipping' }] };

  test('ends its term from then on, where the rules say so, else it was never there', () => {
    const ending = life({ membership: { ...membership, onReturn: 'end' } }, [pass, back]);
    expect(ending.on('2027-04-30').membership).not.toBeNull();
    expect(ending.on('2027-04-30').perks).toEqual([{ kind: 'free-shipping' }]);
    expect(ending.on('2027-05-01').membership).toBeNull();
    expect(life({ membership }, [pass, back]).on('2027-05-02').membership).toBeNull();
  });

  test('of two terms the one that stands goes on', () => {
    const second = buys('2027-03-01', 'pass2', 2_900, { lines: [{ id: '1', product: 'pass', net: 2_900 }] });
    const eva = life({ membership: { ...membership, onReturn: 'end' } }, [pass, second, back]);
    expect(eva.on('2027-04-30').membership?.until).toBe(Date.parse(noon('2029-02-01')));
    expect(eva.on('2027-05-02').membership?.until).toBe(Date.parse(noon('2028-02-01')));
  });
});
