import { readFileSync } from 'node:fs';
import { describe, expect, test } from '@jest/globals';
import { hashOf } from '../../src/programs/canonical.js';
import { schemaText } from '../../src/programs/json-schema.js';
import type { Problem } from '../../src/programs/problems.js';
import { checkProgram } from '../../src/programs/check-program.js';
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
    return checkProgram(readProgram(text));
  } catch (error) {
    return (error as { details: { problems: Problem[] } }).details.problems;
  }
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

describe('D8: what nothing takes back any more gives nothing to anybody', () => {
  /** A program whose cents for a cause are final on the 5th, and one more word about them. */
  const withFinal = (more: object, units: object = {}) =>
    JSON.stringify({
      tallymark: 1,
      name: 'Small change',
      rules: {
        zone: 'Europe/Amsterdam',
        money: { code: 'EUR', exponent: 2 },
        units: { points: {}, cents: { value: '0', finalOn: 5 }, ...units },
        earning: [{ id: 'cents', unit: 'cents', kind: 'rate', points: 1, per: 1, where: { products: ['gift'] } }],
        ...more,
      },
    });
  const board = { id: 'givers', by: 'points', period: 'month' };
  const cents = { id: 'cents', unit: 'cents', kind: 'rate', points: 1, per: 1 };
  const rich = { balance: { unit: 'cents', min: 500 } };

  test.each<[string, object, RegExp]>([
    [
      'a leaderboard that awards for them',
      { leaderboards: [{ ...board, unit: 'cents', award: { gives: [10] } }] },
      /leaderboard/,
    ],
    ['a rule for who has enough of them', { promotions: [{ id: 'rich', factor: 2, when: rich }] }, /who has enough/],
    ['a birthday for who has enough of them', { birthday: { gives: 5, when: rich } }, /who has enough/],
    ['a reward', { rewards: [{ id: 'mug', kind: 'product', unit: 'cents', points: 5 }] }, /reward/],
    ['a worth', {}, /worth money/],
  ])('%s', (name, more, problem) => {
    const units = name === 'a worth' ? { cents: { value: '1', finalOn: 5 } } : {};
    const found = problemsIn(withFinal(more, units));
    expect(found).toEqual([
      { path: 'rules.units.cents.finalOn', problem: expect.stringMatching(problem), fix: expect.stringMatching(/\.$/) },
    ]);
    // taken back by every return, they may
    expect(problemsIn(withFinal(more, { cents: { value: units.cents?.value ?? '0' } }))).toEqual([]);
  });

  test.each<[string, object]>([
    ['nothing', {}],
    ['a leaderboard of who gave most that gives nothing', { leaderboards: [{ ...board, unit: 'cents' }] }],
    ['a leaderboard by another unit', { leaderboards: [{ ...board, unit: 'points', award: { gives: [10] } }] }],
    ['a limit of a day', { earning: [{ ...cents, limits: [{ per: 'day', points: 50 }] }] }],
    ['a limit of everybody together', { earning: [{ ...cents, limits: [{ per: 'month', of: 'all', times: 9 }] }] }],
    [
      'a limit over several rules',
      {
        earning: [cents],
        sharedLimits: [{ id: 'most', unit: 'cents', rules: ['cents'], limits: [{ per: 'year', points: 9 }] }],
      },
    ],
    ['a ceiling', { promotions: [{ id: 'twice', unit: 'cents', factor: 2, ceiling: { points: 900 } }] }],
    ['a limit of one order', { earning: [{ ...cents, limits: [{ per: 'order', points: 50 }] }] }],
    [
      'a rule for who has few of them',
      { promotions: [{ id: 'few', factor: 2, when: { balance: { unit: 'cents', max: 5 } } }] },
    ],
    ['a promotion of theirs', { promotions: [{ id: 'twice', unit: 'cents', factor: 2 }] }],
  ])('is not refused: %s', (_, more) => {
    expect(problemsIn(withFinal(more))).toEqual([]);
  });
});
