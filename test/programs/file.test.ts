import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../src/programs/canonical.js';
import { schemaText } from '../../src/programs/json-schema.js';
import type { Problem } from '../../src/programs/problems.js';
import { readProgram, writeProgram } from '../../src/programs/read-program.js';

const COFFEE = `
tallymark: 1
name: Coffee card
names:
  units:
    beans: { symbol: "☕", en: "{n, plural, one {# bean} other {# beans}}" }
rules:
  zone: Europe/Amsterdam
  money: { code: EUR, exponent: 2 }
  units: { beans: { value: "1/2" } }
  earning:
    - { id: base, kind: rate, unit: beans, points: 1, per: 100 }
examples:
  - name: one coffee
    story:
      - { kind: order, day: 2026-03-02, id: A, amount: 350, gives: { beans: 3 } }
`;

/** What is said of a file that cannot be used. */
function problemsIn(text: string): Problem[] {
  try {
    readProgram(text);
  } catch (error) {
    return (error as { details: { problems: Problem[] } }).details.problems;
  }
  return [];
}

describe('T14: a program is a readable file', () => {
  test('the schema in the repository is that which checks (npm run program-schema)', () => {
    expect(readFileSync('docs/program.schema.json', 'utf8')).toBe(schemaText());
  });

  test('YAML, JSON, another order of keys, defaults written out, fractions not reduced: one hash', () => {
    const file = readProgram(COFFEE);
    const other = {
      examples: file.examples,
      rules: { ...file.rules, units: { beans: { ...file.rules.units['beans'], value: '2/4' } }, moment: 'placed' },
      names: file.names,
      name: 'Coffee card',
      tallymark: 1,
    };
    const hashes = [file, readProgram(writeProgram(file)), readProgram(writeProgram(file, 'json'))].map(hashOf);
    expect(new Set([...hashes, hashOf(readProgram(JSON.stringify(other)))]).size).toBe(1);
    expect(hashOf(readProgram(COFFEE.replace('per: 100', 'per: 101')))).not.toBe(hashes[0]);
  });

  test('what goes without saying is not written', () => {
    expect(writeProgram(readProgram(COFFEE))).not.toMatch(/rounding|stacking|promotions|member/);
  });
});

describe('T14: what is wrong with a file is said with its place and what to do', () => {
  test.each([
    ['no text', 'tallymark: [', { path: '', problem: /cannot be read/ }],
    [
      'a word the format does not know',
      COFFEE.replace('per: 100', 'every: 100'),
      { path: 'rules.earning[0].every', line: 12 },
    ],
    ['a missing word', COFFEE.replace(', per: 100', ''), { path: 'rules.earning[0].per', problem: /missing/ }],
    [
      'no kind',
      COFFEE.replace('kind: rate', 'kind: rat'),
      { path: 'rules.earning[0].kind', fix: /rate, step, item, fixed/ },
    ],
    [
      'not a day',
      COFFEE.replace('2026-03-02', '2 March'),
      { path: 'examples[0].story[0].day', fix: /2026-03-02/, line: 16 },
    ],
    [
      'what only an order could say, asked of a birthday',
      COFFEE.replace('rules:', 'rules:\n  birthday: { gives: 5, when: { nth: { is: 3 } } }'),
      { path: 'rules.birthday.when.nth', problem: /no order/, fix: /bought/ },
    ],
    ['not a fraction', COFFEE.replace('points: 1', 'points: 0.5'), { path: 'rules.earning[0].points', fix: /3\/250/ }],
  ])('%s', (_, text, { path, ...more }) => {
    const found = problemsIn(text).find((one) => one.path === path);
    expect(found).toBeDefined();
    for (const [key, wanted] of Object.entries(more)) {
      const is = found?.[key as keyof Problem];
      if (wanted instanceof RegExp) expect(is).toMatch(wanted);
      else expect(is).toBe(wanted);
    }
    expect(found?.fix).toMatch(/\w.*\.$/);
  });
});

test('T14: what two rules make impossible together is said in their own words', () => {
  const text = COFFEE.replace(
    '  earning:',
    '  birthday: { gives: 1, unit: beans, givesByTier: { gold: 2 } }\n  tiers: { basis: points, window: { kind: lifetime }, levels: [{ id: gold }] }\n  earning:',
  );
  expect(problemsIn(text)).toEqual([
    {
      path: 'rules.birthday.givesByTier',
      problem: 'a birthday cannot give by level where levels are reached by points',
      fix: 'Let spend, orders or visits reach them.',
      line: 11,
    },
  ]);
});
