import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { Because } from '../../src/rules/books.js';
import { closedGroups } from '../../src/rules/closed-groups.js';
import { fraction, parseFraction, show, times } from '../../src/rules/fraction.js';
import type { Known } from '../../src/rules/known.js';
import { replay } from '../../src/rules/replay.js';
import { comparePast } from '../../src/simulation/compare-past.js';
import { simulate } from '../../src/simulation/simulate.js';
import { histories } from '../support/histories.js';
import { programs } from '../support/made-programs.js';
import type { Knowledge } from '../support/knowledge.js';
import { type Fact, millis, readProgram } from '../support/read-example.js';
import { type Comparable, booksBy, comparable, pastOfAll, told } from './knowing.js';

/** T3: what a simulation of the rules over a past is, whatever the rules and the past. */
const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 20), endOnFailure: true };
const DAY = 86_400_000;
const SHAPE = { most: 24, ceilings: true };

const endOf = (history: readonly Fact[]): number => Math.max(...history.map((fact) => millis(fact.at)));

/** Without what only refused redemptions have. */
function granted({ members, redemptions, decisions }: Comparable): Comparable {
  const had = Object.entries(redemptions).filter(([, { state }]) => state !== 'refused');
  return { members, decisions, redemptions: Object.fromEntries(had) };
}

const REWARDS = [
  { id: 'five', kind: 'amount-off', points: 20, off: 500 },
  { id: 'five', kind: 'amount-off', points: 35, off: 700 },
  { id: 'five', kind: 'amount-off', points: 12, off: 500, unit: 'cashback' },
  { id: 'burn', kind: 'amount-off', points: 15, off: 300, tiers: ['gold'] },
  { id: 'burn', kind: 'amount-off', points: 15, off: 300, rest: 'burn', onRefund: 'keep' },
  { id: 'slide', kind: 'slider', step: 5, off: 50 },
  { id: 'slide', kind: 'slider', step: 3, off: 10, min: 9 },
];
const rewards = fc.uniqueArray(fc.constantFrom(...REWARDS), { selector: ({ id }) => id });

/** Another program for the same shop: its zone and its money stay. */
const otherProgram = (of: Record<string, unknown>, other: object, has: object[]): Record<string, unknown> => ({
  ...other,
  ...{ zone: of['zone'], money: of['money'], rewards: has },
});

/** Who had what of a ceiling bears on what others gain under it: that a simulation takes as it was (docs/decisions/0011). */
function gainsHangOnParts(program: Record<string, unknown>): boolean {
  const { earning, promotions } = readProgram(program);
  return promotions.some(({ ceiling }) => ceiling) && earning.some(({ when }) => when?.balance);
}

/** The facts as a program that never had other rules would be told them: who was refused then did not ask. */
function toldAnew(history: readonly Fact[], { known }: Knowledge): Fact[] {
  const made = new Map(known.reservations.map((one) => [one.id, one]));
  return history.flatMap((fact) => {
    if (fact.kind !== 'reserve') return [fact];
    const one = made.get(String(fact.id));
    if (!one) return [];
    return [one.reward === 'slide' ? { ...fact, points: one.points } : fact];
  });
}

describe('a simulation', () => {
  test('T3: of the published rules comes to the books as they are', async () => {
    await fc.assert(
      fc.asyncProperty(histories(SHAPE), fc.constantFrom(0, 3 * DAY, 200 * DAY), async ({ program, history }, wait) => {
        const { known } = told(program, history);
        const now = endOf(history) + wait;
        const { before, after } = await booksBy(known, readProgram(program), now);
        expect(before).toEqual(comparable(replay(known, now)));
        expect(after).toEqual(before);
        const report = await simulate({
          ...{ past: pastOfAll(known), published: known.rules, now },
          draft: { rules: readProgram(program), since: null },
        });
        expect(report.units).toEqual(
          Object.fromEntries(
            Object.entries(report.units).map(([unit, { points, money }]) => [
              unit,
              {
                points: { before: points.before, after: points.before },
                money: { before: money.before, after: money.before },
              },
            ]),
          ),
        );
        expect([report.winners, report.losers, report.changedOrders, report.refused.counted]).toEqual([[], [], [], 0]);
      }),
      RUNS,
    );
  });

  test('T3: of a draft comes to what publishing it on an empty database and feeding everything again comes to', async () => {
    const pairs = fc.tuple(histories(SHAPE), programs(SHAPE), rewards);
    await fc.assert(
      fc.asyncProperty(pairs, async ([{ program, history }, other, has]) => {
        const first = told(program, history);
        const draft = otherProgram(program, other, has);
        fc.pre(!gainsHangOnParts(draft));
        const again = told(draft, toldAnew(history, first));
        const now = endOf(history) + DAY;
        const { after } = await booksBy(first.known, readProgram(draft), now);
        expect(granted(after)).toEqual(comparable(replay(again.known, now)));
      }),
      RUNS,
    );
  });

  test('T3: of a draft from a day on comes to what publishing it with that day comes to', async () => {
    const pairs = fc.tuple(histories({ ...SHAPE, redemptions: false }), programs(SHAPE), fc.nat(100));
    await fc.assert(
      fc.asyncProperty(pairs, async ([{ program, history }, other, share]) => {
        const { known } = told(program, history);
        const [first, now] = [millis(history[0]?.at), endOf(history) + DAY];
        const since = first + Math.floor(((now - first) * share) / 100);
        const { units } = readProgram(program);
        const rules = { ...readProgram(otherProgram(program, other, [])), units };
        const ceilings = [...(known.rules[0]?.rules.promotions ?? []), ...rules.promotions].some((one) => one.ceiling);
        fc.pre(!ceilings);
        const { after } = await booksBy(known, rules, now, since);
        const published = { ...known, rules: [...known.rules, { version: 2, from: since, rules }] };
        expect(after).toEqual(comparable(replay(published, now)));
      }),
      RUNS,
    );
  });

  test('T3: says the same whatever the order of the members and the pages', async () => {
    const cases = fc.tuple(
      histories({ ...SHAPE, members: 4 }),
      programs(SHAPE),
      rewards,
      fc.infiniteStream(fc.nat(99)),
    );
    await fc.assert(
      fc.asyncProperty(cases, async ([{ program, history }, other, has, stream]) => {
        const { known } = told(program, history);
        const question = {
          ...{ published: known.rules, now: endOf(history) + DAY },
          draft: { rules: readProgram(otherProgram(program, other, has)), since: null },
        };
        const roll = stream[Symbol.iterator]();
        const key = new Map(closedGroups(known).map((group) => [group, roll.next().value as number]));
        const pages = [...key.keys()]
          .sort((a, b) => (key.get(a) ?? 0) - (key.get(b) ?? 0))
          .map((group) => ({ known: reversed(group), family: new Set(group.members.map(({ id }) => id)) }));
        const past = { recorded: true, total: async () => known.members.length, pages: () => pages };
        const whole = await simulate({ ...question, past: pastOfAll(known) });
        expect(await simulate({ ...question, past })).toEqual(whole);
      }),
      RUNS,
    );
  });

  test('T3: of doubled rates doubles the exact points of every order, before they are rounded', async () => {
    await fc.assert(
      fc.asyncProperty(histories({ ...SHAPE, past: false, redemptions: false }), async ({ program, history }) => {
        const { known } = told(program, history);
        const rules = readProgram(program);
        const doubled = {
          ...rules,
          earning: rules.earning.map((rule) => (rule.kind === 'rate' ? { ...rule, points: twice(rule.points) } : rule)),
        };
        const now = endOf(history) + DAY;
        const question = {
          past: pastOfAll(known),
          published: known.rules,
          now,
          draft: { rules: doubled, since: null },
        };
        await comparePast(question, ({ before, after }) => {
          for (const [key, { because, reason }] of Object.entries(before.decisions)) {
            if (reason !== 'earned') continue;
            const exact = (all: Because[]) => all.filter(({ kind }) => kind === 'rate').map((one) => one.exact);
            expect(exact(after.decisions[key]?.because ?? [])).toEqual(exact(because).map(twice));
          }
        });
      }),
      RUNS,
    );
  });

  test('T3: of a promotion whose time is not in the past changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(histories(SHAPE), async ({ program, history }) => {
        const { known } = told(program, history);
        const rules = readProgram({
          ...program,
          promotions: [
            ...((program['promotions'] as object[]) ?? []),
            { id: 'never', factor: '7', when: { from: '2031-01-01T00:00', to: '2031-02-01T00:00' } },
          ],
        });
        const question = { past: pastOfAll(known), published: known.rules, now: endOf(history) + DAY };
        const draft = { rules, since: null };
        const { winners, losers, changedOrders, refused, members, units } = await simulate({ ...question, draft });
        expect([winners, losers, changedOrders, refused.lines]).toEqual([[], [], [], []]);
        expect(members.same).toBe(members.counted);
        for (const { points } of Object.values(units)) expect(points.after).toEqual(points.before);
      }),
      RUNS,
    );
  });
});

const twice = (points: string | number): string => show(times(parseFraction(points), fraction(2)));

function reversed(known: Known): Known {
  const { rules, ...facts } = known;
  const back = Object.fromEntries(Object.entries(facts).map(([name, all]) => [name, [...all].reverse()]));
  return { ...known, ...back, rules };
}
