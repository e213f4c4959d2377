import { describe, expect, test } from '@jest/globals';
import { findTraps } from '../../src/programs/find-traps.js';
import { aProgram } from './programs.js';

/** T8: a further refund never raises the points of an order, unless the program was told to give less for more. */
const base = { id: 'base', kind: 'rate', points: 1, per: 100 };
const warned = (...earning: object[]) =>
  findTraps(aProgram({ rules: { earning } }))
    .filter(({ problem }) => problem.includes('below its minimum'))
    .map(({ path, problem }) => [path, /below its minimum (\S+) counts/.exec(problem)?.[1]]);
const EARNING = [['rules.earning[0].when', 'base']];
const above = (more: object) => ({ id: 'above', kind: 'rate', points: 2, per: 100, when: { minOrder: 5000 }, ...more });
const steps = (more: object) => ({
  id: 'above',
  kind: 'step',
  gives: 50,
  every: 5000,
  when: { minOrder: 5000 },
  ...more,
});

describe('T8: a rule with a minimum before one that gives more is told', () => {
  test.each<[string, object]>([
    ['a lower rate', above({ points: '1/3' })],
    ['a higher rate up to a limit', above({ limits: [{ per: 'order', points: 60 }] })],
    ['a higher rate of another base', above({ base: { tax: false } })],
    ['a minimum of the cart', above({ points: '1/2', when: { cart: { min: 5000 } } })],
    ['a minimum of items', above({ points: '1/2', when: { items: { min: 3 } } })],
    ['steps that begin lower', steps({ gives: 40 })],
    ['steps of some products, of which an order may have too little', steps({ where: { categories: ['tea'] } })],
    ['steps behind a minimum of another kind', steps({ when: { items: { min: 2 } } })],
  ])('%s', (_, rule) => expect(warned(rule, base)).toEqual(EARNING));

  test.each<[string, object[]]>([
    ['a higher rate for some products', [above({ where: { tags: ['new'] } }), base]],
    ['the same rate', [above({ points: 1 }), base]],
    ['steps that begin as high', [steps({}), base]],
    ['nothing behind it', [base, above({ points: '1/3' })]],
    ['another unit behind it', [above({ points: '1/3' }), { ...base, unit: 'stars' }]],
    ['no minimum', [above({ points: '1/3', when: { weekdays: ['sat'] } }), base]],
  ])('and not %s', (_, earning) => expect(warned(...earning)).toEqual([]));
});
