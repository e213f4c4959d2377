import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import {
  beginningOf,
  branchOf,
  fieldsOf,
  fractionOf,
  fractionText,
  freeId,
  majorText,
  minorOf,
  type Schema,
  shapeAt,
  shapeOf,
  turnedInto,
  withField,
} from '../../../admin-ui/places/program/form/form-model.js';
import { ELSEWHERE, PARTS } from '../../../admin-ui/places/program/form/parts.js';
import { startOfDay } from '../../../admin-ui/places/program/start-of-day.js';
import { programFileSchema } from '../../../src/programs/json-schema.js';
import { vocabularies } from '../../../src/programs/diff/changes-in-words.js';
import { earningRule, rewardRule } from './form-schemas.js';

/** G: the editor's forms are drawn from the schema of program files, whatever it learns. */
const rules = programFileSchema.properties?.['rules'] as Schema;
const by = { today: '2026-12-01', unit: 'points', taken: ['rate'] };

describe('G: forms from the schema', () => {
  test('every word of the rules is edited in exactly one part', () => {
    const edited = [...Object.values(PARTS).flat(), ...ELSEWHERE];
    expect([...edited].sort()).toEqual(Object.keys(rules.properties ?? {}).sort());
  });

  test('every kind of earning rule and of reward has a name in each language', () => {
    for (const schema of [earningRule, rewardRule]) {
      const shape = shapeOf(schema);
      if (shape.as !== 'union') throw new Error('they are chosen by kind');
      for (const { name } of shape.branches)
        for (const words of Object.values(vocabularies))
          expect(words).toHaveProperty([`value.kind.${name}` in words ? `value.kind.${name}` : `value.${name}`]);
    }
  });

  test('a new rule of each kind is what its kind requires, and is known again as of that kind', () => {
    for (const schema of [earningRule, rewardRule]) {
      const shape = shapeOf(schema);
      const branches = shape.as === 'union' ? shape.branches : [];
      expect(branches.length).toBeGreaterThan(3);
      for (const branch of branches) {
        const made = beginningOf(branch.schema, by);
        expect([branch.name, branchOf(branches, made)?.name]).toEqual([branch.name, branch.name]);
        expect(Object.keys(made as object).sort()).toEqual([...(branch.schema.required ?? [])].sort());
      }
    }
  });

  test('what is counted in money is asked for in money, and what the program has by name is chosen by name', () => {
    const at = (path: string, of: object) => {
      const steps = path
        .replaceAll(/\[\d+\]/g, '.[]')
        .split('.')
        .slice(1);
      const schema = steps.reduce<Schema>(
        (now, step) => (step === '[]' ? now.items : now.properties?.[step]) as Schema,
        rules,
      );
      return shapeAt(schema, path, { ...of });
    };
    const levels = (basis: string) => at('rules.tiers.levels[1].enter', { tiers: { basis } }).as;
    expect([levels('spend'), levels('orders')]).toEqual(['money', 'number']);
    const goals = (kind: string) => at('rules.goals[0].needs', { goals: [{ counts: { kind } }] }).as;
    expect([goals('spend'), goals('orders')]).toEqual(['money', 'number']);
    expect(at('rules.tiers.multiplies', {})).toEqual({ as: 'among', of: 'unit' });
    expect(at('rules.allowances[0].tiers', {})).toEqual({ as: 'among', of: 'tier' });
    expect(at('rules.sharedLimits[0].rules', {})).toEqual({ as: 'among', of: 'rule' });
  });

  test('a rule that becomes another kind keeps its name and what both have', () => {
    const shape = shapeOf(earningRule);
    const branches = shape.as === 'union' ? shape.branches : [];
    const fixed = branches.find(({ name }) => name === 'fixed')!;
    const before = { id: 'cup', kind: 'rate', points: 2, per: 100, where: { tags: ['tea'] } };
    expect(turnedInto(fixed, before, by)).toEqual({ id: 'cup', kind: 'fixed', gives: 1, where: { tags: ['tea'] } });
  });

  test('what is required or filled in is shown, required first; the rest can be added, and taken out again', () => {
    const shape = shapeOf(earningRule);
    const rate = shape.as === 'union' ? shape.branches.find(({ name }) => name === 'rate')!.schema : {};
    const { shown, addable } = fieldsOf(rate, { id: 'a', kind: 'rate', points: 1, per: 100, when: {} });
    expect(shown).toEqual(['points', 'per', 'unit', 'when']);
    expect(addable).toEqual(['limits', 'expiry', 'where', 'base']);
    expect(withField(withField({ id: 'a' }, 'when', {}), 'when', undefined)).toEqual({ id: 'a' });
  });

  test('ids of new things are free', () => {
    expect([freeId('rate', []), freeId('rate', ['rate']), freeId('rate', ['rate', 'rate-2'])]).toEqual([
      'rate',
      'rate-2',
      'rate-3',
    ]);
  });
});

describe('G: figures as they are written', () => {
  test('an amount is read as it was shown, with a comma or a point', () => {
    fc.assert(
      fc.property(fc.nat(1e9), fc.constantFrom(0, 2, 3), (minor, exponent) => {
        const text = majorText(minor, exponent);
        expect([minorOf(text, exponent), minorOf(text.replace('.', ','), exponent)]).toEqual([minor, minor]);
      }),
    );
    expect(['12', '12,5', '12.50', 'twelve', '', '-1'].map((text) => minorOf(text, 2))).toEqual([
      1_200,
      1_250,
      1_250,
      null,
      null,
      null,
    ]);
  });

  test('a factor is exact: 1.5 is 3/2, a third stays a third', () => {
    expect(['2', '1.5', '1,25', '1/3', 'x', '1/0'].map(fractionOf)).toEqual([2, '3/2', '5/4', '1/3', null, null]);
    expect([2, '3/2', '1/3'].map(fractionText)).toEqual(['2', '1.5', '1/3']);
    fc.assert(
      fc.property(fc.nat(9_999), fc.integer({ min: 1, max: 9 }), (n, d) => {
        const text = fractionText(`${n}/${d}`);
        const [above = 0, below = 1] = String(fractionOf(text)).split('/').map(Number);
        expect(above * d).toBe(n * below);
      }),
    );
  });

  test('a day begins when it does in the shop: summer and winter, and around the nights when clocks change', () => {
    const begins = (date: string, zone: string) => startOfDay(date, zone).toISOString();
    expect(begins('2026-12-01', 'Europe/Oslo')).toBe('2026-11-30T23:00:00.000Z');
    expect(begins('2026-07-01', 'Europe/Amsterdam')).toBe('2026-06-30T22:00:00.000Z');
    expect(begins('2026-03-29', 'Europe/Warsaw')).toBe('2026-03-28T23:00:00.000Z');
    expect(begins('2026-10-26', 'Europe/Warsaw')).toBe('2026-10-25T23:00:00.000Z');
    expect(begins('2026-12-01', 'UTC')).toBe('2026-12-01T00:00:00.000Z');
  });
});
