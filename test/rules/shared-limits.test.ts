import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { promise } from '../../src/rules/promise.js';
import { replay } from '../../src/rules/replay.js';
import { Knowledge } from '../support/knowledge.js';
import type { Fact } from '../support/read-example.js';
import { base, buys, noon, perEuro, returned } from './one-life.js';

type Told = Partial<Fact> & { day: string; kind: string };
const MORE = { customer: 'eva', member: 'eva' };

function knowing(program: object, facts: readonly Told[]): Knowledge {
  const knowledge = new Knowledge({ ...base, ...program });
  for (const member of ['eva', 'jan']) {
    knowledge.learn({ kind: 'join', at: noon('2027-01-01'), member, customers: [member] }, 0);
  }
  for (const { day, ...fact } of facts)
    knowledge.learn({ ...MORE, at: noon(day), ...fact } as Fact, Date.parse(noon(day)));
  return knowledge;
}

const booksOf = (program: object, facts: readonly Told[], on: string) =>
  replay(knowing(program, facts).known, Date.parse(noon(on)));
const points = (books: ReturnType<typeof booksOf>, member = 'eva') => books.members[member]?.units['points']?.available;
const deed = (day: string, of: string, id = `${of} ${day}`): Told => ({ day, kind: 'deed', id, of });
const review = (day: string, id: string): Told => ({
  ...{ day, kind: 'review', id, product: id, status: 'approved', written: noon(day) },
});
const event = (id: string, gives: number, more: object = {}) => ({ id, kind: 'event', gives, ...more });
const together = (limits: object[], ...rules: string[]) => [{ id: 'actions', rules, limits }];

describe('C1: one limit over several rules', () => {
  const program = {
    earning: perEuro,
    joining: { gives: 10 },
    reviews: { gives: 30 },
    deeds: [event('trail', 20), event('cup', 7)],
    sharedLimits: together([{ per: 'year', points: 60 }], 'trail', 'reviews', 'base'),
  };

  test('the first have the first of it, one has what is left, and the next is told why not; next year it begins anew', () => {
    const facts = [deed('2027-02-01', 'trail'), review('2027-02-02', 'r'), deed('2027-02-03', 'trail')];
    const more = [deed('2027-02-04', 'trail'), deed('2027-02-05', 'cup'), deed('2028-01-02', 'trail')];
    const books = booksOf(program, [...facts, ...more], '2028-01-03');
    // 10 for joining and 7 for the cup are not under it: 20 + 30 + 10 of 20 + 0, then 20 of the next year
    expect(points(books)).toBe(10n + 60n + 7n + 20n);
    const cut = [{ id: 'actions', why: 'shared-limit' }];
    expect(books.decisions['event:trail 2027-02-03']).toMatchObject({
      reason: 'earned',
      gives: { points: 10n },
      missed: cut,
    });
    expect(books.decisions['event:trail 2027-02-04']).toMatchObject({ reason: 'shared-limit', gives: {}, missed: cut });
    expect(books.decisions['review:r']).toMatchObject({ reason: 'earned', missed: [] });
  });

  test('orders and gifts share it by who counted first; what goes back leaves its room to what came later', () => {
    const first = buys('2027-03-01', 'o1', 4_500);
    const facts = [first, deed('2027-03-02', 'trail'), buys('2027-03-03', 'o2', 2_000)];
    const books = booksOf(program, facts, '2027-03-04');
    // 45 of the order, 15 of the trail's 20, nothing of the second order
    expect(points(books)).toBe(10n + 60n);
    expect(books.decisions['order:o2']?.missed).toContainEqual({ id: 'actions', why: 'shared-limit' });
    const back = booksOf(program, [...facts, returned('2027-03-05', first, 3_000)], '2027-03-06');
    // the order keeps 15: the trail has its 20, the second order its 20
    expect(points(back)).toBe(10n + 55n);
    expect(back.decisions['order:o2']?.gives).toEqual({ points: 20n });
  });

  test('a cart is promised what is left of it', () => {
    const { known } = knowing(program, [deed('2027-03-02', 'trail'), review('2027-03-03', 'r')]);
    const line = { id: '1', kind: 'product', product: 'p', quantity: 1, net: 4_000, tax: 0 };
    const cart = { money: base.money, channel: 'web', lines: [line], shipping: { net: 0, tax: 0 } };
    expect(promise(known, 'eva', cart as never, Date.parse(noon('2027-03-04'))).gives).toEqual({ points: 10n });
  });

  test('points of one rule: the last time gives the rest; merged members have one room', () => {
    const alone = { deeds: [event('trail', 20, { limits: { day: 1, points: { month: 50 } } })] };
    const days = ['01', '02', '03', '04'].map((day) => deed(`2027-02-${day}`, 'trail'));
    const books = booksOf(alone, [...days, deed('2027-02-04', 'trail', 'again')], '2027-02-05');
    expect(points(books)).toBe(50n);
    expect([books.decisions['event:again'], books.decisions['event:trail 2027-02-04']]).toMatchObject([
      { reason: 'limit', missed: [] },
      { reason: 'limit', missed: [] },
    ]);
    const other = { ...deed('2027-02-02', 'trail', 'jan'), member: 'jan' };
    const merge = { day: '2027-02-06', kind: 'merge', from: 'jan', into: 'eva' };
    expect(points(booksOf(alone, [...days, other], '2027-02-05'), 'jan')).toBe(20n);
    expect(points(booksOf(alone, [...days, other, merge], '2027-02-07'))).toBe(50n);
  });

  test('whatever is bought, done, written, sent back and told when: a plain count over the days says the same', () => {
    const what = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      kind: fc.constantFrom('order', 'trail', 'review'),
      back: fc.integer({ min: 0, max: 40 }),
    });
    const limits = [
      { per: 'week', points: 60 },
      { per: 'month', times: 5 },
    ];
    const rules = { ...program, joining: undefined, sharedLimits: together(limits, 'trail', 'reviews', 'base') };
    fc.assert(
      fc.property(fc.uniqueArray(what, { maxLength: 9, selector: ({ day }) => day }), fc.nat(), (list, salt) => {
        const facts = list.flatMap(({ day, kind, back }): Told[] => {
          const date = `2027-02-${String(day).padStart(2, '0')}`;
          if (kind === 'trail') return [deed(date, 'trail')];
          if (kind === 'review') return [review(date, `r${day}`)];
          const order = buys(date, `o${day}`, 4_000);
          return back < 20 ? [order] : [order, returned('2027-03-01', order, back * 100)];
        });
        const shuffled = facts.map((fact, i) => ({ fact, at: (i * 7 + salt) % 11 })).sort((a, b) => a.at - b.at);
        const books = booksOf(
          rules,
          shuffled.map(({ fact }) => fact),
          '2027-03-02',
        );
        // 1 February 2027 is a Monday
        const weeks = new Map<number, number>();
        let times = 0;
        for (const { day, kind, back } of [...list].sort((a, b) => a.day - b.day)) {
          const worth = { trail: 20, review: 30, order: back < 20 ? 40 : 40 - back }[kind] ?? 0;
          const week = Math.floor((day - 1) / 7);
          const had = weeks.get(week) ?? 0;
          const given = times < 5 ? Math.min(worth, 60 - had) : 0;
          weeks.set(week, had + given);
          if (given > 0) times += 1;
        }
        expect(points(books)).toBe(BigInt([...weeks.values()].reduce((sum, n) => sum + n, 0)));
      }),
      { numRuns: 40 },
    );
  });
});
