import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { replay } from '../../src/rules/replay.js';
import { Knowledge } from '../support/knowledge.js';
import { base, noon, perEuro } from './one-life.js';

/** Two members who review or bring friends; facts are told in their order. */
function told(
  program: object,
  facts: readonly ({ day: string; kind: string } & Record<string, unknown>)[],
  on: string,
) {
  const knowledge = new Knowledge({ ...base, ...program });
  for (const member of ['eva', 'jan']) {
    knowledge.learn({ kind: 'join', at: noon('2027-01-01'), member, customers: [member] }, 0);
  }
  for (const { day, ...fact } of facts) knowledge.learn({ at: noon(day), ...fact }, Date.parse(noon(day)));
  return replay(knowledge.known, Date.parse(noon(on)));
}

describe('C3: reviews are given for so often within a period', () => {
  const program = { reviews: { gives: 5, limits: { month: 2, lifetime: 3 } } };
  const review = (day: string, id: string, more: object = {}) => ({
    ...{ day, kind: 'review', id, product: id, customer: 'eva', status: 'approved', written: noon(day) },
    ...more,
  });
  const reasons = ({ decisions }: ReturnType<typeof told>) =>
    Object.fromEntries(Object.entries(decisions).map(([key, { reason }]) => [key, reason]));

  test('the first of a month and of a life are; the next one is told why not, and has the room of one that is taken down', () => {
    const all = ['03-01', '03-02', '03-03', '04-01', '04-02'].map((day, i) => review(`2027-${day}`, `r${i}`));
    const books = told(program, all, '2027-05-01');
    expect(reasons(books)).toEqual({
      ...{ 'review:r0': 'earned', 'review:r1': 'earned', 'review:r2': 'limit' },
      ...{ 'review:r3': 'earned', 'review:r4': 'limit' },
    });
    expect(books.members['eva']?.units['points']?.available).toBe(15n);
    const gone = review('2027-03-01', 'r0', { day: '2027-05-01', status: 'removed' });
    const after = told(program, [...all, gone], '2027-05-02');
    expect(after.members['eva']?.units['points']?.available).toBe(15n);
    expect(reasons(after)).toMatchObject({ 'review:r0': 'not-approved', 'review:r2': 'earned', 'review:r4': 'limit' });
  });

  test('whatever is written, approved and merged when: within each month never more, and as many as there is room for', () => {
    const one = fc.record({
      day: fc.integer({ min: 1, max: 28 }),
      month: fc.integer({ min: 2, max: 4 }),
      who: fc.constantFrom('eva', 'jan'),
      stands: fc.boolean(),
    });
    fc.assert(
      fc.property(fc.array(one, { maxLength: 10 }), fc.boolean(), fc.nat(), (list, merged, salt) => {
        const facts = list.map(({ day, month, who, stands }, i) => {
          const written = `2027-0${month}-${String(day).padStart(2, '0')}`;
          return review(written, `r${i}`, { customer: who, status: stands ? 'approved' : 'pending' });
        });
        const shuffled = [...facts].sort(
          (a, b) => ((a.id.charCodeAt(1) * 31 + salt) % 7) - ((b.id.charCodeAt(1) * 31 + salt) % 7),
        );
        const merge = { day: '2027-06-01', kind: 'merge', from: 'jan', into: 'eva' };
        const limits = { reviews: { gives: 5, limits: { month: 2 } } };
        const books = told(limits, merged ? [...shuffled, merge] : shuffled, '2027-07-01');
        const room = new Map<string, number>();
        for (const { month, who, stands } of list) {
          const place = `${merged ? 'both' : who} ${month}`;
          if (stands) room.set(place, Math.min(2, (room.get(place) ?? 0) + 1));
        }
        const wanted = [...room.values()].reduce((sum, n) => sum + n, 0);
        const given = Object.values(books.members).reduce((sum, of) => sum + (of.units['points']?.available ?? 0n), 0n);
        expect(given).toBe(BigInt(5 * wanted));
      }),
      { numRuns: 60 },
    );
  });
});

describe('C4: an advocate is paid for so many friends within a period', () => {
  const program = {
    earning: perEuro,
    referral: { advocate: 50, friend: 10, returnDays: 14, limits: { month: 2 } },
  };
  const brings = (friend: string) => [
    { day: '2027-02-01', kind: 'join', member: friend, customers: [friend] },
    { day: '2027-02-01', kind: 'referral', id: friend, advocate: 'eva', customer: friend },
  ];
  const orders = (day: string, friend: string, refunds: object[] = []) => ({
    ...{ day, kind: 'order', id: `o-${friend}`, customer: friend, placed: noon(day), paid: noon(day) },
    ...{ lines: [{ id: '1', product: 'p', net: 3_000 }], refunds },
  });

  test('the third friend of a month has theirs, the advocate is told why not; one who sent all back took no room', () => {
    const friends = ['a', 'b', 'c', 'd'];
    const facts = [...friends.flatMap(brings), ...friends.map((one, i) => orders(`2027-02-1${i + 1}`, one))];
    const books = told(program, facts, '2027-03-31');
    expect(books.members['eva']?.units['points']?.available).toBe(100n);
    expect(friends.map((one) => books.decisions[`referral:${one}`]?.reason)).toEqual([
      'earned',
      'earned',
      'limit',
      'limit',
    ]);
    expect(books.members['d']?.units['points']?.available).toBe(40n);
    const back = [{ id: 'r', at: noon('2027-02-20'), amount: 3_000 }];
    const kept = told(
      program,
      [...facts, { ...orders('2027-02-12', 'b', back), at: noon('2027-02-20') }],
      '2027-03-31',
    );
    expect(friends.map((one) => kept.decisions[`referral:${one}`]?.reason)).toEqual([
      'earned',
      'refunded',
      'earned',
      'limit',
    ]);
  });
});
