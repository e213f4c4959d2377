import { describe, expect, test } from '@jest/globals';
import { offered } from './one-offer.js';

describe('D3: a free product', () => {
  test('has its price in points and takes no money off', () => {
    const reward = { kind: 'product', points: 40, product: 'mug' };
    expect(offered(reward, 9000)).toEqual({ points: 40n, off: 0, binding: null });
    expect(offered(reward, 9000, { available: 39 })).toEqual({ points: 0n, off: 0, binding: 'balance' });
  });
});
