import { describe, expect, test } from '@jest/globals';
import { formatOf } from '../../admin-ui/words/format.js';
import { type Language, LANGUAGES, say } from '../../admin-ui/words/words.js';
import { wordsFor } from '../../widget/words.js';

/** The same figure stands in a table, within a sentence, in what the service says and in the shop: written in one way. */
const FIGURES = [48, 999, 1_240, 9_706, 12_430, 1_234_567];
const program = { zone: 'Europe/Oslo', currency: 'EUR', exponent: 2, units: [] };

describe('G: a figure is written in one way wherever it stands', () => {
  test.each(Object.keys(LANGUAGES) as Language[])('in %s', (language) => {
    const format = formatOf(language, program);
    const shop = wordsFor(language);
    for (const n of FIGURES) {
      const written = say(language, '{n, number}', { n });
      expect(say(language, '{n, plural, other {#}}', { n })).toBe(written);
      expect(format.number(n)).toBe(written);
      expect(format.number(`${n}`)).toBe(written);
      expect(format.signed(n)).toBe(`+${written}`);
      // and no line ends between it and its unit
      expect(format.points(n, 'stars')).toBe(`${written}\u00a0stars`);
      expect(format.money(n * 100)).toContain(written);
      expect(shop.number(n)).toBe(written);
      expect(shop.signed(n, 'stars')).toBe(`+${written}\u00a0stars`);
    }
  });
});
