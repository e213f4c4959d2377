import { describe, expect, test } from '@jest/globals';
import { judged, NOON, orderCase, versionOf } from './one-order.js';

describe('C8: points for each item of a product', () => {
  const blend = { id: 'blend', kind: 'item', gives: 50, where: { products: ['blend'] } };

  test('for each whole item left, of lines that match, and nothing multiplies it', () => {
    const lines = [
      { id: '1', product: 'blend', quantity: 3, net: 3000 },
      { id: '2', product: 'mug', quantity: 2, net: 2000 },
    ];
    const { gives, extra } = judged([blend], lines, { promotions: [{ id: 'double', factor: '2' }] });
    expect(gives).toEqual({ points: 150n });
    expect(extra).toEqual({ points: 150n });
  });

  test('an item that went back takes its points with it', () => {
    const refunds = [{ id: 'r', at: new Date(NOON).toISOString(), lines: [{ line: '1', quantity: 1, net: 1000 }] }];
    const lines = [{ id: '1', product: 'blend', quantity: 3, net: 3000 }];
    expect(orderCase(versionOf({ earning: [blend] }), { lines, refunds }).givesAt(NOON)).toEqual({ points: 100n });
  });

  test('a line that costs nothing gives nothing', () => {
    expect(judged([blend], [{ id: '1', product: 'blend', quantity: 3, net: 0 }]).missed).toEqual([
      { id: 'blend', why: 'where' },
    ]);
  });
});
