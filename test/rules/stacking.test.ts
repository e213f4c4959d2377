import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { compile } from '../../src/rules/compile.js';
import { ONE } from '../../src/rules/fraction.js';
import { Speaker } from '../../src/rules/how-it-works/speaker.js';
import { judgeLines } from '../../src/rules/judge-lines.js';
import { programRules } from '../../src/rules/program-rules.js';
import { remainsOf } from '../../src/rules/remains.js';
import { WHOLE_ROOM } from '../../src/rules/rule-limits.js';
import { exampleOrder } from '../../src/rules/promotions/example-order.js';
import { explainStacking, pointsOf } from '../../src/rules/promotions/explain-stacking.js';
import { stackingSteps } from '../../src/rules/promotions/say-promotions.js';
import { locales } from '../../src/rules/sentences.js';

const SINCE = Date.UTC(2026, 10, 22);

/** A point a euro, and a level of one and a half times the points; an order of 100 euros gives 100. */
const program = (more: object) =>
  programRules.parse({
    zone: 'Europe/Amsterdam',
    money: { code: 'EUR', exponent: 2 },
    units: { points: {} },
    earning: [{ id: 'base', kind: 'rate', points: 1, per: 100 }],
    ...more,
  });
const LEVELS = {
  basis: 'spend',
  window: { kind: 'lifetime' },
  levels: [{ id: 'silver' }, { id: 'gold', enter: 50_000, multiplier: '3/2' }],
};
const DOUBLE = { id: 'double', factor: 2 };
const TRIPLE = { id: 'triple', factor: 3 };
const MORE = { id: 'more', add: 40 };

/** Each step with what it adds and what the order comes to with it. */
function explained(
  rules: ReturnType<typeof program>,
  tier: string | null = null,
): [id: string, gain: number, total: number][] {
  const example = exampleOrder(rules, [], SINCE);
  if (!example) throw new Error('no order');
  const at = { ...example, pins: { ...example.pins, tier } };
  return explainStacking(rules, at).steps.map(({ id, gain, total }) => [id, Number(gain), Number(total)]);
}

describe('C10: how promotions join is explicit and shown', () => {
  test('best, sum and multiply: in the written order', () => {
    const promotions = [DOUBLE, TRIPLE];
    const steps = (how: string) => explained(program({ promotions, stacking: { promotions: how } }));
    expect(steps('best')).toEqual([
      ['plain', 100, 100],
      ['double', 100, 200],
      ['triple', 100, 300],
    ]);
    expect(steps('sum')).toEqual([
      ['plain', 100, 100],
      ['double', 100, 200],
      ['triple', 200, 400],
    ]);
    expect(steps('multiply')).toEqual([
      ['plain', 100, 100],
      ['double', 100, 200],
      ['triple', 400, 600],
    ]);
  });

  test('what all multiply together is cut where the program says so, and the order says that it was', () => {
    const rules = program({ promotions: [TRIPLE], tiers: LEVELS, stacking: { tier: 'multiply', most: '7/2' } });
    expect(explained(rules, 'gold').at(-1)).toEqual(['gold', 50, 350]);
    const example = exampleOrder(rules, [], SINCE);
    if (!example) throw new Error('no order');
    const { order, pins } = example;
    const facts = { order, pins: { ...pins, tier: 'gold' }, scale: ONE, grants: null, room: WHOLE_ROOM };
    const { because, gives } = judgeLines(compile(rules), facts, remainsOf(order, pins.moment));
    expect([gives['points'], because.at(-1)]).toMatchObject([350n, { kind: 'most', exact: '7/2' }]);
  });

  test('an exclusive one stands alone, also where it is worth less', () => {
    const promotions = [TRIPLE, { ...DOUBLE, exclusive: true }];
    expect(explained(program({ promotions, stacking: { promotions: 'sum' } }))).toEqual([
      ...[
        ['plain', 100, 100],
        ['triple', 200, 300],
        ['double', -100, 200],
      ],
    ]);
  });

  test('of a group the best counts; groups join as promotions do', () => {
    const promotions = [
      { id: 'tea', factor: 2, group: 'drinks' },
      { id: 'coffee', factor: 3, group: 'drinks' },
      { id: 'sunday', factor: 2 },
    ];
    expect(explained(program({ promotions, stacking: { promotions: 'sum' } }))).toEqual([
      ...[
        ['plain', 100, 100],
        ['tea', 100, 200],
        ['coffee', 100, 300],
        ['sunday', 100, 400],
      ],
    ]);
    const equals = [
      { id: 'one', factor: 2, group: 'g' },
      { id: 'two', factor: 2, group: 'g' },
    ];
    expect(explained(program({ promotions: equals, stacking: { promotions: 'multiply' } })).at(-1)).toEqual([
      'two',
      0,
      200,
    ]);
  });

  test('the level joins after the promotions, additions are multiplied by nothing', () => {
    const rules = (tier: string) => program({ promotions: [DOUBLE, MORE], tiers: LEVELS, stacking: { tier } });
    const common: [string, number, number][] = [
      ['plain', 100, 100],
      ['double', 100, 200],
      ['more', 40, 240],
    ];
    expect(explained(rules('sum'), 'gold')).toEqual([...common, ['gold', 50, 290]]);
    expect(explained(rules('best'), 'gold')).toEqual([...common, ['gold', 0, 240]]);
    expect(explained(rules('multiply'), 'gold')).toEqual([...common, ['gold', 100, 340]]);
    expect(explained(rules('sum'), 'silver')).toEqual(common);
  });

  test('those with a ceiling come last: what they give is what they add to everything else', () => {
    const promotions = [{ ...TRIPLE, ceiling: { points: 1000 } }, DOUBLE];
    const rules = program({ promotions, tiers: LEVELS, stacking: { promotions: 'multiply', tier: 'multiply' } });
    expect(explained(rules, 'gold')).toEqual([
      ...[
        ['plain', 100, 100],
        ['double', 100, 200],
        ['gold', 100, 300],
        ['triple', 600, 900],
      ],
    ]);
  });

  test('one that does not apply says why, one that changes nothing what it would be worth alone', () => {
    const rules = program({ promotions: [TRIPLE, DOUBLE, { ...DOUBLE, id: 'big', when: { minOrder: 99_999 } }] });
    const example = exampleOrder(rules, [], SINCE);
    if (!example) throw new Error('no order');
    const said = locales.map((locale) =>
      stackingSteps(explainStacking(rules, example), new Speaker({ locale, money: rules.money })),
    );
    expect(said[0]).toEqual([
      'Without promotions: 100 points.',
      '“triple”: +200 points, which makes 300 points.',
      '“double” changes nothing here; alone it would give 100 points more.',
      '“big” does not apply: the order is below its minimum.',
    ]);
    expect(said[3]?.[2]).toBe('„double” nic tu nie zmienia; sama dałaby dodatkowo 100 punktów.');
    expect(new Set(said.map((lines) => lines.join())).size).toBe(4);
  });

  test('whatever the promotions: the steps add up to what the rules give', () => {
    const promotion = fc.record({
      factor: fc.option(fc.constantFrom('1', '3/2', '2', '7/3', '5'), { nil: undefined }),
      add: fc.option(fc.integer({ min: 0, max: 90 }), { nil: undefined }),
      exclusive: fc.boolean(),
      group: fc.option(fc.constantFrom('a', 'b'), { nil: undefined }),
      ceiling: fc.option(fc.constant({ points: 100_000 }), { nil: undefined }),
    });
    const how = fc.constantFrom('best', 'sum', 'multiply');
    fc.assert(
      fc.property(fc.array(promotion, { maxLength: 6 }), how, how, (promotions, among, tier) => {
        const all = promotions.map((one, i) => ({ id: `p${i}`, ...one }));
        const rules = program({ promotions: all, tiers: LEVELS, stacking: { promotions: among, tier } });
        const example = exampleOrder(rules, [{ when: { tiers: ['gold'] } }], SINCE);
        if (!example) throw new Error('no order');
        const { steps, total } = explainStacking(rules, example);
        expect(total).toBe(steps.reduce((sum, { gain }) => sum + gain, 0n));
        expect(total).toBe(pointsOf(rules, example, 'points'));
      }),
      { numRuns: 300 },
    );
  });
});
