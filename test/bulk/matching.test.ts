import { describe, expect, it } from '@jest/globals';
import { bulkHoldRequest, bulkRequest } from '../../src/http/owner/bulk-schemas.js';

/** G: a word of a filter that would be passed over chooses too many: then nobody is chosen, and it says why. */
const named = { id: '0197a000-0000-7000-8000-000000000001', reason: 'one address' };
const taken = (matching: object) => [
  bulkHoldRequest.safeParse({ ...named, hold: true, matching }).success,
  bulkRequest.safeParse({ ...named, unit: 'points', points: '5', matching }).success,
];

describe('G: whom many points, or a hold, are for', () => {
  it.each([
    {},
    { find: 'ana' },
    { level: 'gold' },
    { level: 'gold', graced: 'yes' },
    { level: 'gold', on: '2027-03-01' },
    { moved: 'rose' },
    { moved: 'rose', level: 'gold', from: '2027-03-01', to: '2027-04-01' },
    { unclaimed: 'points', waited: '30', under: '90' },
    { active: 'no', within: '90', on: '2027-03-01' },
  ])('%j is one filter', (matching) => expect(taken(matching)).toEqual([true, true]));

  it.each([
    { find: 'ana', level: 'gold' },
    { find: 'ana', moved: 'rose' },
    { find: 'ana', active: 'yes' },
    { moved: 'rose', unclaimed: 'points' },
    { moved: 'rose', active: 'no' },
    { level: 'gold', unclaimed: 'points' },
    { on: '2027-03-01' },
    { from: '2027-03-01' },
    { to: '2027-04-01' },
    { find: 'ana', on: '2027-03-01' },
    { unclaimed: 'points', on: '2027-03-01' },
    { active: 'yes', from: '2027-03-01' },
    { level: 'gold', from: '2027-03-01' },
    { moved: 'rose', on: '2027-03-01' },
    { moved: 'rose', level: 'gold', graced: 'yes' },
    { level: 'gold', graced: 'yes', on: '2027-03-01' },
    { graced: 'yes' },
    { waited: '30' },
    { active: 'yes', under: '30' },
    { within: '30' },
  ])('%j is refused', (matching) => expect(taken(matching)).toEqual([false, false]));
});
