import { describe, expect, test } from '@jest/globals';
import { leastOfSlider } from '../../src/rewards/slider.js';
import { offered } from './one-offer.js';

describe('D1, T13: any amount along a slider, and the limit that binds', () => {
  const reward = { kind: 'slider', step: 5, off: 50 };

  test.each([
    [9000, { available: 43 }, {}, 40n, 400, 'balance'],
    [9000, {}, { max: 60 }, 60n, 600, 'max'],
    [1000, {}, { share: '1/2' }, 50n, 500, 'share'],
    [799, {}, {}, 75n, 750, 'cart'],
    [9000, { available: 60 }, { max: 60 }, 60n, 600, 'balance'],
    [9000, { available: 9 }, { min: 10 }, 0n, 0, 'balance'],
  ])('a cart of %i', (net, by, more, points, off, binding) => {
    expect(offered({ ...reward, ...more }, net, by)).toEqual({ points, off, binding });
  });

  test.each([
    [25, 30n],
    [30, 30n],
    [0, 10n],
    [undefined, 10n],
  ])('a least amount of %j is that of the first whole step', (min, least) => {
    const odd = { kind: 'slider', step: 10, off: 100, ...(min !== undefined && { min }) };
    expect(BigInt(leastOfSlider({ step: 10, min }))).toBe(least);
    expect(offered(odd, 9000, { available: Number(least) - 1 }).points).toBe(0n);
    expect(offered(odd, 9000, { available: Number(least) }).points).toBe(least);
  });

  test.each([
    [120, 'share'],
    [72, 'share'],
    [23, 'step'],
    [5, 'min'],
    [50, null],
  ])('asked for %i', (asked, binding) => {
    const more = { max: 80, share: '1/2', min: 10 };
    const granted = binding === null ? { points: 50n, off: 500 } : { points: 0n, off: 0 };
    expect(offered({ ...reward, ...more }, 1000, { asked })).toEqual({ ...granted, binding });
  });
});
