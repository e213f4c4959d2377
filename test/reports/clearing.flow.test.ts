import { afterAll, beforeAll, expect, test } from '@jest/globals';
import { readClearing } from '../../src/reports/read-clearing.js';
import { testDatabase } from '../support/database.js';
import { anOrder, aRefund, inWorld, worldsOn, type Worlds } from '../support/world.js';

/** P29: what shops owe each other for a month, also where members become one. */
const db = testDatabase();
let worlds: Worlds;

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

const at = (day: string) => Date.parse(`${day}T12:00:00Z`);

test.each([
  ['a month later', '2026', '2026-06-02'],
  ['in the same month', '2027', '2027-05-27'],
])(
  'what was used, came back and is used again %s, after its member became one with another, is counted once, in the month of its first use',
  async (_, year, again) => {
    const { clock } = worlds.service;
    clock.set(at(`${year}-05-01`));
    const shop = await worlds.make();
    for (const customer of ['503', '504', '505']) await shop.joins(customer);
    await shop.has(anOrder({ id: `${year}1`, customer: '503', cents: 10_000, placed: at(`${year}-05-01`) }));
    clock.set(at(`${year}-05-02`));
    const { ok } = await shop.redeem('503', 'five', 5_000);
    clock.set(at(`${year}-05-10`));
    const codes = [{ code: ok?.code ?? '', off: 500 }];
    const order = anOrder({ id: `${year}2`, customer: '503', cents: 4_500, placed: at(`${year}-05-10`), codes });
    await shop.has(order);
    clock.set(at(`${year}-05-20`));
    const back = aRefund('90', at(`${year}-05-20`), { line: order.lines[0]?.id ?? '', net: 4_500 });
    await shop.has({ ...order, at: at(`${year}-05-20`), refunds: [back] }, 'news');
    const merge = async (kept: string, gone: string) => {
      await shop.says('customers/merge', {
        admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
        admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
        ...{ status: 'completed', shop: shop.store.key },
      });
      await worlds.service.drain();
    };
    clock.set(at(`${year}-05-25`));
    await merge('504', '503');
    // the bank refused it: the order stands again, and with it the use
    clock.set(at(again));
    await shop.has({ ...order, at: at(again), refunds: [{ ...back, failed: at(again) }] }, 'news');
    clock.set(at(`${year}-07-10`));
    await merge('505', '504');
    const used = (month: number) =>
      inWorld(db, shop, (tx) =>
        readClearing(tx, shop.program, {
          from: Date.UTC(Number(year), month - 1, 1),
          to: Date.UTC(Number(year), month, 1),
        }),
      );
    const mays = { unit: 'points', gave: shop.store.id, took: shop.store.id, points: 50n, redemptions: 1 };
    expect([await used(5), await used(6), await used(7)]).toEqual([[mays], [], []]);
    await shop.isSound();
  },
);
