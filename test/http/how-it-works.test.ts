import { describe, expect, test } from '@jest/globals';
import { howItWorksPage } from '../../src/http/storefront/how-it-works-page.js';
import { howItWorksView } from '../../src/http/storefront/how-it-works.js';
import { spokenIn } from '../../src/http/storefront/spoken.js';
import { programFile } from '../../src/programs/program-file.js';

const FILE = programFile.parse({
  tallymark: 1,
  name: 'Bean & Leaf',
  names: {
    units: {
      beans: {
        en: '{n, plural, one {# bean} other {# beans}}',
        pl: '{n, plural, one {# ziarno} few {# ziarna} many {# ziaren} other {# ziarna}}',
      },
    },
    rules: { saturday: { en: 'Super <Saturday>' } },
    tiers: { gold: { en: 'Gold', pl: 'Złoty' } },
  },
  rules: {
    zone: 'Europe/Amsterdam',
    money: { code: 'EUR', exponent: 2 },
    units: { beans: { expiry: { kind: 'months', months: 12 } } },
    earning: [{ id: 'base', kind: 'rate', unit: 'beans', points: 2, per: 100 }],
    promotions: [{ id: 'saturday', unit: 'beans', factor: 2, when: { weekdays: ['sat'], tiers: ['gold'] } }],
  },
});
const said = (language: 'en' | 'pl') =>
  Object.fromEntries(
    howItWorksView(spokenIn(FILE, language)).sections.map(({ id, title, sentences }) => [
      `${id}: ${title}`,
      sentences.map(({ sentence }) => sentence),
    ]),
  );

describe('T15: how it works, for shoppers', () => {
  test('in the program’s own names, by the parts of the page', () => {
    expect(said('en')).toEqual({
      'earning: How you earn': [
        '2 beans for every €1.00 spent.',
        'What you spend counts after discounts, without tax, without shipping, also what a gift card paid.',
      ],
      'promotions: Promotions': ['Super <Saturday>: double beans, on Saturdays, at Gold level.'],
      'terms: Good to know': expect.arrayContaining(['Beans can be used for 12 months.']),
    });
    expect(said('pl')).toMatchObject({
      'earning: Jak zbierać': expect.arrayContaining([expect.stringMatching(/^2 ziarna za każde wydane 1,00\s€\.$/)]),
      'promotions: Promocje': ['Podwójne ziarna, w soboty, na poziomie Złoty.'],
    });
  });

  test('as a page that is whole without script; names of the shop are text', () => {
    const { body, headers } = howItWorksPage(howItWorksView(spokenIn(FILE, 'en')));
    expect(body).toContain('<h1>Bean &amp; Leaf</h1>');
    expect(body).toContain('<li>Super &lt;Saturday&gt;: double beans, on Saturdays, at Gold level.</li>');
    expect(headers?.['content-security-policy']).toContain("default-src 'none'");
  });
});
