import { describe, expect, test } from '@jest/globals';
import { findTraps } from '../../src/programs/find-traps.js';
import { aProgram } from './programs.js';

/** T14: what a file says in vain is told before anybody waits for it. */
const idleIn = (rules: object) => findTraps(aProgram({ rules })).map(({ path, fix }) => [path, /\w.*\.$/.test(fix)]);
const base = { id: 'base', kind: 'rate', points: 1, per: 100 };
const promoted = (more: object) => ({ promotions: [{ id: 'p', factor: 2, ...more }] });
const asked = (when: object) => promoted({ when });
const PROMOTION = 'rules.promotions[0]';
const WHEN = `${PROMOTION}.when`;

describe('T14: rules that can never do anything', () => {
  test.each<[string, object, string]>([
    ['a cart that is large and small', asked({ cart: { min: 500, max: 100 } }), `${WHEN}.cart`],
    ['none of the weekdays', asked({ weekdays: [] }), `${WHEN}.weekdays`],
    ['no product at all', promoted({ where: { products: [] } }), `${PROMOTION}.where.products`],
    [
      'a category asked for and left out',
      promoted({ where: { categories: ['a'], notCategories: ['b', 'a'] } }),
      `${PROMOTION}.where.notCategories`,
    ],
    ['an order before the first', asked({ nth: { is: 0 } }), `${WHEN}.nth.is`],
    ['a Saturday that is none', asked({ weekdays: ['sat'], dates: { from: '2027-06-07', to: '2027-06-08' } }), WHEN],
    [
      'a season on other days',
      asked({ season: { from: '12-01', to: '12-24' }, to: '2020-06-01T00:00', from: '2020-05-01T00:00' }),
      WHEN,
    ],
    [
      'after the program has ended',
      {
        ...asked({ dates: { from: '2027-06-07', to: '2027-06-08' } }),
        ends: { earn: '2027-05-01', redeem: '2027-06-30' },
      },
      WHEN,
    ],
    [
      'a deed that ends first',
      { deeds: [{ id: 'd', kind: 'event', gives: 5, from: '2027-06-07T00:00', to: '2027-06-06T00:00' }] },
      'rules.deeds[0].to',
    ],
    ['hours of no length', asked({ hours: { from: '10:00', to: '10:00' } }), `${WHEN}.hours`],
    ['a currency without a rate', asked({ currencies: ['USD'] }), `${WHEN}.currencies`],
    ['members of what is not there', asked({ membership: true }), `${WHEN}.membership`],
    [
      'a limit of nothing',
      { earning: [{ ...base, limits: [{ per: 'order', points: 0 }] }] },
      'rules.earning[0].limits[0].points',
    ],
    ['a ceiling of nothing', promoted({ ceiling: { points: 0 } }), `${PROMOTION}.ceiling.points`],
    ['a ceiling under one point', promoted({ ceiling: { money: 0 } }), `${PROMOTION}.ceiling.money`],
    ['a ceiling that one order uses up', promoted({ ceiling: { points: 100 } }), `${PROMOTION}.ceiling.points`],
    ['a rule that another comes before', { earning: [base, { ...base, id: 'late', points: 5 }] }, 'rules.earning[1]'],
    ['a factor of nothing', { earning: [], ...promoted({}) }, `${PROMOTION}.factor`],
    ['letters that are not seen', { earning: [{ ...base, id: 'base\u200b' }] }, 'rules.earning[0].id'],
    ['a currency that is none', { money: { code: 'eur', exponent: 2 } }, 'rules.money.code'],
    ['decimals that a currency has not got', { money: { code: 'JPY', exponent: 2 } }, 'rules.money.exponent'],
    [
      'euros taken for cents',
      { units: { points: { value: 1 } }, earning: [{ ...base, per: 1 }], rewards: [] },
      'rules.earning[0].per',
    ],
  ])('%s', (_, rules, path) => {
    expect(idleIn(rules)).toEqual([[path, true]]);
  });

  test.each<[string, object]>([
    ['hours over midnight', asked({ hours: { from: '22:00', to: '02:00' } })],
    ['every weekend', asked({ weekdays: ['sat', 'sun'] })],
    ['the leap day', asked({ season: { from: '02-29', to: '02-29' } })],
    ['every second Friday from a far day on', asked({ recurs: { weeks: 2, on: ['fri'], from: '2031-03-05' } })],
    ['a window of long ago', asked({ from: '2019-01-01T00:00', to: '2019-02-01T00:00' })],
    ['an hour of another zone', asked({ hours: { from: '09:00', to: '09:15' }, zone: 'Asia/Tokyo' })],
    ['nothing left out', promoted({ where: { categories: ['a'], notCategories: [] } })],
    ['a ceiling for many', promoted({ ceiling: { points: 10_000 } })],
    [
      'a special rule before the one for all',
      { earning: [{ ...base, id: 'tea', where: { categories: ['tea'] } }, base] },
    ],
    [
      'a rule beside those that claim',
      { earning: [base, { id: 'each', kind: 'item', gives: 5, where: { tags: ['t'] } }] },
    ],
    ['three decimals of dinars', { money: { code: 'KWD', exponent: 3 }, earning: [{ ...base, per: 1000 }] }],
  ])('%s: nothing is said', (_, rules) => {
    expect(idleIn(rules)).toEqual([]);
  });
});
