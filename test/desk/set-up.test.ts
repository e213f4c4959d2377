import { describe, expect, it } from '@jest/globals';
import { namesAsked } from '../../admin-ui/places/set-up/fit-to-shop.js';

/** G4: what a ready program asks of the shop is said before it is switched on. */
describe('the names that a program asks the shop for', () => {
  it('every category, tag and article number of its rules, once', () => {
    const rules = {
      earning: [{ id: 'a', where: { categories: ['drinks'], tags: ['new'] } }],
      rewards: [
        { id: 'b', where: { categories: ['drinks', 'cookies'] } },
        { id: 'c', products: { skus: ['A-1'] } },
      ],
    };
    expect(namesAsked({ rules, names: { tags: ['not a rule'] } })).toEqual(['drinks', 'new', 'cookies', 'A-1']);
    expect(namesAsked({ rules: { earning: [{ id: 'a', points: 1 }] } })).toEqual([]);
  });
});
