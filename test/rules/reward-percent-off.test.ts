import { describe, expect, test } from '@jest/globals';
import { offered } from './one-offer.js';

describe('D2: percentage off', () => {
  const reward = { kind: 'percent-off', points: 30, percent: '10' };

  test('of what is eligible, rounded down, at most so much', () => {
    expect(offered(reward, 1999)).toEqual({ points: 30n, off: 199, binding: null });
    expect(offered({ ...reward, maxOff: 150 }, 1999)).toEqual({ points: 30n, off: 150, binding: null });
    expect(offered({ ...reward, percent: '25/2' }, 999)).toEqual({ points: 30n, off: 124, binding: null });
  });

  test('a cart of which nothing would be taken off is refused', () => {
    expect(offered(reward, 9)).toEqual({ points: 0n, off: 0, binding: 'cart' });
  });
});
