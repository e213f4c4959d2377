import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { rereadRefunded } from '../../src/jobs/reconcile-orders.js';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { programRules } from '../../src/rules/program-rules.js';
import { toSnapshot } from '../../webhooks/woocommerce/orders.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { wooLine, wooOrder } from './bodies.js';
import { aKnownStore } from './captures.js';
import { LEDGER_RULES, ledgerStage, wooScene, type WooScene } from './ledger-stage.js';
import { reconcileReviews } from '../../src/jobs/reconcile-reviews.js';

/** The nasty cases by number that need the ledger, on a WooCommerce shop of loopback: receiver, worker, API, all real. */
const stage = ledgerStage();
let scene: WooScene;
beforeEach(async () => {
  scene = await wooScene(stage);
});
afterEach(async () => {
  await stage.expectSound(scene.program);
  await scene.close();
});
const points = () => stage.points(scene.program, scene.member);
const decision = (order: string) => stage.decision(scene.program, `order:${scene.store}/${order}`);
const later = (ms = 60_000) => stage.service.clock.advance(ms);
const ref = () => ({ program: scene.program, store: scene.store });

describe('money and bases', () => {
  test('5: refunded by status, no money moved: taken back; completed again it stays so; only deleting the refund gives it back', async () => {
    const order = scene.buy({ complete: true });
    await scene.settle();
    const seen = [await points()];
    const refund = () => scene.woo.shop.order(order).refunds[0]?.id ?? '';
    for (const step of [
      () => scene.woo.refundByStatus(order),
      () => scene.woo.setStatus(order, 'completed'),
      () => scene.woo.deleteRefund(order, refund()),
    ]) {
      later();
      step();
      await scene.settle();
      seen.push(`${await points()}, ${await decision(order)}`);
    }
    await rereadRefunded(stage.work, ref());
    seen.push(`${await points()}, ${await decision(order)}`);
    expect(seen).toEqual(['24', '0, refunded', '0, refunded', '0, refunded', '24, earned 24']);
  });

  test('33: toggled within one run of the shop’s queue: each message says the end of it, and the end is what counts', async () => {
    const order = scene.buy({ complete: true });
    await scene.settle();
    const toggled = async (...steps: (() => unknown)[]) => {
      const before = scene.woo.postman.sent.length;
      scene.woo.postman.hold();
      for (const step of steps) {
        later(1_000);
        step();
      }
      scene.woo.postman.release();
      await scene.settle();
      const told = scene.woo.postman.sent.slice(before).filter(({ topic }) => topic === 'order.updated');
      return new Set(told.map(({ body }) => (JSON.parse(body) as { status: string }).status));
    };
    // nothing remains of a cancellation that was taken back
    const cancelled = await toggled(
      () => scene.woo.cancel(order),
      () => scene.woo.setStatus(order, 'completed'),
    );
    expect([cancelled, await points()]).toEqual([new Set(['completed']), '24']);
    // of a refund its entry remains, though no message ever said `refunded`
    const refunded = await toggled(
      () => scene.woo.refundByStatus(order),
      () => scene.woo.setStatus(order, 'completed'),
    );
    expect([refunded, await points(), await decision(order)]).toEqual([new Set(['completed']), '0', 'refunded']);
  });

  test('6: a deleted refund says nothing; the nightly reading finds it and gives the points again', async () => {
    const order = scene.buy();
    const refund = scene.woo.refund(order, { amount: 1000 });
    await scene.settle();
    expect(await points()).toBe('14');
    later();
    scene.woo.deleteRefund(order, refund.id);
    await scene.settle();
    expect(await points()).toBe('14');
    await rereadRefunded(stage.work, ref());
    expect(await points()).toBe('24');
  });

  test('12: shown in coarser decimals, by a delivery or by a reading, an order gives what it gave; edited, it does not', async () => {
    stage.service.clock.set('2026-03-03T00:00:00Z');
    const fils = programRules.parse({
      ...LEDGER_RULES,
      money: { code: 'KWD', exponent: 3 },
      earning: [{ id: 'base', kind: 'rate', points: '1', per: 10 }],
      rewards: [],
    });
    const program = await stage.service.program(fils);
    const store = await stage.service.store(program, 'woocommerce', { money: 'KWD' });
    const member = await stage.service.member(program, store.id, '2', {}, 0);
    const shop = new RememberedPlatform();
    stage.platforms.set(store.id, shop);
    const seen: string[] = [];
    const look = async () => {
      await stage.service.drain();
      seen.push(`${await stage.points(program, member)}, ${await stage.decision(program, `order:${store.id}/31`)}`);
    };
    const body = (total: string, second: number, more = {}) =>
      wooOrder([wooLine(1, total)], {
        currency: 'KWD',
        total,
        shipping_total: '0',
        shipping_tax: '0',
        date_modified_gmt: `2026-03-02T10:00:0${second}`,
        ...more,
      });
    const told = async (shown: object) => {
      expect((await stage.service.woo(store, 'order.updated', shown)).status).toBe(200);
      await look();
    };
    // 19.246 dinar = 19246 fils, a point for each ten
    await told(body('19.246', 5));
    await told(body('19.25', 6));
    shop.orders.set('31', toSnapshot(body('19.25', 7), [], aKnownStore()) as OrderSnapshot);
    await stage.service.woo(store, 'action.woocommerce_order_refunded', {
      action: 'woocommerce_order_refunded',
      arg: 31,
    });
    await look();
    await told(body('19.35', 8));
    expect(seen).toEqual([...Array<string>(3).fill('1924, earned 1924'), '1935, earned 1935']);
    await stage.expectSound(program);
  });

  test('22: our own discount is off before anything is counted: 24.00 - 5.00 earns 19', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    expect(await points()).toBe('4, held 20');
    scene.buy({ codes: [(await stage.redemption(scene.program, id)).code] });
    await scene.settle();
    expect([await points(), (await stage.redemption(scene.program, id)).state]).toEqual(['23', 'captured']);
  });
});

describe('time and order', () => {
  test('26: a delivery of three months ago, replayed after its row was forgotten, moves nothing', async () => {
    const order = scene.buy();
    await scene.settle();
    const old = await readBody(order);
    later();
    scene.woo.refund(order);
    await scene.settle();
    expect(await points()).toBe('0');
    later(90 * 24 * 3_600_000);
    await stage.db.sql('delete from inbox where program_id = $1', [scene.program]);
    expect((await replayed(old)).status).toBe(200);
    await scene.settle();
    expect([await points(), await decision(order)]).toEqual(['0', 'refunded']);
  });

  test('32: an order that dies unpaid brings a coupon back to life, but ours is dead and its points are held no longer', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    const { code } = await stage.redemption(scene.program, id);
    const order = scene.buy({ codes: [code], payment: 'bank' });
    await scene.settle();
    expect(scene.coupon(code)).toBeUndefined();
    later();
    scene.woo.cancel(order);
    await scene.settle();
    expect(scene.coupon(code)).toBeUndefined();
    expect(await points()).toBe('24');
    expect(() => scene.buy({ codes: [code] })).toThrow();
  });
});

describe('identity', () => {
  test('38: a customer’s address changed: the id is the key, and a late word of the old address does not bring it back', async () => {
    const person = {
      id: Number(scene.anna),
      date_created_gmt: '2026-01-01T00:00:00',
      first_name: 'Anna',
      last_name: '',
    };
    const told = async (email: string, at: string) => {
      await stage.service.woo(
        { key: scene.key },
        'customer.updated',
        { ...person, email, date_modified_gmt: at },
        scene.source,
      );
      await scene.settle();
    };
    await told('anna.new@example.test', '2026-02-02T00:00:00');
    await told('anna@example.test', '2026-02-01T00:00:00');
    const [row] = await stage.db.sql<{ mailbox: string }>('select mailbox from member where id = $1', [scene.member]);
    expect(row?.mailbox).toBe(stage.service.loyalty.tokens(scene.program).mailbox('anna.new@example.test'));
    scene.buy();
    await scene.settle();
    expect(await points()).toBe('24');
  });

  test('39: a referral to oneself under another account is refused, with the evidence kept', async () => {
    const again = scene.woo.addCustomer({ email: 'anna+2@example.test', phone: '' });
    const [code] = await stage.db.sql<{ referral_code: string }>('select referral_code from member where id = $1', [
      scene.member,
    ]);
    await stage.service.member(scene.program, scene.store, again.id, {
      email: 'anna+2@example.test',
      referral: code?.referral_code ?? '',
    });
    scene.buy({ customer: again.id });
    await scene.settle();
    later(30 * 24 * 3_600_000);
    const rows = await stage.db.sql<{ reason: string }>(
      "select reason from decision where program_id = $1 and activity like 'referral:%'",
      [scene.program],
    );
    expect(rows.map(({ reason }) => reason)).toEqual(['self-referral']);
    expect(await points()).toBe('0');
  });
});

describe('kinds of orders', () => {
  test('51: an order handed to another customer is theirs, with its points', async () => {
    const ben = scene.woo.shop.customerByEmail('ben@example.test')?.id ?? '';
    const other = await stage.service.member(scene.program, scene.store, ben, { email: 'ben@example.test' });
    later();
    const order = scene.buy();
    await scene.settle();
    later();
    scene.woo.change(order, { customer: ben });
    await scene.settle();
    expect([await points(), await stage.points(scene.program, other)]).toEqual(['0', '24']);
  });

  test('52: a status of a plugin’s own neither pays nor cancels: an order earns from its payment on, whatever it is called', async () => {
    later();
    const placed = stage.service.clock.now();
    const gmt = (second: number) => new Date(placed + second * 1000).toISOString().slice(0, 19);
    later();
    const seen: (string | undefined)[] = [];
    for (const [second, more] of [
      [5, { status: 'awaiting-pickup', date_paid_gmt: null, date_completed_gmt: null }],
      [6, { status: 'shipped', date_completed_gmt: null }],
      [7, { status: 'cancelled' }],
    ] as const) {
      const customer_id = Number(scene.anna);
      const told = { date_created_gmt: gmt(0), date_paid_gmt: gmt(1), date_modified_gmt: gmt(second) };
      const shown = { ...told, ...more, customer_id, id: 7_001 };
      const body = wooOrder([wooLine(1, '40.00')], shown);
      expect((await stage.service.woo({ key: scene.key }, 'order.updated', body, scene.source)).status).toBe(200);
      await stage.service.drain();
      seen.push(await decision('7001'));
    }
    expect(seen).toEqual(['not-paid', 'earned 40', 'cancelled']);
  });

  test('53: thrown away, restored, deleted for good; the shop’s own numbering is nothing to us', async () => {
    const order = scene.buy({ complete: true });
    await scene.settle();
    const seen = [await points()];
    for (const step of [() => scene.woo.trash(order), () => scene.woo.restore(order), () => scene.woo.destroy(order)]) {
      later();
      step();
      await scene.settle();
      seen.push(await points());
    }
    expect(seen).toEqual(['24', '0', '24', '0']);
    expect(await decision(order)).toBe('cancelled');
  });
});

describe('platform life', () => {
  test('55: a copy of the site signs with the same secret; it is refused by the name that it calls itself', async () => {
    const order = scene.buy();
    await scene.settle();
    const body = await readBody(order);
    const copy = { ...body, id: 9_999 };
    const from = { 'x-wc-webhook-source': 'https://staging.example.test/' };
    expect((await stage.service.woo({ key: scene.key }, 'order.created', copy, from)).status).toBe(401);
    await scene.settle();
    expect(await points()).toBe('24');
  });

  test('64: a review approved, spam, approved, deleted: one reward at most, none while it does not stand', async () => {
    const wish = { product: scene.bag, customer: scene.anna, rating: 5, text: 'Good', status: 'hold' as const };
    const review = scene.woo.review(wish);
    const seen: string[] = [];
    const steps = [
      () => scene.woo.moderate(review.id, 'approved'),
      () => scene.woo.moderate(review.id, 'spam'),
      () => scene.woo.moderate(review.id, 'approved'),
      () => scene.woo.removeReview(review.id),
    ];
    for (const step of steps) {
      later();
      step();
      await scene.settle();
      await reconcileReviews(stage.work, ref());
      seen.push(await points());
    }
    expect(seen).toEqual(['20', '0', '20', '0']);
  });
});

async function readBody(order: string): Promise<Record<string, unknown>> {
  const [key] = scene.woo.keys;
  const url = `${scene.woo.url}/wp-json/wc/v3/orders/${order}?consumer_key=${key?.key}&consumer_secret=${key?.secret}`;
  const headers = { authorization: `Basic ${Buffer.from(`${key?.key}:${key?.secret}`).toString('base64')}` };
  return (await (await fetch(url, { headers })).json()) as Record<string, unknown>;
}

const replayed = (body: unknown) => stage.service.woo({ key: scene.key }, 'order.updated', body, scene.source);
