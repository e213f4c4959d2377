import { describe, expect, test } from '@jest/globals';
import { offered } from './one-offer.js';

describe('D1: money off in fixed steps', () => {
  const reward = { kind: 'amount-off', points: 50, off: 500 };

  test('the whole value is recorded, also on a smaller cart', () => {
    expect(offered(reward, 9000)).toEqual({ points: 50n, off: 500, binding: null });
    expect(offered(reward, 300)).toEqual({ points: 50n, off: 500, binding: null });
  });

  test.each([
    ['balance', 9000, { available: 49 }, {}],
    ['cart', 0, {}, {}],
    ['minCart', 1999, {}, { minCart: 2000 }],
    ['tiers', 9000, { tier: 'plain' }, { tiers: ['gold'] }],
    ['cart', 9000, {}, { where: { products: ['mug'] } }],
  ])('refused by %s', (binding, net, by, more) => {
    expect(offered({ ...reward, ...more }, net, by)).toEqual({ points: 0n, off: 0, binding });
  });
});
