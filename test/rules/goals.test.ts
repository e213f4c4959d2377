import { describe, expect, test } from '@jest/globals';
import { dependsOnHistory } from '../../src/rules/judge-order.js';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import { goals } from '../../src/rules/goals/index.js';
import { replay } from '../../src/rules/replay.js';
import { at, knownOf, MEMBER, orderOf } from './known-of.js';

const LATE = '2027-12-01T00:00';

function booksOf(goal: Record<string, unknown>, facts: Partial<Known>, now = LATE, program = {}) {
  return replay({ ...knownOf({ goals: [{ id: 'g', gives: 100, ...goal }], ...program }), ...facts }, at(now));
}
const pointsOf = (...args: Parameters<typeof booksOf>) => booksOf(...args).members[MEMBER]?.units['points']?.available;
const goalOf = (...args: Parameters<typeof booksOf>) => booksOf(...args).members[MEMBER]?.goals['g'];
const ordersOn = (...days: string[]): KnownOrder[] => days.map((day, i) => orderOf(`O${i}`, `${day}T12:00`, 1000));
const cancelled = (order: KnownOrder, when: string): KnownOrder => ({ ...order, cancelled: at(when) });

describe('C11: milestones', () => {
  const third = { counts: { kind: 'orders' }, needs: 3 };

  test('the nth order, once; taken back when an order goes, given anew when another takes its place', () => {
    const orders = ordersOn('2026-02-01', '2026-02-02', '2026-02-03');
    expect(pointsOf(third, { orders }, '2026-02-03T11:59')).toBe(0n);
    expect(pointsOf(third, { orders }, '2026-02-03T12:00')).toBe(100n);
    const gone = [cancelled(orders[0]!, '2026-02-10T00:00'), ...orders.slice(1)];
    expect(pointsOf(third, { orders: gone }, '2026-02-09T00:00')).toBe(100n);
    expect(booksOf(third, { orders: gone }).decisions[`goal:${MEMBER}:g#1`]).toMatchObject({
      reason: 'goal-lost',
      gives: {},
    });
    expect(pointsOf(third, { orders: gone })).toBe(0n);
    expect(pointsOf(third, { orders: [...gone, orderOf('O9', '2026-03-01T09:00', 500)] })).toBe(100n);
  });

  test('every tenth: the 20th gives again, the 19th does not', () => {
    const orders = (n: number) =>
      Array.from({ length: n }, (_, i) => orderOf(`O${i}`, `2026-02-01T10:${10 + i}`, 1000));
    const every = { counts: { kind: 'orders' }, needs: 10, every: true };
    expect(pointsOf(every, { orders: orders(19) })).toBe(100n);
    expect(pointsOf(every, { orders: orders(20) })).toBe(200n);
    expect(goalOf(every, { orders: orders(23) })).toMatchObject({ have: 3n, needs: 10, times: 2 });
  });

  test('an amount spent: 500.00 in a calendar year, each year; a refund of one cent too many takes it back', () => {
    const spend = { counts: { kind: 'spend' }, needs: 50_000, within: { kind: 'each', period: 'year' } };
    const big = orderOf('A', '2026-06-01T12:00', 50_000);
    const next = [orderOf('B', '2027-01-01T00:00', 49_999), orderOf('C', '2027-05-01T12:00', 1)];
    expect(pointsOf(spend, { orders: [big] })).toBe(100n);
    expect(pointsOf(spend, { orders: [big, ...next] })).toBe(200n);
    const refund = {
      id: 'r',
      at: at('2027-06-01T00:00'),
      lines: [],
      amount: 1,
      failed: null,
      shipping: { net: 0, tax: 0 },
    };
    expect(pointsOf(spend, { orders: [{ ...big, refunds: [refund] }, ...next] })).toBe(100n);
    expect(goalOf(spend, { orders: [big, ...next] }, '2027-03-01T00:00')).toMatchObject({
      ...{ have: 49_999n, needs: 50_000, times: 1 },
      ends: at('2028-01-01T00:00'),
    });
  });

  test('orders below the minimum, of other products, unpaid or test orders are none of them', () => {
    const picky = { counts: { kind: 'orders', min: 1000, where: { products: ['p1'] } }, needs: 1 };
    const lines = [{ id: '1', product: 'p2', quantity: 1, net: 9000 }];
    expect(pointsOf(picky, { orders: [orderOf('A', '2026-02-01T12:00', 999)] })).toBe(0n);
    expect(pointsOf(picky, { orders: [orderOf('A', '2026-02-01T12:00', 0, { lines })] })).toBe(0n);
    expect(pointsOf(picky, { orders: [orderOf('A', '2026-02-01T12:00', 1000, { test: true })] })).toBe(0n);
    expect(pointsOf(picky, { orders: [orderOf('A', '2026-02-01T12:00', 1000, { paid: null })] })).toBe(0n);
    expect(pointsOf(picky, { orders: [orderOf('A', '2026-02-01T12:00', 1000)] })).toBe(100n);
  });
});

describe('C7, C11: years of membership', () => {
  const joinedOn = (day: string): Partial<Known> => ({
    members: [{ id: MEMBER, joined: at(`${day}T15:00`), mailbox: null, phone: null, birthdays: [] }],
    links: [],
  });
  const yearly = { counts: { kind: 'years' }, needs: 1, every: true };

  test('each anniversary from its local midnight; of 29 February on the 28th in other years, on the 29th in leap years', () => {
    const facts = joinedOn('2024-02-29');
    expect(pointsOf(yearly, facts, '2025-02-27T23:59')).toBe(0n);
    expect(pointsOf(yearly, facts, '2025-02-28T00:00')).toBe(100n);
    expect(pointsOf(yearly, facts, '2028-02-28T23:59')).toBe(300n);
    expect(pointsOf(yearly, facts, '2028-02-29T00:00')).toBe(400n);
  });

  test('falls due by itself: the member is settled at the next anniversary, and five years give once', () => {
    const facts = joinedOn('2026-01-10');
    expect(booksOf(yearly, facts, '2026-06-01T00:00').members[MEMBER]?.due).toBe(at('2027-01-10T00:00'));
    const five = { counts: { kind: 'years' }, needs: 5 };
    expect(pointsOf(five, facts, '2031-01-09T23:59')).toBe(0n);
    expect(pointsOf(five, facts, '2033-01-10T00:00')).toBe(100n);
  });
});

describe('C12: challenges', () => {
  test('between two dates, both included, by the moment of the order, even if it counts later', () => {
    const march = {
      counts: { kind: 'orders' },
      needs: 2,
      within: { kind: 'dates', from: '2026-03-01', to: '2026-03-31' },
    };
    const program = { counts: { after: 'paid', days: 14 } };
    const orders = [orderOf('A', '2026-03-01T00:00', 1000), orderOf('B', '2026-03-31T23:59', 1000)];
    expect(pointsOf(march, { orders }, '2026-04-14T23:58', program)).toBe(0n);
    expect(pointsOf(march, { orders }, '2026-04-14T23:59', program)).toBe(100n);
    const late = [orders[0]!, orderOf('B', '2026-04-01T00:00', 1000)];
    expect(goalOf(march, { orders: late })).toMatchObject({ have: 1n, times: 0, ends: at('2026-04-01T00:00') });
  });

  test('in thirty days from joining, and in any seven days on end', () => {
    const first = { counts: { kind: 'orders' }, needs: 2, within: { kind: 'joining', days: 30 } };
    expect(pointsOf(first, { orders: ordersOn('2026-01-05', '2026-01-30') })).toBe(100n);
    expect(pointsOf(first, { orders: ordersOn('2026-01-05', '2026-01-31') })).toBe(0n);
    const week = { counts: { kind: 'items' }, needs: 3, within: { kind: 'rolling', days: 7 } };
    expect(pointsOf(week, { orders: ordersOn('2026-02-01', '2026-02-04', '2026-02-07') })).toBe(100n);
    expect(pointsOf(week, { orders: ordersOn('2026-02-01', '2026-02-04', '2026-02-08') })).toBe(0n);
    expect(goalOf(week, { orders: ordersOn('2026-02-01', '2026-02-04') }, '2026-02-08T13:00')).toMatchObject({
      ...{ have: 1n, ends: at('2026-02-11T12:00') },
    });
  });

  test('of visits (a day counts once, an order is one), of deeds within their limits, of reviews', () => {
    const visits = ['2026-02-01T09:00', '2026-02-01T18:00', '2026-02-02T09:00'].map((when) => ({
      member: MEMBER,
      at: at(when),
    }));
    expect(pointsOf({ counts: { kind: 'visits' }, needs: 3 }, { visits })).toBe(0n);
    expect(pointsOf({ counts: { kind: 'visits' }, needs: 3 }, { visits, orders: ordersOn('2026-02-03') })).toBe(100n);
    const deeds = ['2026-02-01T09:00', '2026-02-01T18:00', '2026-02-02T09:00'].map((when) => ({
      ...{ kind: 'event' as const, of: 'cup', id: when, member: MEMBER, at: at(when) },
    }));
    const program = { deeds: [{ id: 'cup', kind: 'event', limits: { day: 1 } }] };
    expect(pointsOf({ counts: { kind: 'deeds', of: ['cup'] }, needs: 2 }, { deeds }, LATE, program)).toBe(100n);
    expect(pointsOf({ counts: { kind: 'deeds', of: ['cup'] }, needs: 3 }, { deeds }, LATE, program)).toBe(0n);
    const reviews = ['p1', 'p1', 'p2'].map((product, i) => ({
      ...{ id: `r${i}`, product, customer: `c${MEMBER}`, status: 'approved' as const, photo: false },
      ...{ at: at('2026-02-01T09:00') + i, written: at('2026-02-01T09:00') + i },
    }));
    const withReviews = { reviews: { gives: 1 } };
    expect(pointsOf({ counts: { kind: 'reviews' }, needs: 2 }, { reviews }, LATE, withReviews)).toBe(102n);
    expect(pointsOf({ counts: { kind: 'reviews' }, needs: 3 }, { reviews }, LATE, withReviews)).toBe(2n);
  });

  test('streaks: an order in each of three weeks on end, Monday to Sunday; a gap begins it anew', () => {
    const streak = { counts: { kind: 'orders' }, needs: 3, within: { kind: 'streak', period: 'week' } };
    const [sunday, monday, tuesday] = ['2026-03-08', '2026-03-09', '2026-03-17'];
    expect(pointsOf(streak, { orders: ordersOn(sunday, monday, tuesday) })).toBe(100n);
    expect(pointsOf(streak, { orders: ordersOn(sunday, monday, '2026-03-23') })).toBe(0n);
    const run = { orders: ordersOn(sunday, monday) };
    expect(goalOf(streak, run, '2026-03-20T00:00')).toMatchObject({ have: 2n, ends: at('2026-03-23T00:00') });
    expect(goalOf(streak, run, '2026-03-23T00:00')).toMatchObject({ have: 0n, ends: null });
    const months = { ...streak, every: true, needs: 2, within: { kind: 'streak', period: 'month' } };
    expect(pointsOf(months, { orders: ordersOn('2026-11-30', '2026-12-01', '2027-01-31', '2027-02-01') })).toBe(200n);
  });
});

describe('C13: badges', () => {
  const badge = { counts: { kind: 'orders' }, needs: 2, gives: 0, badge: 'Regular' };

  test('a goal without points is worn as long as it stands, with its name and since when', () => {
    const orders = ordersOn('2026-02-01', '2026-02-02');
    const wears = (...all: KnownOrder[]) => booksOf(badge, { orders: all }).members[MEMBER]?.badges;
    expect(wears(...orders)).toEqual([{ goal: 'g', name: 'Regular', since: at('2026-02-02T12:00') }]);
    expect(booksOf(badge, { orders }).moves).toEqual([]);
    expect(wears(orders[0]!, cancelled(orders[1]!, '2026-02-03T00:00'))).toEqual([]);
  });

  test('neither points nor a badge is no goal; two goals of one id are refused', () => {
    const bare = { id: 'g', counts: { kind: 'orders' }, needs: 1 };
    expect(goals.safeParse([bare]).success).toBe(false);
    expect(
      goals.safeParse([
        { ...bare, gives: 1 },
        { ...bare, gives: 1 },
      ]).success,
    ).toBe(false);
  });
});

describe('C11, C12: goals and the rest of the program', () => {
  const two = { counts: { kind: 'orders' }, needs: 2 };
  const second = (id: string, when: string) => orderOf(id, when, 1000, { customer: 'cm2' });

  test('two who turn out to be one person reach it together; what both had reached stays once', () => {
    const merges = [{ from: 'm2', into: MEMBER, at: at('2026-04-01T00:00') }];
    const apart = [orderOf('A', '2026-02-01T12:00', 1000), second('B', '2026-02-02T12:00')];
    expect(pointsOf(two, { orders: apart, merges }, '2026-03-31T00:00')).toBe(0n);
    expect(pointsOf(two, { orders: apart, merges })).toBe(100n);
    const both = [...apart, orderOf('C', '2026-02-03T12:00', 1000), second('D', '2026-02-03T12:00')];
    expect(pointsOf(two, { orders: both, merges }, '2026-03-31T00:00')).toBe(100n);
    expect(pointsOf(two, { orders: both, merges })).toBe(100n);
  });

  test('a goal published later is reached at once by whoever has done it; one taken away is neither reached nor lost', () => {
    const orders = ordersOn('2026-02-01', '2026-02-02');
    const { rules } = knownOf({ goals: [{ id: 'g', gives: 100, ...two }] });
    const none = knownOf({}).rules[0]!;
    const laterOn = [none, { ...rules[0]!, version: 2, from: at('2026-03-01T00:00') }];
    const after = (versions: Known['rules'], now: string, all = orders) =>
      replay({ ...knownOf({}), rules: versions, orders: all }, at(now)).members[MEMBER]?.units['points']?.available;
    expect(after(laterOn, '2026-02-28T00:00')).toBe(0n);
    expect(after(laterOn, '2026-03-01T00:00')).toBe(100n);
    const takenAway = [rules[0]!, { ...none, version: 2, from: at('2026-03-01T00:00') }];
    expect(after(takenAway, LATE, [orders[0]!, cancelled(orders[1]!, '2026-03-02T00:00')])).toBe(100n);
  });

  test('after the last day to earn nothing more is reached', () => {
    const ends = { ends: { earn: '2026-06-30', redeem: '2027-12-31' } };
    const yearly = { counts: { kind: 'years' }, needs: 1 };
    expect(pointsOf(yearly, {}, LATE, ends)).toBe(0n);
    expect(pointsOf(yearly, {}, LATE)).toBe(100n);
  });

  test('T1: where orders feed a goal, none is judged without its member’s past', () => {
    const asks = (counts: Record<string, unknown>) =>
      dependsOnHistory(knownOf({ goals: [{ id: 'g', gives: 1, counts, needs: 1 }] }).rules[0]!.rules);
    expect(['orders', 'spend', 'items', 'visits', 'referrals'].map((kind) => asks({ kind }))).toEqual(
      Array(5).fill(true),
    );
    expect(['deeds', 'reviews', 'years'].map((kind) => asks({ kind }))).toEqual([false, false, false]);
  });
});
