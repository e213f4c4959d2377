import { expect, it } from '@jest/globals';
import fc from 'fast-check';
import { Spreads } from '../../src/simulation/spread.js';

/** T3: every member for whom something changes stands in exactly one step, and steps neither overlap nor leave out a figure. */
it('each change lies within its own step, and all are counted', () => {
  fc.assert(
    fc.property(fc.array(fc.bigInt({ min: -5000n, max: 5000n }), { maxLength: 60 }), (changes) => {
      const spreads = new Spreads();
      for (const change of changes) spreads.add('points', change);
      const steps = spreads.report()['points'] ?? [];
      for (const { from, to, members } of steps) {
        const within = changes.filter((one) => one >= BigInt(from) && one <= BigInt(to));
        expect(within).toHaveLength(members);
      }
      const told = steps.reduce((sum, { members }) => sum + members, 0);
      expect(told).toBe(changes.filter((one) => one !== 0n).length);
    }),
    { numRuns: 60 },
  );
});
