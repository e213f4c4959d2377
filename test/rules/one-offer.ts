import { redeemable } from '../../src/rewards/index.js';
import type { Redeemable } from '../../src/rules/limits.js';
import { readCart } from '../support/read-example.js';
import { NOON, versionOf } from './one-order.js';

interface Asked {
  available?: number;
  asked?: number;
  shipping?: number;
  tier?: string;
}

/** What a member with 100 points (or as said) is offered of one reward on a cart of goods worth `net`. */
export function offered(reward: Record<string, unknown>, net: number, by: Asked = {}): Redeemable {
  const { rules } = versionOf({ rewards: [{ id: 'r', ...reward }] });
  const [rule] = rules.rewards;
  if (!rule) throw new Error('a program with one reward');
  const cart = readCart(
    { lines: [{ id: '1', product: 'beans', net }], shipping: { net: by.shipping ?? 0 } },
    rules.money,
  );
  const who = { now: NOON, isMember: true, tier: by.tier ?? null, available: BigInt(by.available ?? 100) };
  return redeemable(rules, rule, who, cart, by.asked === undefined ? null : BigInt(by.asked));
}
