import { expect, test } from '@jest/globals';
import { pricesOf } from '../../src/loyalty/reach.js';
import { programRules } from '../../src/rules/program-rules.js';

test('H1: a reward can be had for what the cheapest costs: of all of them, or of those for one’s level; what is free needs no points', () => {
  const { rewards } = programRules.parse({
    zone: 'UTC',
    money: { code: 'EUR', exponent: 2 },
    units: { points: {}, stars: {}, cups: {} },
    rewards: [
      { id: 'any', unit: 'points', kind: 'amount-off', points: 50, off: 500 },
      { id: 'more', unit: 'points', kind: 'amount-off', points: 90, off: 900, tiers: ['plain'] },
      { id: 'gold', unit: 'points', kind: 'slider', step: 10, min: 12, off: 1, tiers: ['gold'] },
      { id: 'free', unit: 'points', kind: 'free-shipping', points: 0 },
      { id: 'gift', unit: 'cups', kind: 'product', points: 0 },
      { id: 'star', unit: 'stars', kind: 'product', points: 3, tiers: ['gold'] },
    ],
  });
  expect(pricesOf(rewards)).toEqual([
    {
      ...{ unit: 'points', anybody: 50 },
      levels: [
        { level: 'gold', points: 20 },
        { level: 'plain', points: 50 },
      ],
    },
    { unit: 'stars', anybody: null, levels: [{ level: 'gold', points: 3 }] },
  ]);
});
