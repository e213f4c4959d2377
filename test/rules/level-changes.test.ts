import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { judge } from '../../src/rules/judged.js';
import { levelChanges } from '../../src/rules/level-changes.js';
import { replay } from '../../src/rules/replay.js';
import { Knowledge } from '../support/knowledge.js';
import type { Fact } from '../support/read-example.js';
import { base, buys, noon, perEuro, returned } from './one-life.js';

type Happening = { day: string; kind: string } & Record<string, unknown>;

function eva(tiers: object, happenings: readonly Happening[]) {
  const knowledge = new Knowledge({ ...base, earning: perEuro, tiers });
  knowledge.learn({ kind: 'join', at: noon('2027-01-01'), member: 'eva', customers: ['c'] }, 0);
  for (const { day, ...fact } of happenings) {
    const told = { customer: 'c', member: 'eva', ...fact, at: noon(day) } as Fact;
    knowledge.learn(told, Date.parse(told.at));
  }
  const told = (on: string) => levelChanges(judge(knowledge.known, Date.parse(noon(on))), 'eva');
  return {
    knowledge,
    told,
    lines: (on: string) =>
      told(on).map(({ at, from, to, why, of, sum, asks }) =>
        [new Date(at).toISOString().slice(0, 10), `${from}>${to}`, why, of, sum, asks].join(' '),
      ),
  };
}

const levels = [{ id: 'green' }, { id: 'silver', enter: 100, keep: 80 }, { id: 'gold', enter: 300 }];

describe('B3: every change of a level has its reason', () => {
  test('up with the order that reached it, down with what was returned, down when the year was not enough', () => {
    const big = buys('2027-03-05', 'big', 250);
    const life = eva({ basis: 'spend', window: { kind: 'calendar-year' }, levels }, [
      buys('2027-02-01', 'a', 120),
      big,
      returned('2027-04-01', big, 250),
      buys('2028-02-01', 'b', 50),
    ]);
    expect(life.lines('2029-06-01')).toEqual([
      '2027-02-01 green>silver reached order:a 120 100',
      '2027-03-05 silver>gold reached order:big 370 300',
      '2027-04-01 gold>silver returned order:big 120 300',
      '2029-01-01 silver>green over  50 80',
    ]);
  });

  test('after its grace, and when other rules come', () => {
    const graced = { basis: 'spend', window: { kind: 'rolling', days: 30 }, graceDays: 10, levels };
    const life = eva(graced, [
      buys('2027-02-01', 'a', 120),
      { day: '2027-05-01', kind: 'rules', program: { tiers: { ...graced, levels: [{ id: 'gold' }] } } },
    ]);
    expect(life.lines('2027-06-01')).toEqual([
      '2027-02-01 green>silver reached order:a 120 100',
      '2027-03-13 silver>green over  0 80',
      '2027-05-01 green>gold rules  0 ',
    ]);
  });

  test('where levels fall at the start of a month alone: what a return took away is held until then', () => {
    const [a, b] = [buys('2027-05-03', 'a', 320), buys('2027-05-20', 'b', 90)];
    const life = eva({ basis: 'spend', window: { kind: 'lifetime' }, levels, downgradeEach: 'month' }, [
      a,
      returned('2027-05-10', a, 320),
      b,
      returned('2027-07-15', b, 5),
      returned('2027-08-01', b, 20),
    ]);
    expect(life.lines('2027-09-15')).toEqual([
      '2027-05-03 green>gold reached order:a 320 300',
      '2027-06-01 gold>green reviewed  90 300',
    ]);
    const booksOn = (on: string) => replay(life.knowledge.known, Date.parse(noon(on))).members['eva'];
    const review = '2027-06-01T00:00:00.000Z';
    expect(booksOn('2027-05-21')).toMatchObject({ tier: 'gold', due: Date.parse(review) });
    expect(booksOn('2027-06-01')).toMatchObject({ tier: 'green' });
  });

  test('never silently: whatever is bought and brought back under any window, the changes told make the level that is held', () => {
    const window = fc.constantFrom(
      { kind: 'lifetime' },
      { kind: 'calendar-year' },
      { kind: 'program-year', from: '03-01' },
      { kind: 'member-year' },
      { kind: 'rolling', days: 45 },
    );
    const order = fc.record({ day: fc.nat(500), net: fc.integer({ min: 1, max: 260 }), back: fc.nat(400) });
    const dayOf = (n: number) => new Date(Date.UTC(2027, 0, 2 + n)).toISOString().slice(0, 10);
    fc.assert(
      fc.property(
        fc.array(order, { minLength: 1, maxLength: 6 }),
        window,
        fc.constantFrom(0, 20),
        fc.constantFrom('to-qualified', 'one-step'),
        fc.constantFrom({}, { downgradeEach: 'month' }, { downgradeEach: 'quarter' }),
        (orders, kind, graceDays, downgrade, each) => {
          const facts = orders.flatMap(({ day, net, back }, i): Happening[] => {
            const bought = buys(dayOf(day), `o${i}`, net);
            return back > 200 ? [bought] : [bought, returned(dayOf(day + back), bought, Math.ceil(net / 2))];
          });
          const life = eva({ basis: 'spend', window: kind, levels, graceDays, downgrade, ...each }, facts);
          const changes = life.told('2029-03-01');
          for (let n = 0; n < 780; n += 13) {
            const at = Date.parse(noon(dayOf(n)));
            const held = replay(life.knowledge.known, at).members['eva']?.tier;
            expect([dayOf(n), changes.findLast((one) => one.at <= at)?.to ?? 'green']).toEqual([dayOf(n), held]);
          }
        },
      ),
      { numRuns: 12 },
    );
  });
});
