import { describe, expect, test } from '@jest/globals';
import { readyProgram } from '../../src/gallery/gallery.js';
import { SHELF } from '../../src/gallery/shelf.js';
import { findTraps } from '../../src/programs/find-traps.js';
import { aProgram } from './programs.js';
import { SETTINGS } from '../exploits/planted.js';

/** What is known to be taken advantage of is said of a file before it is published. */
const trapsOf = (rules: object) => findTraps(aProgram({ rules })).map(({ path }) => path);

describe('traps', () => {
  test.each(SETTINGS.map(({ title, rules }) => [title, rules] as const))('%s: is warned of', (_, rules) => {
    expect(trapsOf(rules)).not.toEqual([]);
  });

  test.each(Object.keys(SHELF))('the ready program %s has none', async (id) => {
    expect(findTraps(await readyProgram(id))).toEqual([]);
  });

  test('a unit that lacks its name in a language: which', () => {
    const units = { beans: {}, points: {}, cashback: {} };
    const nameless = aProgram({ rules: { units } });
    expect(findTraps(nameless).map(({ path, problem }) => [path, problem.slice(0, 32)])).toEqual([
      ['names.units.beans', 'it has no name in en, nl, nb, pl'],
    ]);
    const said = '{n, plural, one {# bean} other {# beans}}';
    const named = aProgram({ rules: { units } });
    named.names.units = { beans: { en: said, nl: said, nb: said, pl: said }, points: { en: said, nl: said } };
    expect(findTraps(named).map(({ problem }) => problem)).toEqual([
      'it has no name in nb, pl: members who read that are told of it by another name',
    ]);
  });

  const refer = { advocate: 100, friend: 50, unit: 'points', minOrder: 2_000, returnDays: 14 };
  const LEVELS = {
    basis: 'spend',
    window: { kind: 'rolling', days: 365 },
    levels: [{ id: 'plain' }, { id: 'gold', enter: 5_000 }],
  };
  const card = { id: 'card', per: 'order', needs: 5, pays: { unit: 'points', gives: 50 } };
  test.each<[string, object, string[]]>([
    [
      'a product whose points come back by share',
      { rewards: [{ id: 'r', kind: 'product', points: 5 }] },
      ['rules.rewards[0].onRefund'],
    ],
    ['kept', { rewards: [{ id: 'r', kind: 'product', points: 5, onRefund: 'keep' }] }, []],
    [
      'money off some products, by share',
      { rewards: [{ id: 'r', kind: 'amount-off', points: 500, off: 100, where: { tags: ['t'] } }] },
      ['rules.rewards[0].onRefund'],
    ],
    ...(['quarter', 'year'] as const).map((each): [string, object, string[]] => [
      `a level that a return leaves for a ${each}`,
      { tiers: { ...LEVELS, downgradeEach: each } },
      ['rules.tiers.downgradeEach'],
    ]),
    ['for a month, as it is promised', { tiers: { ...LEVELS, downgradeEach: 'month' } }, []],
    ['a level that a return takes at once', { tiers: LEVELS }, []],
    ['points forgiven', { units: { points: { clawback: 'zero' } } }, ['rules.units.points.clawback']],
    ['points that can be given away at once', { sending: {} }, ['rules.sending']],
    ['given away when they are final', { sending: {}, pendingDays: 14 }, []],
    ['rounded up', { units: { points: { rounding: 'ceil' } } }, ['rules.units.points.rounding']],
    ['a gift for every order', { earning: [{ id: 'f', kind: 'fixed', gives: 5 }] }, ['rules.earning[0]']],
    ['for the first order alone', { earning: [{ id: 'f', kind: 'fixed', gives: 5, when: { nth: { is: 1 } } }] }, []],
    ['for orders of enough', { earning: [{ id: 'f', kind: 'fixed', gives: 5, when: { minOrder: 6 } }] }, []],
    [
      'of less than it is worth',
      { earning: [{ id: 'f', kind: 'fixed', gives: 5, when: { minOrder: 5 } }] },
      ['rules.earning[0]'],
    ],
    ['limited', { earning: [{ id: 'f', kind: 'fixed', gives: 5, limits: [{ per: 'day', times: 1 }] }] }, []],
    ['an addition to every order', { promotions: [{ id: 'p', add: 5 }] }, ['rules.promotions[0]']],
    ['until its ceiling', { promotions: [{ id: 'p', add: 5, ceiling: { points: 50 } }] }, []],
    ['a stamp for every order', { stamps: [card] }, ['rules.stamps[0]']],
    ['for orders of enough', { stamps: [{ ...card, min: 11 }] }, []],
    ['for orders that together are worth what the card is', { stamps: [{ ...card, min: 10 }] }, ['rules.stamps[0]']],
    ['a friend worth inviting', { referral: refer }, []],
    ['final at once', { referral: { ...refer, returnDays: 0 } }, ['rules.referral.returnDays']],
    ['worth the order', { referral: { ...refer, minOrder: 150 } }, ['rules.referral.minOrder']],
    [
      'money off that points cost',
      { rewards: [{ id: 'r', kind: 'slider', step: 5, off: 500 }] },
      ['rules.rewards[0].off'],
    ],
    ['and less', { rewards: [{ id: 'r', kind: 'slider', step: 5, off: 499 }] }, []],
  ])('%s', (_, rules, expected) => {
    expect(trapsOf(rules)).toEqual(expected);
  });
});
