import { describe, expect, test } from '@jest/globals';
import { reconcileOrders, rereadRefunded } from '../../src/jobs/reconcile-orders.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { movement, refunded, shopifyLine, shopifyOrder, shopifyRefund } from './bodies.js';
import { LEDGER_RULES, ledgerStage, wooScene } from './ledger-stage.js';

/** `order.removed`: an order that the shop has no longer counts as cancelled, once the shop itself has said so. */
const stage = ledgerStage();
const DAY = 24 * 3_600_000;

async function aRefundedOrder() {
  const scene = await wooScene(stage);
  const order = scene.buy();
  scene.woo.refund(order, { amount: 1000 });
  await scene.settle();
  const ref = { program: scene.program, store: scene.store };
  const seen = async () =>
    `${await stage.points(scene.program, scene.member)}, ${await stage.decision(scene.program, `order:${scene.store}/${order}`)}`;
  expect(await seen()).toBe('14, earned 14');
  stage.service.clock.advance(60_000);
  scene.woo.faults.deliveries.drop = 1;
  return { scene, order, ref, seen };
}

describe('WooCommerce, with every webhook lost', () => {
  test('deleted: the nightly reading finds it gone and takes its points back, once', async () => {
    const { scene, order, ref, seen } = await aRefundedOrder();
    scene.woo.destroy(order);
    await scene.settle();
    expect(await seen()).toBe('14, earned 14');
    expect(await rereadRefunded(stage.work, ref)).toEqual({ seen: 1, healed: 1 });
    expect(await seen()).toBe('0, cancelled');
    expect(await rereadRefunded(stage.work, ref)).toEqual({ seen: 0, healed: 0 });
    await stage.expectSound(scene.program);
    await scene.close();
  });

  test('in the trash it is gone too; taken out again it counts again', async () => {
    const { scene, order, ref, seen } = await aRefundedOrder();
    scene.woo.trash(order);
    await rereadRefunded(stage.work, ref);
    expect(await seen()).toBe('0, cancelled');
    stage.service.clock.advance(60_000);
    scene.woo.restore(order);
    await reconcileOrders(stage.work, ref);
    expect(await seen()).toBe('14, earned 14');
    await stage.expectSound(scene.program);
    await scene.close();
  });

  test.each([
    ['WooCommerce itself is switched off', 404, { code: 'rest_no_route', message: 'No route was found.' }],
    ['a page stands where the shop was', 404, null],
    ['the shop is being repaired', 503, { code: 'maintenance', message: 'Back soon.' }],
  ])('%s: nothing is taken from anybody, the reading is put off', async (_, status, body) => {
    const { scene, ref, seen } = await aRefundedOrder();
    const text = body === null ? '<!doctype html><title>Not found</title>' : JSON.stringify(body);
    scene.woo.faults.answer({ kind: 'status', status, body: text, on: /^GET .*\/orders\//, times: 9 });
    await expect(rereadRefunded(stage.work, ref)).rejects.toMatchObject({ name: 'RetryLater' });
    expect(await seen()).toBe('14, earned 14');
    await scene.close();
  });
});

describe('Shopify, which shows no order that is older than 60 days', () => {
  const NOW = Date.parse('2026-06-01T12:00:00Z');
  const iso = (at: number) => new Date(at).toISOString();
  const line = shopifyLine(1, '40.00');
  const goodwill = shopifyRefund(9, {
    created_at: iso(NOW - DAY),
    processed_at: iso(NOW - DAY),
    refund_line_items: [refunded(1, 0, '0.00')],
    transactions: [movement('10.00')],
  });

  async function refundedAfter(days: number) {
    const { service } = stage;
    service.clock.set(NOW);
    const program = await service.program(LEDGER_RULES);
    const store = await service.store(program, 'shopify');
    const platform = new RememberedPlatform();
    stage.platforms.set(store.id, platform);
    const member = await service.member(program, store.id, '5', {}, 0);
    const placed = NOW - days * DAY;
    const tell = async (topic: string, body: object) => {
      expect((await service.shopify(store, topic, { ...body, note: store.key })).status).toBe(200);
      await service.drain();
    };
    const order = (more: object) =>
      shopifyOrder([line], { created_at: iso(placed), processed_at: iso(placed), total_price: '40.00', ...more });
    await tell('orders/paid', order({ updated_at: iso(placed + 5_000) }));
    await tell('orders/updated', order({ updated_at: iso(NOW - DAY), refunds: [goodwill] }));
    const seen = async () =>
      `${await stage.points(program, member)}, ${await stage.decision(program, `order:${store.id}/1001`)}`;
    expect(await seen()).toBe('30, earned 30');
    return { program, ref: { program, store: store.id }, tell, seen };
  }

  test('an older one is not thought deleted because it is not shown, neither by night nor after a poke', async () => {
    const { program, ref, tell, seen } = await refundedAfter(70);
    await rereadRefunded(stage.work, ref);
    expect(await seen()).toBe('30, earned 30');
    await tell('refunds/create', { id: 10, order_id: 1001, created_at: iso(NOW), refund_line_items: [] });
    expect(await seen()).toBe('30, earned 30');
    // its deletion, told, is one
    await tell('orders/delete', { id: 1001 });
    expect(await seen()).toBe('0, cancelled');
    await stage.expectSound(program);
  });

  test('a younger one that is not shown is gone', async () => {
    const { program, ref, seen } = await refundedAfter(50);
    await rereadRefunded(stage.work, ref);
    expect(await seen()).toBe('0, cancelled');
    await stage.expectSound(program);
  });
});
