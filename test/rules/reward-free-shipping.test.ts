import { describe, expect, test } from '@jest/globals';
import { offered } from './one-offer.js';

describe('D4: free shipping', () => {
  const reward = { kind: 'free-shipping', points: 20 };

  test('takes off what shipping costs, and is refused where it costs nothing', () => {
    expect(offered(reward, 9000, { shipping: 495 })).toEqual({ points: 20n, off: 495, binding: null });
    expect(offered(reward, 9000)).toEqual({ points: 0n, off: 0, binding: 'cart' });
  });
});
