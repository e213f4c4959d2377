import { describe, expect, test } from '@jest/globals';
import { judged, NOON, orderCase, versionOf } from './one-order.js';

describe('C9: so many points once per order', () => {
  const big = { id: 'big', kind: 'fixed', gives: 20, when: { minOrder: 5000 } };

  test('once, however many lines match', () => {
    const lines = [
      { id: '1', net: 3000 },
      { id: '2', net: 3000 },
    ];
    const { gives, extra } = judged([big], lines);
    expect(gives).toEqual({ points: 20n });
    expect(extra).toEqual({ points: 20n });
  });

  test('below the threshold it says so', () => {
    const { gives, missed } = judged([big], [{ id: '1', net: 4999 }]);
    expect(gives).toEqual({});
    expect(missed).toEqual([{ id: 'big', why: 'minOrder' }]);
  });

  test('the threshold is asked of what remains', () => {
    const refunds = [{ id: 'r', at: new Date(NOON).toISOString(), amount: 1 }];
    const order = orderCase(versionOf({ earning: [big] }), { lines: [{ id: '1', net: 5000 }], refunds });
    expect(order.givesAt(NOON - 1)).toEqual({});
    expect(order.givesAt(NOON)).toEqual({});
    expect(orderCase(versionOf({ earning: [big] }), { lines: [{ id: '1', net: 5000 }] }).givesAt(NOON)).toEqual({
      points: 20n,
    });
  });
});
