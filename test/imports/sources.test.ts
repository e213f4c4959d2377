import { describe, expect, test } from '@jest/globals';
import { proposeColumns } from '../../src/imports/mapping.js';
import { SOURCES } from '../../src/imports/sources/index.js';

/** A7: of each source the columns that its maker describes in public; where nobody describes any, what is commonly understood. */
const DESCRIBED: [source: string, columns: string[], proposal: object][] = [
  [
    'other',
    ['Client', 'E-mail', 'Current points', 'First name', 'Surname'],
    { email: 1, points: 2, firstName: 3, lastName: 4 },
  ],
  ['smile', ['email', 'points'], { email: 0, points: 1 }],
  ['loyaltylion', ['Points', 'Customer email'], { email: 1, points: 0 }],
  ['yotpo', ['Full Name', 'Email', 'Points Balance', 'Points Spent'], { name: 0, email: 1, points: 2 }],
  ['yith', ['1', '2'], {}],
  ['wployalty', ['email', 'points', 'referral_code'], { email: 0, points: 1 }],
  ['wpswings', ['User', 'Balance'], { points: 1 }],
];

describe('A7: what columns hold', () => {
  test('every source has its line here', () => {
    expect(SOURCES.map(({ id }) => id).sort()).toEqual(DESCRIBED.map(([id]) => id).sort());
  });

  test.each(DESCRIBED)('%s', (id, columns, proposal) => {
    const source = SOURCES.find((one) => one.id === id);
    expect(source && proposeColumns(columns, source)).toEqual(proposal);
  });
});
