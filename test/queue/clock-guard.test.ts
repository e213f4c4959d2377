import { describe, expect, test } from '@jest/globals';
import { createLogger } from '../../src/lib/logger.js';
import { guardClock, measureSkew, refuseSkew } from '../../src/queue/clock-guard.js';
import { until } from '../support/redis.js';

/** A machine and a database whose clocks differ; the question takes `tripMs` in all. */
function clocks(skewMs: number, tripMs = 0) {
  let real = 1_800_000_000_000;
  const state = { skewMs };
  return {
    state,
    now: () => real + state.skewMs,
    ask: async () => {
      const answer = real + tripMs / 2;
      real += tripMs;
      return answer;
    },
  };
}

describe('F30: a clock that is off', () => {
  test.each([
    [0, 0, 0],
    [6_000, 0, 6_000],
    [-6_000, 0, -6_000],
    [3_600_000, 0, 3_600_000],
    [0, 20_000, 0],
    [4_000, 10_000, 0],
    [60_000, 10_000, 55_000],
  ])('%i ms off, asked in %i ms: at least %i ms', async (skew, trip, wanted) => {
    const { ask, now } = clocks(skew, trip);
    expect(await measureSkew(ask, now)).toBe(wanted);
  });

  test('start is refused beyond 5 s, and says what to do', async () => {
    const { ask, now } = clocks(-60_000);
    await expect(refuseSkew(ask, now)).rejects.toThrow(/60\.0 s behind the database.*Set the clock/);
    const fine = clocks(4_900);
    await refuseSkew(fine.ask, fine.now);
  });

  test('one that drifts later pauses the work once, and lets it go on when it is back', async () => {
    const { ask, now, state } = clocks(0);
    const heard: string[] = [];
    const on = { drifted: async () => void heard.push('drifted'), restored: () => void heard.push('restored') };
    const guard = guardClock(ask, on, createLogger('silent'), { now, everyMs: 5 });
    state.skewMs = 60_000;
    await until(() => heard.length === 1, 30_000, 'it is noticed');
    state.skewMs = 0;
    await until(() => heard.length === 2, 30_000, 'it is over');
    guard.close();
    expect(heard).toEqual(['drifted', 'restored']);
  });
});
