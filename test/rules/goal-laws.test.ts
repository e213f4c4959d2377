import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Known, KnownDeed, KnownOrder } from '../../src/rules/known.js';
import { replay } from '../../src/rules/replay.js';
import { at, knownOf, MEMBER, orderOf } from './known-of.js';

const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 60) };
const DAY = 86_400_000;
const START = at('2026-01-01T00:00');
const NOW = at('2027-06-01T00:00');

const counts = fc.constantFrom(
  { kind: 'orders' },
  { kind: 'orders', min: 2_000 },
  { kind: 'spend' },
  { kind: 'items' },
  { kind: 'visits' },
  { kind: 'deeds', of: ['cup'] },
  { kind: 'years' },
);
const within = fc.constantFrom(
  { kind: 'lifetime' },
  { kind: 'dates', from: '2026-03-01', to: '2026-06-30' },
  { kind: 'joining', days: 90 },
  { kind: 'rolling', days: 30 },
  { kind: 'each', period: 'month' },
  { kind: 'streak', period: 'week' },
);
const goal = fc.record({ counts, within, needs: fc.integer({ min: 1, max: 4 }), every: fc.boolean() });
const goals = fc.array(goal, { minLength: 1, maxLength: 4 }).map((all) =>
  all.map((one, i) => {
    const needs = one.counts.kind === 'spend' && one.within.kind !== 'streak' ? one.needs * 2_500 : one.needs;
    return { id: `g${i}`, gives: 10 + i, badge: `B${i}`, ...one, needs };
  }),
);

const instant = fc.integer({ min: 1, max: 480 }).map((n) => START + n * DAY + ((n * 7_919) % 86_000) * 1000);
const customer = fc.constantFrom('cm1', 'cm1', 'cm2');
const order = fc.record({
  when: instant,
  cents: fc.integer({ min: 1, max: 6_000 }),
  customer,
  gone: fc.option(instant),
});
const orders = fc.array(order, { maxLength: 10 }).map((all) =>
  all.map(({ when, cents, gone, customer: of }, i): KnownOrder => {
    const made = orderOf(`O${i}`, '2026-01-01T00:00', cents, { customer: of });
    const times = { placed: when, paid: when, at: when };
    return { ...made, ...times, cancelled: gone === null ? null : Math.max(gone, when) };
  }),
);
const deeds = fc
  .array(fc.record({ when: instant, member: fc.constantFrom('m1', 'm2') }), { maxLength: 6 })
  .map((all) =>
    all.map(({ when, member }, i): KnownDeed => ({ kind: 'event', of: 'cup', id: `D${i}`, member, at: when })),
  );
const visits = fc.array(fc.record({ at: instant, member: fc.constantFrom('m1', 'm2') }), { maxLength: 6 });
const merges = fc.option(instant).map((when) => (when === null ? [] : [{ from: 'm2', into: MEMBER, at: when }]));

const facts = fc.record({ goals, orders, deeds, visits, merges }).map(({ goals: all, ...more }): Known => {
  const event = { id: 'cup', kind: 'event', gives: 1, limits: { week: 1 } };
  return { ...knownOf({ goals: all, deeds: [event], earning: [{ id: 'e', kind: 'fixed', gives: 3 }] }), ...more };
});

const shuffled = <T>(all: readonly T[], by: readonly number[]): T[] =>
  all
    .map((one, i) => ({ one, key: by[i % by.length] ?? 0 }))
    .sort((a, b) => a.key - b.key)
    .map(({ one }) => one);
const said = (value: unknown): unknown =>
  JSON.parse(
    JSON.stringify(value, (_, one: unknown) => (typeof one === 'bigint' ? `${one}n` : one)),
    (_, one: unknown) =>
      one !== null && typeof one === 'object' && !Array.isArray(one)
        ? Object.fromEntries(Object.entries(one).sort(([a], [b]) => (a < b ? -1 : 1)))
        : one,
  );
const stateOf = (known: Known, now = NOW) => {
  const { members, decisions, lots } = replay(known, now);
  return said({ members, decisions, lots });
};

describe('laws of deeds and goals', () => {
  test('T2: any order in which orders, deeds and visits became known gives one state', () => {
    fc.assert(
      fc.property(facts, fc.array(fc.nat(99), { minLength: 7, maxLength: 13 }), (known, by) => {
        const mixed = {
          ...known,
          orders: shuffled(known.orders, by),
          deeds: shuffled(known.deeds, by),
          visits: shuffled(known.visits, by),
          members: shuffled(known.members, by),
        };
        expect(stateOf(mixed)).toEqual(stateOf(known));
      }),
      RUNS,
    );
  });

  test('T2: nothing that happens later bears on how goals stood at an instant', () => {
    fc.assert(
      fc.property(facts, instant, (known, then) => {
        const inTime = (all: readonly { at: number }[]) => all.filter((one) => one.at <= then);
        const cut = {
          ...known,
          deeds: inTime(known.deeds),
          visits: inTime(known.visits),
          orders: inTime(known.orders),
        } as Known;
        const standing = (of: Known) =>
          Object.entries(replay(of, then).members).map(([id, { goals: all, badges, units }]) => [
            id,
            all,
            badges,
            units,
          ]);
        expect(said(standing(cut))).toEqual(said(standing(known)));
      }),
      RUNS,
    );
  });

  test('T8: when every order goes, nothing stays of what orders alone had reached', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const ofOrders = new Set(['orders', 'spend', 'items']);
        const gone = known.orders.map((one) => ({ ...one, cancelled: Math.max(one.placed, NOW - DAY) }));
        const { members, decisions } = replay({ ...known, orders: gone, merges: [] }, NOW);
        const [{ rules }] = known.rules as [Known['rules'][number]];
        for (const { id, counts: of } of rules.goals.filter((one) => ofOrders.has(one.counts.kind))) {
          for (const one of Object.values(members)) {
            expect(one.goals[id]).toMatchObject({ times: 0, reached: null });
            expect(one.badges.map((badge) => badge.goal)).not.toContain(id);
          }
          for (const [key, { gives }] of Object.entries(decisions)) {
            if (key.startsWith('goal:') && key.split(':')[2]?.split(/[@#]/)[0] === id)
              expect([of.kind, gives]).toEqual([of.kind, {}]);
          }
        }
      }),
      RUNS,
    );
  });

  test('T5: points of goals are what their decisions say, never less than nothing, and no more than limits let deeds have', () => {
    fc.assert(
      fc.property(facts, (known) => {
        const { decisions, lots, moves } = replay(known, NOW);
        for (const [key, { gives }] of Object.entries(decisions)) {
          if (!key.startsWith('goal:') && !key.startsWith('event:')) continue;
          const net = moves
            .filter((move) => move.cause === key && (move.from === 'issued' || move.to === 'issued'))
            .reduce((sum, move) => sum + (move.from === 'issued' ? move.points : -move.points), 0n);
          expect([key, net]).toEqual([key, gives['points'] ?? 0n]);
        }
        for (const lot of lots) expect(lot.given >= 0n).toBe(true);
      }),
      RUNS,
    );
  });
});
