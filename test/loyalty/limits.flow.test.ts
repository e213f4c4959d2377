import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { RetryLater } from '../../src/lib/errors.js';
import { processShard } from '../../webhooks/process.js';
import { testDatabase } from '../support/database.js';
import { SHARDS } from '../support/service.js';
import { DAY, HOUR, NOON, type World, type Worlds, aCart, aRefund, anOrder, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let next = 90_000;
/** Many orders one by one, on a machine that does other things as well. */
const PATIENCE = 240_000;
const anId = () => String(++next);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

const limited = (...limits: object[]) =>
  programRules.parse({
    zone: 'Europe/Amsterdam',
    money: { code: 'EUR', exponent: 2 },
    units: { points: { value: '1' } },
    earning: [{ id: 'base', kind: 'rate', points: '1', per: 100, limits }],
  });

async function aWorld(...limits: object[]): Promise<World> {
  worlds.service.clock.set(NOON);
  return worlds.make(limited(...limits));
}

/** What was given, by order and by member. */
async function given({ program }: World): Promise<{ orders: number[]; members: number[]; all: number }> {
  const rows = await db.sql<{ member_id: string; points: string }>(
    `select d.member_id, coalesce(d.gives ->> 'points', '0') as points from decision d
     where d.program_id = $1 and d.activity like 'order:%'`,
    [program],
  );
  const orders = rows.map(({ points }) => Number(points));
  const members = new Map<string, number>();
  for (const { member_id, points } of rows) members.set(member_id, (members.get(member_id) ?? 0) + Number(points));
  return { orders, members: [...members.values()], all: orders.reduce((sum, points) => sum + points, 0) };
}

/** What is counted as taken of limits of all together. */
async function takenInAll({ program }: World): Promise<number> {
  const [row] = await db.sql<{ taken: string }>('select sum(granted) as taken from ceiling where program_id = $1', [
    program,
  ]);
  return Number(row?.taken);
}

/**
 * Many workers at once, each taking so many deliveries at a time; who was in another's way comes again, as the queue has it. Tells
 * how often that was.
 */
async function workAtOnce(workers: number, atOnce = 1): Promise<number> {
  let inTheWay = 0;
  const taken = (shard: number): Promise<number> =>
    processShard(worlds.service.parts, shard, atOnce).catch((error: unknown) => {
      if (!(error instanceof RetryLater)) throw error;
      inTheWay++;
      return 1;
    });
  const work = async () => {
    for (let more = 1; more > 0;) {
      more = 0;
      for (let shard = 0; shard < SHARDS; shard++) more += await taken(shard);
    }
  };
  await Promise.all(Array.from({ length: workers }, work));
  await worlds.service.drain();
  return inTheWay;
}

/** So many orders of each of so many members, told all at once. */
async function burst(shop: World, members: number, each: number, cents: number) {
  const customers = Array.from({ length: members }, (_, i) => String(500 + i));
  for (const customer of customers) await shop.joins(customer);
  const orders = customers.flatMap((customer) =>
    Array.from({ length: each }, () => anOrder({ id: anId(), customer, cents })),
  );
  for (const order of orders) await shop.tells(order);
  return orders;
}

describe('T9: limits of a rule, while many orders come at the same moment', () => {
  it('nobody gets more than their day, whoever works on it, and nobody less', async () => {
    const shop = await aWorld({ per: 'day', points: 20 });
    const orders = await burst(shop, 6, 8, 700);
    await workAtOnce(6);
    const { members, all } = await given(shop);
    expect(orders).toHaveLength(48);
    expect(members).toEqual(members.map(() => 20));
    expect(all).toBe(120);
    await shop.isSound();
  });

  it(
    'all together get exactly what there is: 60 orders, 6 workers; what goes back is there for who comes next',
    async () => {
      const shop = await aWorld({ per: 'month', points: 130, of: 'all' });
      const orders = await burst(shop, 10, 6, 700);
      expect(orders).toHaveLength(60);
      await workAtOnce(6);
      expect((await given(shop)).all).toBe(130);
      const places = await db.sql<{ promotion: string; granted: string }>(
        'select promotion, granted from ceiling where program_id = $1 order by 1',
        [shop.program],
      );
      expect(places.map(({ promotion }) => promotion)).toEqual(['base/points/month/', 'base/points/month/2026-3']);
      expect(places.map(({ granted }) => Number(granted))).toEqual([0, 130]);
      await shop.isSound();
      for (const order of orders)
        await shop.tells({ ...order, at: NOON + HOUR, refunds: [aRefund(anId(), NOON + HOUR, { amount: 700 })] });
      worlds.service.clock.set(NOON + HOUR);
      await workAtOnce(6);
      expect((await given(shop)).all).toBe(0);
      await shop.joins('900');
      await shop.has(anOrder({ id: anId(), customer: '900', cents: 30_000, at: NOON + HOUR }));
      expect((await given(shop)).all).toBe(130);
      await shop.isSound();
    },
    PATIENCE,
  );

  it('what comes in one batch has the turns of a limit of all together that it would have had one by one', async () => {
    const shop = await aWorld({ per: 'week', points: 8 }, { per: 'month', points: 10, of: 'all' });
    for (const customer of ['1', '2']) await shop.joins(customer);
    // the second order of the first has nothing left of their week, so that it takes nothing of what all share
    const orders = ['1', '1', '2'].map((customer) => anOrder({ id: anId(), customer, cents: 800 }));
    for (const order of orders) await shop.tells(order);
    await worlds.service.drain();
    expect((await given(shop)).members.sort()).toEqual([2, 8]);
    expect(await takenInAll(shop)).toBe(10);
    await shop.isSound();
  });

  it(
    'batches of orders of the same members at once are never in each other’s way, though each order may change the others’ parts',
    async () => {
      const shop = await aWorld({ per: 'week', points: 54 }, { per: 'month', points: 1000, of: 'all' });
      const orders = await burst(shop, 4, 12, 900);
      expect(await workAtOnce(4, 5)).toBe(0);
      worlds.service.clock.set(NOON + HOUR);
      // the six of each member that filled the week go back; their room is for the six others, which are told again meanwhile
      for (const [i, order] of orders.entries()) {
        const refunds = i % 12 < 6 ? [aRefund(anId(), NOON + HOUR, { amount: 900 })] : [];
        await shop.tells({ ...order, at: NOON + HOUR, channel: 'pos', refunds });
      }
      expect(await workAtOnce(4, 5)).toBe(0);
      const { members, all } = await given(shop);
      expect([members, all]).toEqual([[54, 54, 54, 54], 216]);
      await shop.isSound();
    },
    PATIENCE,
  );

  it('of two limits on one rule each holds, for each member and for all together', async () => {
    const shop = await aWorld({ per: 'week', points: 30 }, { per: 'month', points: 150, of: 'all' });
    await burst(shop, 8, 6, 700);
    await workAtOnce(6);
    const { members, all } = await given(shop);
    expect(Math.max(...members)).toBeLessThanOrEqual(30);
    expect(all).toBeLessThanOrEqual(150);
    for (const customer of ['900', '901']) {
      await shop.joins(customer);
      await shop.has(anOrder({ id: anId(), customer, cents: 9_900 }));
    }
    // of two limits that bind one order some room may stay unused (docs/decisions/0013), none is given twice
    const after = (await given(shop)).all;
    expect(after).toBeLessThanOrEqual(Math.min(150, all + 60));
    expect(after).toBeGreaterThanOrEqual(all);
    await shop.isSound();
  });

  it('the first ten orders of all, and no more', async () => {
    const shop = await aWorld({ per: 'lifetime', times: 10, of: 'all' });
    await burst(shop, 15, 2, 700);
    await workAtOnce(6);
    const { orders, all } = await given(shop);
    expect(orders.filter((points) => points === 7)).toHaveLength(10);
    expect(all).toBe(70);
    await shop.isSound();
  });

  it('P20, P30: a return of the morning gives its room to the order of noon; the cart is promised what is left', async () => {
    const shop = await aWorld({ per: 'day', points: 100 });
    await shop.joins('1');
    const morning = anOrder({ id: anId(), customer: '1', cents: 6_000, at: NOON + HOUR });
    worlds.service.clock.set(NOON + 2 * HOUR);
    await shop.has(morning);
    await shop.has(anOrder({ id: anId(), customer: '1', cents: 7_000, at: NOON + 2 * HOUR }));
    expect((await given(shop)).orders.sort((a, b) => a - b)).toEqual([40, 60]);
    const later = NOON + 3 * HOUR;
    worlds.service.clock.set(later);
    await shop.has({ ...morning, at: later, refunds: [aRefund(anId(), later, { amount: 6_000 })] });
    expect((await given(shop)).orders.sort((a, b) => a - b)).toEqual([0, 70]);
    const promised = async () => {
      const { ok } = await worlds.storefront.preview({ shop: shop.store.key, customer: '1' }, aCart(9_000));
      return Number(ok?.earn['points']);
    };
    expect(await promised()).toBe(30);
    worlds.service.clock.set(NOON + DAY);
    expect(await promised()).toBe(90);
    await shop.isSound();
  });
});
