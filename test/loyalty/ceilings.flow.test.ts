import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { SHARDS } from '../support/service.js';
import { testDatabase } from '../support/database.js';
import {
  DAY,
  HOUR,
  NOON,
  type World,
  type Worlds,
  aCart,
  aRefund,
  anOrder,
  inWorld,
  worldsOn,
} from '../support/world.js';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import { programRules } from '../../src/rules/program-rules.js';
import { processShard } from '../../webhooks/process.js';

const db = testDatabase();
let worlds: Worlds;
let next = 70_000;
const anId = () => String(++next);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

/** A point a euro, twice as many until 25 points were given extra. */
const BURST = programRules.parse({
  zone: 'Europe/Amsterdam',
  money: { code: 'EUR', exponent: 2 },
  units: { points: { value: '1' } },
  earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
  promotions: [{ id: 'burst', factor: '2', ceiling: { points: 25 } }],
});

async function aWorld(rules = BURST): Promise<World> {
  worlds.service.clock.set(NOON);
  return worlds.make(rules);
}

/** By order what it has of the ceiling; what is counted is the sum of it. */
async function partsIn({ program }: World): Promise<Record<string, number>> {
  const rows = await db.sql<{ id: string; part: string }>(
    `select order_id as id, coalesce(grants -> 'burst' ->> 'part', '0') as part from order_state where program_id = $1`,
    [program],
  );
  const parts = Object.fromEntries(rows.map(({ id, part }) => [id, Number(part)]));
  const [counted] = await db.sql<{ granted: string }>('select granted from ceiling where program_id = $1', [program]);
  expect(Number(counted?.granted)).toBe(Object.values(parts).reduce((sum, part) => sum + part, 0));
  return parts;
}

/** Many workers at once, each taking one delivery (or so many) at a time. */
async function workAtOnce(workers: number, atOnce = 1): Promise<void> {
  const work = async () => {
    for (let taken = 1; taken > 0;) {
      taken = 0;
      for (let shard = 0; shard < SHARDS; shard++) taken += await processShard(worlds.service.parts, shard, atOnce);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await worlds.service.drain();
}

/** Looks at what is granted, again and again while others work. */
function watchCeiling({ program }: World, see: (granted: number) => void): { end(): Promise<void> } {
  let over = false;
  const look = async () => {
    while (!over) {
      const [row] = await db.sql<{ granted: string }>('select granted from ceiling where program_id = $1', [program]);
      see(Number(row?.granted ?? 0));
      await new Promise((done) => setTimeout(done, 5));
    }
  };
  const looking = look();
  return {
    async end() {
      over = true;
      await looking;
    },
  };
}

describe('T9: a ceiling is first come', () => {
  it('members who earn at the same moment never get more than there is, and not less', async () => {
    const shop = await aWorld();
    const orders = Array.from({ length: 12 }, (_, i) => anOrder({ id: anId(), customer: String(700 + i), cents: 700 }));
    for (const { customer } of orders) await shop.joins(String(customer));
    for (const order of orders) await shop.tells(order);
    await workAtOnce(5);
    const parts = Object.values(await partsIn(shop)).sort((a, b) => b - a);
    expect(parts).toEqual([7, 7, 7, 4, 0, 0, 0, 0, 0, 0, 0, 0]);
    await shop.isSound();
    // all of them taken back at once: everything is free again
    for (const order of orders)
      await shop.tells({ ...order, at: NOON + HOUR, refunds: [aRefund(anId(), NOON + HOUR, { amount: 700 })] });
    worlds.service.clock.set(NOON + HOUR);
    await workAtOnce(5);
    expect(new Set(Object.values(await partsIn(shop)))).toEqual(new Set([0]));
    await shop.isSound();
  });

  it('500 orders at once around the ceiling never pass it; refunds free it, and who comes next gets it', async () => {
    const ceiling = 1_000;
    const shop = await aWorld(
      programRules.parse({ ...BURST, promotions: [{ id: 'burst', factor: '2', ceiling: { points: ceiling } }] }),
    );
    const members = Array.from({ length: 50 }, (_, i) => String(5_000 + i));
    for (const customer of members) await shop.joins(customer);
    const orders = Array.from({ length: 500 }, (_, i) =>
      anOrder({ id: anId(), customer: members[i % members.length] ?? '', cents: 300 + 100 * (i % 9) }),
    );
    await Promise.all(orders.map((order) => shop.tells(order)));
    let most = 0;
    const watch = watchCeiling(shop, (granted) => (most = Math.max(most, granted)));
    await workAtOnce(8, 4);
    await watch.end();
    const sum = (parts: Record<string, number>) => Object.values(parts).reduce((all, part) => all + part, 0);
    const parts = await partsIn(shop);
    expect([sum(parts), most]).toEqual([ceiling, ceiling]);
    // all that was granted to every second order goes back, and is there for orders to come
    const gone = orders.filter(({ id }, i) => i % 2 === 0 && (parts[id] ?? 0) > 0);
    const freed = gone.reduce((all, { id }) => all + (parts[id] ?? 0), 0);
    expect(freed).toBeGreaterThan(ceiling / 4);
    worlds.service.clock.set(NOON + HOUR);
    await Promise.all(
      gone.map(({ lines, ...order }) => {
        const refund = aRefund(anId(), NOON + HOUR, { amount: lines[0]?.net ?? 0 });
        return shop.tells({ ...order, lines, at: NOON + HOUR, refunds: [refund] });
      }),
    );
    await workAtOnce(8, 4);
    expect(sum(await partsIn(shop))).toBe(ceiling - freed);
    const later = members.map((customer) =>
      anOrder({ id: anId(), customer, cents: 2_000, placed: NOON + HOUR, at: NOON + HOUR }),
    );
    await Promise.all(later.map((order) => shop.tells(order)));
    await workAtOnce(8, 4);
    expect(sum(await partsIn(shop))).toBe(ceiling);
    await shop.isSound();
  }, 240_000);

  it('what came, went and came again within one batch has its turns in the order of arrival', async () => {
    const shop = await aWorld();
    const [one, two, three] = [anId(), anId(), anId()];
    for (const customer of ['1', '2', '3']) await shop.joins(customer);
    const first = anOrder({ id: one, customer: '1', cents: 2_000 });
    await shop.tells(first);
    await shop.tells(anOrder({ id: two, customer: '2', cents: 2_000 }));
    await shop.tells({ ...first, at: NOON + 1_000, refunds: [aRefund(anId(), NOON + 1_000, { amount: 2_000 })] });
    await shop.tells(anOrder({ id: three, customer: '3', cents: 2_000 }));
    worlds.service.clock.set(NOON + 1_000);
    await worlds.service.drain();
    // 20 of 25; the 5 that were left; given back: 20 for who comes next
    expect(await partsIn(shop)).toEqual({ [one]: 0, [two]: 5, [three]: 20 });
    await shop.isSound();
  });

  it('an order that goes to somebody who is no member gives back what it had', async () => {
    const shop = await aWorld();
    const id = anId();
    await shop.joins('1');
    const order = anOrder({ id, customer: '1', cents: 2_000 });
    await shop.has(order);
    expect(await partsIn(shop)).toEqual({ [id]: 20 });
    await shop.has({ ...order, at: NOON + HOUR, customer: '99' });
    expect(await partsIn(shop)).toEqual({ [id]: 0 });
    expect((await shop.balance('1')).available).toBe(0);
    await shop.isSound();
  });

  it('orders that begin to count together have their turns in the order in which they first came paid', async () => {
    const shop = await aWorld(programRules.parse({ ...BURST, earlierOrders: 'count' }));
    const [late, early] = [anId(), anId()];
    await shop.has(anOrder({ id: late, customer: '1', cents: 2_000, paid: null }));
    await shop.has(anOrder({ id: early, customer: '1', cents: 2_000 }));
    await shop.has(anOrder({ id: late, customer: '1', cents: 2_000, at: NOON + HOUR, paid: NOON }));
    worlds.service.clock.set(NOON + HOUR);
    await shop.joins('1');
    expect(await partsIn(shop)).toEqual({ [early]: 20, [late]: 5 });
    expect((await shop.balance('1')).available).toBe(65);
    await shop.isSound();
  });

  it('the cart promises what is left, and no more', async () => {
    const shop = await aWorld();
    await shop.joins('1');
    await shop.joins('2');
    const promised = async (cents: number) => {
      const { ok } = await worlds.storefront.preview({ shop: shop.store.key, customer: '2' }, aCart(cents));
      return Number(ok?.earn['points']);
    };
    expect(await promised(2_000)).toBe(40);
    await shop.has(anOrder({ id: anId(), customer: '1', cents: 2_000 }));
    expect(await promised(2_000)).toBe(25);
    await shop.has(anOrder({ id: anId(), customer: '2', cents: 2_000 }));
    expect((await shop.balance('2')).available).toBe(25);
    expect(await promised(2_000)).toBe(20);
  });

  it('a ceiling that is published later begins empty, and earlier orders take nothing of it', async () => {
    const shop = await aWorld(programRules.parse({ ...BURST, promotions: [] }));
    await shop.joins('1');
    const [before, after] = [anId(), anId()];
    await shop.has(anOrder({ id: before, customer: '1', cents: 2_000 }));
    await inWorld(db, shop, (tx) => publishRules(tx, shop.program, BURST, NOON + DAY, worlds.service.clock.now()));
    worlds.service.clock.set(NOON + 2 * DAY);
    await shop.has(anOrder({ id: after, customer: '1', cents: 3_000, placed: NOON + 2 * DAY, at: NOON + 2 * DAY }));
    expect(await partsIn(shop)).toEqual({ [before]: 0, [after]: 25 });
    expect((await shop.balance('1')).available).toBe(20 + 30 + 25);
    await shop.isSound();
  });
});
