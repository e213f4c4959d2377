import { describe, expect, test } from '@jest/globals';
import { judged } from './one-order.js';

describe('B4: a fixed amount per amount spent, never in proportion', () => {
  const step = { id: 'step', kind: 'step', gives: 100, every: 2000 };

  test.each([
    [1999, 0n],
    [2000, 100n],
    [3999, 100n],
    [4000, 200n],
  ])('%i gives %i', (net, points) => {
    expect(judged([step], [{ id: '1', net }]).gives.points ?? 0n).toBe(points);
  });

  test('the steps are of all claimed lines together', () => {
    const lines = [
      { id: '1', net: 1500 },
      { id: '2', net: 500 },
    ];
    expect(judged([step], lines).gives).toEqual({ points: 100n });
  });

  test('a factor on one line pays only the steps that this line fills itself', () => {
    const lines = [
      { id: '1', net: 2500, tags: ['new'] },
      { id: '2', net: 1500 },
    ];
    const promotions = [{ id: 'double', factor: '2', where: { tags: ['new'] } }];
    expect(judged([step], lines, { promotions }).gives).toEqual({ points: 300n });
  });
});
