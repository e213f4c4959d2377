import { describe, expect, test } from '@jest/globals';
import { isFinal, platformNeedOf } from '../../src/rewards/index.js';
import { rewardRule } from '../../src/rules/program-rules.js';
import { buys, life, perEuro } from './one-life.js';

const gift = { id: 'gift', kind: 'donation', points: 50, cause: 'food', gives: 150 };

describe('D7: points given to a cause', () => {
  const gives = { day: '2027-02-02', kind: 'reserve', id: 'G', reward: 'gift', cart: { lines: [] } };

  test('are gone at once, whatever is in the cart', () => {
    const eva = life({ earning: perEuro, rewards: [gift] }, [buys('2027-02-01', 'a', 8_000), gives]);
    expect(eva.on('2027-02-02').units['points']).toMatchObject({ available: 30n, held: 0n, debt: 0n });
  });

  test('only who has them can give them', () => {
    const eva = life({ earning: perEuro, rewards: [gift] }, [buys('2027-02-01', 'a', 4_900), gives]);
    expect(eva.on('2027-02-02').units['points']).toMatchObject({ available: 49n, held: 0n });
  });

  test('no platform is asked for anything', () => {
    const reward = rewardRule.parse(gift);
    expect([isFinal(reward), platformNeedOf(reward)]).toEqual([true, null]);
  });
});
