import { describe, expect, test } from '@jest/globals';
import { judged } from './one-order.js';

describe('B1: so many points for each amount spent, in proportion', () => {
  const tea = { id: 'tea', kind: 'rate', points: '3/2', per: 100, where: { categories: ['tea'] } };
  const base = { id: 'base', kind: 'rate', points: '1', per: 100 };

  test('a fractional rate is exact over all lines and rounded once for the order', () => {
    const lines = [
      { id: '1', net: 150, categories: ['tea'] },
      { id: '2', net: 150, categories: ['tea'] },
    ];
    const { gives, lines: by } = judged([tea], lines);
    expect(gives).toEqual({ points: 4n });
    expect(by.points).toEqual({ '1': 2n, '2': 2n });
  });

  test('the first rule in the written order claims the line; what it leaves the next one claims', () => {
    const lines = [
      { id: '1', net: 1000, categories: ['tea'] },
      { id: '2', net: 1000 },
    ];
    expect(judged([tea, base], lines).gives).toEqual({ points: 25n });
    expect(judged([base, tea], lines).gives).toEqual({ points: 20n });
  });

  test('a rate of nothing claims its line too: what is on sale earns nothing', () => {
    const sale = { id: 'sale', kind: 'rate', points: 0, per: 100, where: { tags: ['sale'] } };
    expect(judged([sale, base], [{ id: '1', net: 1000, tags: ['sale'] }]).gives).toEqual({});
  });

  test('a rule reads the base its own way', () => {
    const taxed = { ...base, base: { tax: true } };
    expect(judged([taxed], [{ id: '1', net: 1000, tax: 210 }]).gives).toEqual({ points: 12n });
  });
});
