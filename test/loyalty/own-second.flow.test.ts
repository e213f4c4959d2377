import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { shopifyOrderBody } from '../support/shopify-order-body.js';
import { PLAIN_RULES } from '../support/service.js';
import { testDatabase } from '../support/database.js';
import { NOON, type Worlds, anOrder, worldsOn } from '../support/world.js';
import { wooOrderBody } from '../support/woo-order-body.js';

/** Platforms stamp whole seconds, our clock knows milliseconds; and a platform's clock may be ahead of ours. */
const db = testDatabase();
let worlds: Worlds;
let next = 96_000;

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

const RULES = programRules.parse({ ...PLAIN_RULES, joining: undefined, reviews: { gives: 20 } });
const second = (at: number) => new Date(at).toISOString().replace('.000Z', 'Z');

const approved = (id: number, { written, updated }: { written: number; updated: number }) => ({
  review: {
    ...{ id, product_external_id: 9001, reviewer: { external_id: 501 }, curated: 'ok', published: true },
    ...{ created_at: second(written), updated_at: second(updated) },
  },
});

async function reasonOf(program: string, activity: string): Promise<string | undefined> {
  const [row] = await db.sql<{ reason: string }>(
    'select reason from decision where program_id = $1 and activity = $2',
    [program, activity],
  );
  return row?.reason;
}

describe.each(['shopify', 'woocommerce'] as const)('what happens in the very second of joining, on %s', (platform) => {
  it.each([
    ['joined first', true],
    ['joined last', false],
  ])('A1, T4: an order and a review of that second are after it, whichever is heard of first: %s', async (_, first) => {
    const { service } = worlds;
    const program = await service.program(RULES);
    const store = await service.store(program, platform);
    service.clock.set(NOON + 750);
    if (first) await service.member(program, store.id, '501');
    const order = anOrder({ id: `${++next}`, customer: '501', cents: 4_000, placed: NOON });
    const told =
      platform === 'shopify'
        ? await service.shopify(store, 'orders/create', shopifyOrderBody(order))
        : await service.woo(store, 'order.created', wooOrderBody(order));
    expect(told.status).toBe(200);
    const says = await service.judgeme(store, approved(++next, { written: NOON, updated: NOON }));
    expect(says.status).toBe(200);
    const review = `review:${store.id}/judgeme:${next}`;
    await service.drain();
    if (!first) await service.member(program, store.id, '501');
    await service.drain();
    expect(await reasonOf(program, `order:${store.id}/${order.id}`)).toBe('earned');
    expect(await reasonOf(program, review)).toBe('earned');
    const joined = await db.sql('select 1 from member where program_id = $1 and joined_at = $2', [
      program,
      new Date(NOON),
    ]);
    expect(joined).toHaveLength(1);
  });
});

describe('what a platform whose clock is ahead tells', () => {
  it('A1, T4: a review that is approved two seconds from now gives when they have passed', async () => {
    worlds.service.clock.set(NOON);
    const shop = await worlds.make(RULES);
    await shop.joins('501');
    await worlds.service.judgeme(shop.store, approved(++next, { written: NOON, updated: NOON + 2_000 }));
    await worlds.service.drain();
    expect((await shop.balance('501')).available).toBe(0);
    await shop.passes(2_000);
    expect((await shop.balance('501')).available).toBe(20);
    await shop.isSound();
  });

  it('P10, T4: an order that is placed and paid two seconds from now gives when they have passed', async () => {
    worlds.service.clock.set(NOON);
    const shop = await worlds.make(RULES);
    await shop.joins('501');
    await shop.has(anOrder({ id: `${++next}`, customer: '501', cents: 4_000, placed: NOON + 2_000 }));
    expect((await shop.balance('501')).available).toBe(0);
    await shop.passes(2_000);
    expect((await shop.balance('501')).available).toBe(40);
    await shop.isSound();
  });
});
