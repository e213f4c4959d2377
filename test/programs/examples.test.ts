import { describe, expect, test } from '@jest/globals';
import { readFileSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { checkProgram } from '../../src/programs/check-program.js';
import { playExamples, proveProgram } from '../../src/programs/play-examples.js';
import { readProgram } from '../../src/programs/read-program.js';
import { aProgram, order, story } from './programs.js';

const failures = (rules: object, ...steps: object[]) =>
  playExamples(aProgram({ rules, examples: story(...steps) })).map(
    ({ path, what, expected, got }) => `${path}: ${what} ${expected}, ${got}`,
  );

describe('T14: the examples of a program are played by the rules', () => {
  test('an order, part of it back, then all of it: what stands at each step', () => {
    // 12.50 at 1 a euro, floored; 6.25 left; nothing left
    expect(
      failures(
        {},
        order('A', 1250, { gives: { points: 12 }, reason: 'earned' }),
        { kind: 'refund', day: '2026-03-05', order: 'A', amount: 625, gives: { points: 6 } },
        { kind: 'expect', day: '2026-03-06', available: { points: 6 }, debt: { points: 0 } },
        { kind: 'cancel', day: '2026-03-07', order: 'A', gives: {} },
      ),
    ).toEqual([]);
  });

  test('P20: points are sent to a friend, so many a day; what earned them goes back, and the friend keeps them', () => {
    const rules = {
      sending: { min: 10, limits: { day: 400 } },
      units: { points: { expiry: { kind: 'days', days: 10 } } },
    };
    const send = (day: string, points: number, refused?: string) => ({
      ...{ kind: 'send', day, to: 'ola', points },
      ...(refused && { refused }),
    });
    expect(
      failures(
        rules,
        order('A', 121_800),
        send('2026-03-03', 400),
        send('2026-03-03', 10, 'day'),
        send('2026-03-04', 5, 'min'),
        { kind: 'expect', day: '2026-03-04', available: { points: 818 } },
        { kind: 'cancel', day: '2026-03-05', order: 'A', gives: {} },
        { kind: 'expect', day: '2026-03-05', available: { points: 0 }, debt: { points: 400 } },
        send('2026-03-06', 10, 'debt'),
        { kind: 'expect', day: '2026-03-12', member: 'ola', available: { points: 400 } },
        { kind: 'expect', day: '2026-03-13', member: 'ola', available: { points: 0 } },
      ),
    ).toEqual([]);
  });

  test('what does not come out is named with its place, what was expected and what came', () => {
    expect(
      failures({}, order('A', 1250, { gives: { points: 13 } }), {
        kind: 'expect',
        day: '2026-03-02',
        available: { points: 13 },
      }),
    ).toEqual(['examples[0].story[0]: points given 13, 12', 'examples[0].story[1]: points available 13, 12']);
    expect(() => proveProgram(aProgram({ examples: story(order('A', 1250, { gives: { points: 13 } })) }))).toThrow(
      /“a story” does not come out as it says, at examples\[0\]\.story\[0\]: points given should be 13 and is 12/,
    );
  });

  test('a gift that nobody expected is a difference too', () => {
    const rules = { units: { points: {}, stars: {} }, earning: [{ id: 's', kind: 'fixed', unit: 'stars', gives: 2 }] };
    expect(failures(rules, order('A', 100, { gives: {} }))).toEqual(['examples[0].story[0]: stars given 0, 2']);
  });

  test('paid later, days of waiting, a birthday, a review, a friend, an adjustment', () => {
    const rules = {
      counts: { after: 'paid', days: 14 },
      birthday: { gives: 30 },
      reviews: { gives: 20, photo: 5 },
      joining: { gives: 10 },
      referral: { advocate: 50, friend: 25, minOrder: 1000 },
    };
    expect(
      failures(
        rules,
        { kind: 'join', day: '2026-03-01', member: 'ana', birthday: '03-10' },
        { kind: 'join', day: '2026-03-01', member: 'ben', broughtBy: 'ana' },
        order('A', 2000, { member: 'ben', paid: '2026-03-04', gives: {}, reason: 'not-paid' }),
        { kind: 'expect', day: '2026-03-04', member: 'ben', available: { points: 10 } },
        {
          kind: 'review',
          day: '2026-03-05',
          id: 'r',
          member: 'ana',
          product: 'cup',
          photo: true,
          gives: { points: 25 },
        },
        // ten for joining, twenty-five for the review, thirty at midnight
        { kind: 'expect', day: '2026-03-10', member: 'ana', available: { points: 65 } },
        { kind: 'adjust', day: '2026-03-11', id: 'x', member: 'ana', points: -5 },
        // paid on the 4th, counts on the 18th: 20 and 25 for the friend, 50 for the advocate
        { kind: 'expect', day: '2026-03-19', member: 'ben', available: { points: 55 } },
        { kind: 'expect', day: '2026-03-19', member: 'ana', available: { points: 110 } },
      ),
    ).toEqual([]);
  });

  test('points are redeemed, used in an order, and refused where they do not reach', () => {
    expect(
      failures(
        {},
        order('A', 6000, { gives: { points: 60 } }),
        { kind: 'redeem', day: '2026-03-03', id: 'r1', reward: 'five', cart: 2000, takes: 50, off: 500 },
        { kind: 'expect', day: '2026-03-03', available: { points: 10 }, held: { points: 50 } },
        { kind: 'redeem', day: '2026-03-03', id: 'r2', reward: 'five', cart: 2000, takes: 0, refused: 'balance' },
        order('B', 1500, { day: '2026-03-04', uses: ['r1'], gives: { points: 15 } }),
        { kind: 'expect', day: '2026-03-04', available: { points: 25 }, held: { points: 0 } },
      ),
    ).toEqual([]);
  });

  test('a ceiling is first come, as it is live', () => {
    const rules = { promotions: [{ id: 'double', factor: 2, ceiling: { points: 15 } }] };
    expect(
      failures(
        rules,
        order('A', 1000, { gives: { points: 20 } }),
        order('B', 1000, { member: 'ben', gives: { points: 15 } }),
        order('C', 1000, { member: 'cem', gives: { points: 10 } }),
      ),
    ).toEqual([]);
  });

  test('cards, tiers, a paid term', () => {
    const rules = {
      units: { points: {}, coffees: {} },
      stamps: [{ id: 'card', per: 'order', needs: 2, pays: { unit: 'coffees', gives: 1 } }],
      tiers: { basis: 'spend', window: { kind: 'lifetime' }, levels: [{ id: 'green' }, { id: 'gold', enter: 5000 }] },
      membership: { product: 'club', months: 12 },
    };
    expect(
      failures(
        rules,
        order('A', 2500),
        {
          kind: 'expect',
          day: '2026-03-02',
          stamps: { card: 1 },
          filled: { card: 0 },
          tier: 'green',
          membershipUntil: null,
        },
        { kind: 'order', day: '2026-03-03', id: 'B', lines: [{ product: 'club', amount: 2500 }] },
        {
          ...{ kind: 'expect', day: '2026-03-04', stamps: { card: 0 }, filled: { card: 1 }, available: { coffees: 1 } },
          ...{ tier: 'gold', membershipUntil: '2027-03-03' },
        },
      ),
    ).toEqual([]);
  });

  test('deeds give within their limits', () => {
    const rules = { deeds: [{ id: 'shelter', kind: 'event', gives: 15, limits: { day: 1 } }] };
    const deed = (id: string, more: object = {}) => ({ kind: 'deed', day: '2026-03-02', id, of: 'shelter', ...more });
    expect(
      failures(
        rules,
        deed('a'),
        deed('b'),
        { kind: 'expect', day: '2026-03-02', available: { points: 15 } },
        deed('c', { day: '2026-03-03' }),
        {
          ...{ kind: 'expect', day: '2026-03-03', available: { points: 30 } },
        },
      ),
    ).toEqual([]);
    expect(() => failures(rules, deed('a', { of: 'garden' }))).toThrow(/no deed garden/);
  });

  test.each([
    [
      'an order that was not told of',
      [{ kind: 'refund', day: '2026-03-02', order: 'A', amount: 1 }],
      /no order A before it/,
    ],
    ['a day before the step before', [order('A', 1), order('B', 1, { day: '2026-03-01' })], /order of its days\./],
    ['two orders of one id', [order('A', 1), order('A', 1)], /an order A already/],
    [
      'a reward that is not there',
      [{ kind: 'redeem', day: '2026-03-02', id: 'r', reward: 'car', cart: 1 }],
      /no reward car/,
    ],
  ])('%s: said', (_, steps, says) => {
    expect(() => failures({}, ...steps)).toThrow(says);
  });
});

describe('C11 to C13, C16, C18: examples tell of deeds, goals and badges', () => {
  const rules = {
    deeds: [{ id: 'own-cup', kind: 'event', gives: 5, limits: { day: 1 } }],
    goals: [
      { id: 'cups', counts: { kind: 'deeds', of: ['own-cup'] }, needs: 2, gives: 50, badge: 'Green' },
      { id: 'second', counts: { kind: 'orders' }, needs: 2, gives: 100 },
    ],
  };
  const cup = (day: string, more: object) => ({ kind: 'deed', day, of: 'own-cup', ...more });

  test('what they expect of them holds, or is told apart', () => {
    const steps = [
      order('A', 1000),
      cup('2026-03-02', { gives: { points: 5 } }),
      cup('2026-03-02', { gives: {}, reason: 'limit' }),
      cup('2026-03-03', { gives: { points: 5 } }),
      { kind: 'expect', day: '2026-03-03', goals: { cups: 1, second: 0 }, badges: ['cups'], available: { points: 70 } },
      { ...order('B', 1000), day: '2026-03-04' },
      { kind: 'expect', day: '2026-03-04', goals: { second: 1 }, available: { points: 180 } },
      { kind: 'cancel', day: '2026-03-05', order: 'A' },
      { kind: 'expect', day: '2026-03-05', goals: { second: 0 }, available: { points: 70 } },
    ];
    expect(failures(rules, ...steps)).toEqual([]);
    const wrong = { kind: 'expect', day: '2026-03-06', goals: { cups: 2 }, badges: [] };
    expect(failures(rules, ...steps, wrong)).toHaveLength(2);
  });
});

describe('T14: what makes no sense is found before it is published', () => {
  const found = (rules: object, names = {}) =>
    checkProgram(aProgram({ rules, names })).map(({ path, problem, fix }) => `${path}: ${problem}. ${fix}`);

  test.each([
    [
      'a unit that is not there',
      { joining: { gives: 1, unit: 'stars' } },
      /^rules\.joining\.unit: there is no unit stars\. .*points/,
    ],
    ['a zone', { zone: 'Europe/Atlantis' }, /^rules\.zone: there is no time zone/],
    ['a day', { starts: '2026-02-30' }, /^rules\.starts: 2026-02-30 does not exist/],
    [
      'a tier',
      { rewards: [{ id: 'r', kind: 'free-shipping', points: 1, tiers: ['gold'] }] },
      /^rules\.rewards\[0\]\.tiers\[0\]: there is no tier/,
    ],
    [
      'an id twice',
      { earning: [1, 2].map(() => ({ id: 'base', kind: 'fixed', gives: 1 })) },
      /^rules\.earning\[1\]\.id: base is there already/,
    ],
    [
      'a promotion of less than nothing',
      { promotions: [{ id: 'p', factor: '1/2' }] },
      /^rules\.promotions\[0\]\.factor: .*never takes/,
    ],
    [
      'an end before its beginning',
      { promotions: [{ id: 'p', factor: 2, when: { dates: { from: '2026-05-02', to: '2026-05-01' } } }] },
      /dates\.to: it ends on 2026-05-01/,
    ],
    [
      'a limit over what is not there (C1)',
      { reviews: { gives: 5 }, sharedLimits: [{ id: 's', rules: ['trail'], limits: [{ per: 'day', points: 5 }] }] },
      /^rules\.sharedLimits\[0\]\.rules\[0\]: trail gives no points by itself.*or joining, birthday.*has: .*reviews/,
    ],
    [
      'a card with a stamp for every cent (B2)',
      { stamps: [{ id: 'card', per: 'amount', needs: 5, pays: { gives: 1 } }] },
      /^rules\.stamps\[0\]\.every: card does not say for how much/,
    ],
  ])('%s', (_, rules, says) => {
    expect(found(rules)).toEqual([expect.stringMatching(says)]);
  });

  test('names of nothing, and messages that cannot be read or show no number', () => {
    const names = {
      units: { stars: { en: '{n} stars' }, points: { nl: '{n, plural, one {punt}', en: 'points' } },
      rules: { nothing: { en: 'X' } },
    };
    expect(found({}, names)).toEqual([
      expect.stringMatching(/^names\.units\.stars: it names nothing/),
      expect.stringMatching(/^names\.rules\.nothing: it names nothing/),
      expect.stringMatching(/^names\.units\.points\.(en|nl): /),
      expect.stringMatching(/^names\.units\.points\.(en|nl): /),
    ]);
  });

  test('every program of the golden examples makes sense', () => {
    const folder = 'test/fixtures/examples';
    for (const name of readdirSync(folder).filter((one) => one.endsWith('.json'))) {
      const { program } = JSON.parse(readFileSync(join(folder, name), 'utf8')) as { program: object };
      expect([name, checkProgram(aProgram({ rules: { earning: [], rewards: [], ...program } }))]).toEqual([name, []]);
    }
  });
});

test('T14: the program in docs/program-file.md comes out as it says', () => {
  const [, text = ''] = readFileSync('docs/program-file.md', 'utf8').split(/```(?:yaml)?\n/);
  const file = readProgram(text);
  expect(file.examples).toHaveLength(1);
  expect(() => proveProgram(file)).not.toThrow();
});
