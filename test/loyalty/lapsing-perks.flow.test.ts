import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import type { WooStore } from '../../demo/stores/woocommerce/start.js';
import { renewPerks } from '../../src/jobs/keep-perks.js';
import { programRules } from '../../src/rules/program-rules.js';
import { connectWoo, type Connected } from '../platforms/support/stores.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { anOrder, DAY, worldsOn, type World, type Worlds } from '../support/world.js';

/** B4, B7: what a standing takes off at the checkout ends when the standing does, also for who orders nothing more. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let woo: Connected<WooStore>;
let shopper: string;

const { joining: _joining, ...BARE } = PLAIN_RULES;
const perks = [{ kind: 'percent', percent: '10' }];
const LEVELS = [{ id: 'member' }, { id: 'gold', enter: 10_000, perks }];
const spending = (tiers: object, levels: object[] = LEVELS) => ({ tiers: { basis: 'spend', levels, ...tiers } });

beforeAll(async () => {
  worlds = await worldsOn(db);
  woo = await connectWoo({ clock: worlds.service.clock });
  shopper = woo.store.addCustomer({ email: 'one@example.test' }).id;
});
afterAll(async () => {
  await woo.close();
  await worlds.stop();
});

/** What WooCommerce's checkout takes off, in cents, of what the platform was told by then. */
async function off(): Promise<number> {
  const mirrored = shop.platform.mirrored.get('501');
  if (mirrored) await woo.platform.mirrorBalances([{ ...mirrored, customer: shopper }]);
  const product = woo.store.shop.state.products[0]?.id ?? '';
  const { lines } = woo.store.placeOrder({ customer: shopper, lines: [{ product, quantity: 1 }] });
  return lines.flatMap(({ offs }) => offs).reduce((sum, each) => sum + each.off, 0);
}

describe('who buys nothing more loses the percentage when what it hangs on is over', () => {
  test.each([
    ['a level by what was spent in 30 days', spending({ window: { kind: 'rolling', days: 30 } }), 2026, '2026-03-31'],
    ['with its grace', spending({ window: { kind: 'rolling', days: 20 }, graceDays: 10 }), 2027, '2027-03-31'],
    ['a level by a year’s orders', spending({ window: { kind: 'program-year', from: '04-01' } }), 2028, '2029-04-01'],
    ['a paid membership', { membership: { product: '9001', months: 1, perks } }, 2030, '2030-04-01'],
  ])('%s', async (_, more, year, ends) => {
    const placed = Date.parse(`${year}-03-01T12:00:00Z`);
    worlds.service.clock.set(placed);
    shop = await worlds.make(programRules.parse({ ...BARE, ...more }));
    await shop.joins('501');
    await shop.has(anOrder({ id: '1', customer: '501', cents: 12_000, placed }));
    expect(await off()).toBeGreaterThan(0);
    const day = Date.parse(`${ends}T12:00:00Z`);
    await shop.passes(day - DAY - placed);
    // as once a week: what is told now would stand for weeks
    await renewPerks(worlds.service.work, { program: shop.program, store: shop.store.id });
    await worlds.service.drain();
    expect(await off()).toBeGreaterThan(0);
    await shop.passes(DAY);
    expect(await off()).toBe(0);
    await shop.isSound();
  });
});
