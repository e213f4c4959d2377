import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { reconcileOrders } from '../../src/jobs/reconcile-orders.js';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { programRules } from '../../src/rules/program-rules.js';
import { PLAIN_RULES } from '../support/service.js';
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
  booksOf,
  worldsOn,
} from '../support/world.js';

const RUNS = { numRuns: Number(process.env['LAW_RUNS'] ?? 6), endOnFailure: true };
const CUSTOMERS = ['501', '502', '777'];
const END = NOON + 40 * DAY;

const db = testDatabase();
let worlds: Worlds;

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

const { joining: _joining, ...BARE } = PLAIN_RULES;
const RULES = [
  programRules.parse(BARE),
  programRules.parse({
    ...BARE,
    pendingDays: 5,
    units: { points: { rounding: 'nearest', value: '1', expiry: { kind: 'days', days: 20 }, clawback: 'debt' } },
  }),
  programRules.parse({
    ...BARE,
    counts: { after: 'paid', days: 3 },
    promotions: [{ id: 'large', factor: '2', when: { minOrder: 4_000 } }],
    units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'months', months: 1 }, clawback: 'zero' } },
  }),
];

const change = fc.record({
  after: fc.integer({ min: 1, max: 9 * 24 }),
  what: fc.constantFrom('refund', 'refund', 'cancel', 'owner', 'pay', 'touch'),
  size: fc.integer({ min: 1, max: 3_000 }),
  who: fc.nat(2),
});
const life = fc.record({
  placed: fc.integer({ min: 0, max: 20 * 24 }),
  who: fc.nat(2),
  paid: fc.constantFrom(true, true, true, false),
  cents: fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 3 }),
  changes: fc.array(change, { maxLength: 3 }),
});
type Life = typeof life extends fc.Arbitrary<infer T> ? T : never;
const lives = fc.array(life, { minLength: 1, maxLength: 5 });

let next = 20_000;

/** Every state that each order was in, ascending: whole snapshots, as a shop tells them. */
function statesOf(all: readonly Life[]): OrderSnapshot[][] {
  return all.map(({ placed, who, paid, cents, changes }) => {
    const at = NOON + placed * HOUR;
    let order = anOrder({ id: String(++next), customer: CUSTOMERS[who] ?? null, cents, at, paid: paid ? at : null });
    const states = [order];
    for (const { after, what, size, who: other } of changes) {
      const then = order.at + after * HOUR;
      const refund = aRefund(`${order.refunds.length + 1}`, then, { amount: size });
      order = { ...order, at: then };
      if (what === 'refund') order.refunds = [...order.refunds, refund];
      if (what === 'cancel') order.cancelled ??= then;
      if (what === 'owner') order.customer = CUSTOMERS[other] ?? null;
      if (what === 'pay') order.paid ??= then;
      if (what === 'touch') order.channel = `${order.channel}+`;
      states.push(order);
    }
    return states;
  });
}

/** The same shop elsewhere: orders of a second world need numbers of their own, since one secret signs for both. */
function renumbered(states: OrderSnapshot[][]): OrderSnapshot[][] {
  return states.map((order) => {
    const id = String(++next);
    return order.map((one) => ({
      ...one,
      id,
      lines: one.lines.map((line, i) => ({ ...line, id: `${id}${String(i + 1).padStart(2, '0')}` })),
    }));
  });
}

async function aWorld(rules = RULES[0]): Promise<World> {
  worlds.service.clock.set(NOON - DAY);
  const shop = await worlds.make(rules);
  for (const customer of CUSTOMERS.slice(0, 2)) await shop.joins(customer);
  return shop;
}

/** Each state at its instant, worked on at once, nothing lost: what everything else is compared with. */
async function orderly(shop: World, states: OrderSnapshot[][]): Promise<unknown> {
  for (const order of states.flat().sort((a, b) => a.at - b.at || (a.id < b.id ? -1 : 1))) {
    worlds.service.clock.set(order.at);
    await shop.has(order);
  }
  return ended(shop);
}

async function ended(shop: World): Promise<unknown> {
  worlds.service.clock.set(END);
  await shop.passes();
  await shop.isSound();
  return anonymous(await booksOf(db, shop));
}

/** Order and line numbers differ from world to world; by their rank they are the same. */
function anonymous(books: unknown): unknown {
  const text = JSON.stringify(books);
  const ids = [...new Set([...text.matchAll(/S\/(\d+)/g)].map(([, id]) => id ?? ''))].sort();
  return JSON.parse(ids.reduce((all, id, i) => all.replaceAll(id, `O${i}`), text)) as unknown;
}

const rolls = fc.infiniteStream(fc.nat(999));

describe('however orders arrive', () => {
  test('T2, T3: any order of deliveries, repeated and in any batches, gives the orderly state', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...RULES), lives, rolls, async (rules, all, stream) => {
        const roll = stream[Symbol.iterator]();
        const states = statesOf(all);
        const expected = await orderly(await aWorld(rules), states);
        const shop = await aWorld(rules);
        const mixed = renumbered(states)
          .flat()
          .flatMap((order) => (roll.next().value! % 3 === 0 ? [order, order] : [order]))
          .map((order) => ({ order, key: roll.next().value! }))
          .sort((a, b) => a.key - b.key);
        worlds.service.clock.set(NOON + 35 * DAY);
        for (const { order, key } of mixed) {
          await shop.tells(order);
          if (key % 2 === 0) await worlds.service.drain();
        }
        await worlds.service.drain();
        expect(await ended(shop)).toEqual(expected);
      }),
      RUNS,
    );
  }, 300_000);

  test('P-T1: the plain way and the replay of everything agree', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...RULES), lives, async (rules, all) => {
        const states = statesOf(all);
        const expected = await orderly(await aWorld(rules), states);
        const shop = await aWorld(rules);
        // as if something far ahead had disturbed every member's books: nothing is posted by itself
        await db.sql(
          `insert into member_books (program_id, member_id, unit, disturbed_at)
           select program_id, id, 'points', '9999-01-01' from member where program_id = $1
           on conflict (program_id, member_id, unit) do update set disturbed_at = excluded.disturbed_at`,
          [shop.program],
        );
        expect(await orderly(shop, renumbered(states))).toEqual(expected);
      }),
      RUNS,
    );
  }, 300_000);

  test('T7: what was dropped, doubled, shuffled or a day late is healed by comparing with the shop', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...RULES), lives, rolls, async (rules, all, stream) => {
        const roll = stream[Symbol.iterator]();
        const states = statesOf(all);
        const expected = await orderly(await aWorld(rules), states);
        const shop = await aWorld(rules);
        const arriving = renumbered(states)
          .flat()
          .flatMap((order) => {
            shop.platform.orders.set(order.id, order);
            const fate = roll.next().value! % 20;
            const at = order.at + (fate % 3 === 0 ? DAY : 0);
            // one in five is lost here, so that few orders show it too
            return fate < 4
              ? []
              : fate === 5
                ? [
                    { order, at },
                    { order, at: at + HOUR },
                  ]
                : [{ order, at }];
          })
          .sort((a, b) => a.at - b.at);
        for (const { order, at } of arriving) {
          worlds.service.clock.set(at);
          await shop.tells(order);
          await worlds.service.drain();
        }
        worlds.service.clock.set(END);
        const work = { ...worlds.service.work, loyalty: worlds.service.loyalty };
        await reconcileOrders(work, { program: shop.program, store: shop.store.id });
        const again = await reconcileOrders(work, { program: shop.program, store: shop.store.id });
        expect(again.healed).toBe(0);
        expect(await ended(shop)).toEqual(expected);
      }),
      RUNS,
    );
  }, 300_000);

  test('A1: a refund split in any way at one instant gives one state', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.integer({ min: 1, max: 2_000 }), { minLength: 2, maxLength: 5 }),
        fc.array(fc.integer({ min: 1, max: 9_999 }), { minLength: 1, maxLength: 3 }),
        async (parts, cents) => {
          const ends: unknown[] = [];
          for (const amounts of [parts, [parts.reduce((sum, one) => sum + one, 0)]]) {
            const shop = await aWorld();
            const order = anOrder({ id: String(++next), customer: '501', cents });
            worlds.service.clock.set(NOON);
            await shop.has(order);
            const then = NOON + DAY;
            worlds.service.clock.set(then);
            const refunds = amounts.map((amount, i) => aRefund(String(i + 1), then, { amount }));
            for (let told = 1; told <= refunds.length; told++) {
              await shop.has({ ...order, at: then + told, refunds: refunds.slice(0, told) });
            }
            ends.push(await ended(shop));
          }
          expect(ends[0]).toEqual(ends[1]);
        },
      ),
      RUNS,
    );
  }, 300_000);

  test('T2: a lost older state changes nothing', async () => {
    await fc.assert(
      fc.asyncProperty(fc.constantFrom(...RULES), lives, rolls, async (rules, all, stream) => {
        const roll = stream[Symbol.iterator]();
        const states = statesOf(all);
        const expected = await orderly(await aWorld(rules), states);
        const kept = renumbered(states).map((order) =>
          order.filter((_, i) => i === order.length - 1 || roll.next().value! % 2 === 0),
        );
        expect(await orderly(await aWorld(rules), kept)).toEqual(expected);
      }),
      RUNS,
    );
  }, 300_000);

  test('T13: what a cart is promised, its order gives', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...RULES),
        fc.array(fc.integer({ min: 0, max: 9_999 }), { minLength: 1, maxLength: 4 }),
        async (rules, cents) => {
          const shop = await aWorld(rules);
          worlds.service.clock.set(NOON);
          const lines = cents.map((net, i) => ({ id: String(i), product: '9001', quantity: 1, net }));
          const by = { shop: shop.store.key, customer: '501' };
          const { ok } = await worlds.storefront.preview(by, { ...aCart(0), lines });
          const order = anOrder({ id: String(++next), customer: '501', cents });
          await shop.has(order);
          await shop.passes(4 * DAY);
          expect((await shop.decision(order.id))?.gives).toEqual(ok?.earn);
        },
      ),
      RUNS,
    );
  }, 300_000);
});
