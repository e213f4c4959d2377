import { describe, expect, test } from '@jest/globals';
import { grantGoalTurns } from '../../src/rules/goal-turns.js';
import type { Known, KnownMember, KnownOrder } from '../../src/rules/known.js';
import { replay } from '../../src/rules/replay.js';
import { at, knownOf, orderOf } from './known-of.js';

const [ANA, BEN, CEM] = ['m1', 'm2', 'm3'] as const;
const EVERYBODY = new Set<string>([ANA, BEN, CEM]);
const people = [ANA, BEN, CEM].map((id): KnownMember => {
  return { id, joined: at('2026-01-01T00:00'), mailbox: null, phone: null, birthdays: [] };
});
const links = people.map(({ id, joined }) => ({ member: id, customer: `s1/${id}`, at: joined }));
const order = (member: string, when: string, more: Partial<KnownOrder> = {}): KnownOrder =>
  orderOf(`${member}-${when}`, when, 1000, { customer: `s1/${member}`, ...more });
const goal = { id: 'g', counts: { kind: 'orders' }, needs: 1, gives: 100, badge: 'First' };
const known = (inAll: Record<string, number>, orders: KnownOrder[], more: Record<string, unknown> = {}): Known => ({
  ...knownOf({ goals: [{ ...goal, inAll, ...more }] }),
  ...{ members: people, links, orders },
});
const CANCELLED = at('2026-02-10T00:00');

/** Decided as of an instant, with what was decided before. */
function decide(facts: Known, when: string, granted: ReadonlyMap<string, bigint> = new Map()) {
  const { known: decided, more } = grantGoalTurns(facts, at(when), EVERYBODY, granted);
  const books = replay(decided, at(when));
  const outcome = ({ id }: KnownMember) => {
    const reason = books.decisions[`goal:${id}:g#1`]?.reason ?? 'none';
    return `${reason} ${books.members[id]?.units['points']?.available} ${books.members[id]?.badges.length}`;
  };
  return { awards: decided.awards ?? [], outcomes: people.map(outcome), more: Object.fromEntries(more) };
}

describe('C1: goals under limits of all members together', () => {
  test('who reached it first has it, badge and all; who was too late is told so, and stays too late', () => {
    const orders = [order(BEN, '2026-02-02T12:00'), order(ANA, '2026-02-03T12:00'), order(CEM, '2026-02-04T12:00')];
    const first = decide(known({ lifetime: 2 }, orders), '2026-02-05T00:00');
    expect(first.outcomes).toEqual(['earned 100 1', 'earned 100 1', 'all-taken 0 0']);
    expect(first.more).toEqual({ 'goal g/ever': 2n });
    // Ben's order goes: his turn is given back, and nobody moves up
    const gone = orders.map((one, i) => (i === 0 ? { ...one, cancelled: CANCELLED } : one));
    const had = new Map([['goal g/ever', 2n]]);
    const after = decide({ ...known({ lifetime: 2 }, gone), awards: first.awards }, '2026-02-11T00:00', had);
    expect(after.outcomes).toEqual(['earned 100 1', 'goal-lost 0 0', 'all-taken 0 0']);
    expect(after.more).toEqual({ 'goal g/ever': -1n });
    // reached again, he is asked anew: there is room
    const again = { ...known({ lifetime: 2 }, [...gone, order(BEN, '2026-02-12T12:00')]), awards: after.awards };
    expect(decide(again, '2026-02-13T00:00', new Map([['goal g/ever', 1n]])).outcomes[1]).toBe('earned 100 1');
    // had another had it meanwhile, what he had in between stays in his books as given and taken back
    const late = decide(again, '2026-02-13T00:00', had);
    expect(late.outcomes[1]).toBe('all-taken 0 0');
    const then = replay({ ...again, awards: late.awards }, at('2026-02-09T00:00'));
    expect(then.members[BEN]?.units['points']?.available).toBe(100n);
  });

  test('a turn that was had stays when it is learned that it was reached on another day', () => {
    const late = decide(known({ lifetime: 1 }, [order(ANA, '2026-02-03T12:00')]), '2026-02-05T00:00');
    const orders = [order(ANA, '2026-02-03T12:00'), order(ANA, '2026-02-01T12:00'), order(BEN, '2026-02-02T12:00')];
    const full = new Map([['goal g/ever', 1n]]);
    const told = decide({ ...known({ lifetime: 1 }, orders), awards: late.awards }, '2026-02-06T00:00', full);
    expect(told.outcomes.slice(0, 2)).toEqual(['earned 100 1', 'all-taken 0 0']);
    expect(told.more).toEqual({});
  });

  test('the first of each month; what nobody decided about (a made history) has its turn', () => {
    const monthly = { within: { kind: 'each', period: 'month' } };
    const orders = [ANA, BEN].flatMap((id, i) =>
      ['02', '03'].map((month) => order(id, `2026-${month}-0${i + 1}T12:00`)),
    );
    const facts = known({ month: 1 }, orders, monthly);
    const { known: decided } = grantGoalTurns(facts, at('2026-04-01T00:00'), EVERYBODY, new Map());
    const pointsOf = (of: Known) =>
      [ANA, BEN].map((id) => replay(of, at('2026-04-01T00:00')).members[id]?.units['points']?.available);
    expect(pointsOf(decided)).toEqual([200n, 0n]);
    expect(pointsOf(facts)).toEqual([200n, 200n]);
  });
});
