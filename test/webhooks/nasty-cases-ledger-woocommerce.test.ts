import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { reconcileOrders, rereadRefunded } from '../../src/jobs/reconcile-orders.js';
import { endReservations } from '../../src/jobs/schedules.js';
import { keepSubscriptions } from '../../src/jobs/settle-new-store.js';
import { HELD_MS } from '../../src/loyalty/redeem.js';
import { ledgerStage, wooScene, type WooScene } from './ledger-stage.js';
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
  test('5, 33: refunded by status, no money moved: taken back; set back to completed it stays so, until the refund is deleted', async () => {
    const order = scene.buy({ complete: true });
    await scene.settle();
    expect(await points()).toBe('24');
    later();
    scene.woo.refundByStatus(order);
    scene.woo.setStatus(order, 'completed');
    await scene.settle();
    expect([await points(), await decision(order)]).toEqual(['0', 'refunded']);
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

  test('28: switched off at the seventh failure: found, switched on, read again; dated by the order, not by the arrival', async () => {
    const { service } = stage;
    for (const hook of scene.woo.webhooks.list()) Object.assign(hook, { status: 'disabled', failures: 6 });
    const order = scene.buy();
    const placed = service.clock.now();
    await scene.settle();
    expect(await points()).toBe('0');
    later(3 * 3_600_000);
    const around = { publicUrl: service.url, keys: service.keys };
    expect(await keepSubscriptions(stage.work, ref(), around)).toContain('order.updated');
    await reconcileOrders(stage.work, ref());
    expect([await points(), await decision(order)]).toEqual(['24', 'earned 24']);
    const [lot] = await stage.db.sql<{ earned_at: Date }>('select earned_at from lot where program_id = $1', [
      scene.program,
    ]);
    expect(lot?.earned_at.getTime()).toBe(placed);
    scene.buy();
    await scene.settle();
    expect(await points()).toBe('48');
  });

  test('32: an order that dies unpaid brings a coupon back to life, but ours is dead and its points are held no longer', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    const { code } = await stage.redemption(scene.program, id);
    const order = scene.buy({ codes: [code], payment: 'bank' });
    await scene.settle();
    expect(coupon(code)).toBeUndefined();
    later();
    scene.woo.cancel(order);
    await scene.settle();
    expect(coupon(code)).toBeUndefined();
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
        source(),
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

  test('58: the owner’s user is deleted and the keys die: the store is suspended, and goes on once it is connected anew', async () => {
    const keys = scene.woo.keys as unknown[];
    const kept = keys.splice(0);
    const order = scene.buy();
    await scene.settle();
    await expect(reconcileOrders(stage.work, ref())).rejects.toMatchObject({ code: 'platform_revoked' });
    keys.push(...kept);
    await reconcileOrders(stage.work, ref());
    expect([await points(), await decision(order)]).toEqual(['24', 'earned 24']);
    await stage.db.sql('update inbox set next_at = now() where program_id = $1 and status = 0', [scene.program]);
    await stage.db.sql('update outbox set next_at = now() where program_id = $1 and status = 0', [scene.program]);
    await scene.settle();
  });

  test('60: the owner deletes our coupon by hand: the redemption is void, its points come back once', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    const { code } = await stage.redemption(scene.program, id);
    const found = coupon(code);
    const told = { id: Number(found?.id) };
    for (let i = 0; i < 2; i++) await stage.service.woo({ key: scene.key }, 'coupon.deleted', told, source());
    await scene.settle();
    expect([await points(), (await stage.redemption(scene.program, id)).state]).toEqual(['24', 'released']);
  });

  test('60: the deletion that our own kill causes does not give back what an order on its way has used', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    const { code } = await stage.redemption(scene.program, id);
    const made = coupon(code)?.id;
    scene.woo.postman.hold();
    scene.buy({ codes: [code] });
    later(HELD_MS + 1);
    await endReservations({ ...stage.work, forgetBodies: async () => 0 });
    await stage.service.woo({ key: scene.key }, 'coupon.deleted', { id: Number(made) }, source());
    await stage.service.drain();
    expect(await points()).toBe('4, held 20');
    scene.woo.postman.release();
    await scene.settle();
    expect([await points(), (await stage.redemption(scene.program, id)).state]).toEqual(['23', 'captured']);
  });

  test('61: a leaked code is bound to its member’s address; used by a stranger it still draws on who reserved it', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    const { code } = await stage.redemption(scene.program, id);
    const ben = scene.woo.shop.customerByEmail('ben@example.test')?.id ?? '';
    expect(() => scene.buy({ customer: ben, codes: [code] })).toThrow();
    expect(await points()).toBe('4, held 20');
  });

  test('62: two codes of one member in one cart are two redemptions, each captured once', async () => {
    scene.buy({ lines: [{ product: scene.bag, quantity: 2 }] });
    await scene.settle();
    const ids = [
      await stage.reserve(scene.program, scene.store, scene.anna),
      await stage.reserve(scene.program, scene.store, scene.anna),
    ];
    await scene.settle();
    const codes = await Promise.all(ids.map(async (id) => (await stage.redemption(scene.program, id)).code));
    scene.buy({ codes });
    await scene.settle();
    const states = await Promise.all(ids.map(async (id) => (await stage.redemption(scene.program, id)).state));
    expect(states).toEqual(['captured', 'captured']);
    expect(await points()).toBe('22');
  });

  test('63: a checkout left with the code in it: the code dies first, then the points come back', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    const { code } = await stage.redemption(scene.program, id);
    later(HELD_MS + 1);
    await endReservations({ ...stage.work, forgetBodies: async () => 0 });
    expect(await points()).toBe('4, held 20');
    await scene.settle();
    expect([coupon(code), await points()]).toEqual([undefined, '24']);
    expect(await stage.redemption(scene.program, id)).toMatchObject({ state: 'released', code_state: 'killed' });
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

const source = () => ({ 'x-wc-webhook-source': `${scene.woo.url}/` });
const coupon = (code: string) =>
  scene.woo.shop.state.discounts.find((one) => one.code.toLowerCase() === code.toLowerCase() && one.status === 'live');

async function readBody(order: string): Promise<Record<string, unknown>> {
  const [key] = scene.woo.keys;
  const url = `${scene.woo.url}/wp-json/wc/v3/orders/${order}?consumer_key=${key?.key}&consumer_secret=${key?.secret}`;
  const headers = { authorization: `Basic ${Buffer.from(`${key?.key}:${key?.secret}`).toString('base64')}` };
  return (await (await fetch(url, { headers })).json()) as Record<string, unknown>;
}

const replayed = (body: unknown) => stage.service.woo({ key: scene.key }, 'order.updated', body, source());
