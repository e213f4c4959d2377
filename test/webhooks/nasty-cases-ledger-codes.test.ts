import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import { inTransaction } from '../../src/db/database.js';
import { endReservations } from '../../src/jobs/schedules.js';
import { HELD_MS, undoRedemption } from '../../src/loyalty/redeem.js';
import { ledgerStage, wooScene, type WooScene } from './ledger-stage.js';

/** The nasty cases of codes by number, on a WooCommerce shop of loopback: its coupons, our redemptions, the points in them. */
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
const later = (ms = 60_000) => stage.service.clock.advance(ms);
const ben = () => scene.woo.shop.customerByEmail('ben@example.test')?.id ?? '';
const stateOf = async (id: string) => {
  const { state, code_state } = await stage.redemption(scene.program, id);
  return `${state}, ${code_state}`;
};

/** Anna has earned 24 and reserved 20 of them: a code of 5.00. */
async function reserved(): Promise<{ id: string; code: string }> {
  scene.buy();
  await scene.settle();
  const id = await stage.reserve(scene.program, scene.store, scene.anna);
  await scene.settle();
  expect(await points()).toBe('4, held 20');
  return { id, code: (await stage.redemption(scene.program, id)).code };
}

/** What happens by itself once a reservation has run out. */
const sweep = () => endReservations({ ...stage.work, forgetBodies: async () => 0 });

describe('60, 62: codes that the owner or the shopper takes in hand', () => {
  test('60: the owner deletes our coupon by hand: the redemption is void, its points come back once', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    const { code } = await stage.redemption(scene.program, id);
    const found = scene.coupon(code);
    const told = { id: Number(found?.id) };
    for (let i = 0; i < 2; i++) await stage.service.woo({ key: scene.key }, 'coupon.deleted', told, scene.source);
    await scene.settle();
    expect([await points(), (await stage.redemption(scene.program, id)).state]).toEqual(['24', 'released']);
  });

  test('60: the deletion that our own kill causes does not give back what an order on its way has used', async () => {
    scene.buy();
    await scene.settle();
    const id = await stage.reserve(scene.program, scene.store, scene.anna);
    await scene.settle();
    const { code } = await stage.redemption(scene.program, id);
    const made = scene.coupon(code)?.id;
    scene.woo.postman.hold();
    scene.buy({ codes: [code] });
    later(HELD_MS + 1);
    await endReservations({ ...stage.work, forgetBodies: async () => 0 });
    await stage.service.woo({ key: scene.key }, 'coupon.deleted', { id: Number(made) }, scene.source);
    await stage.service.drain();
    expect(await points()).toBe('4, held 20');
    scene.woo.postman.release();
    await scene.settle();
    expect([await points(), (await stage.redemption(scene.program, id)).state]).toEqual(['23', 'captured']);
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
});

describe('61: a code that came into other hands', () => {
  test('is bound to its member: the shop takes it from no other account and no other address', async () => {
    const { code } = await reserved();
    expect(() => scene.buy({ customer: ben(), codes: [code] })).toThrow();
    expect(() => scene.buy({ customer: null, email: 'stranger@example.test', codes: [code] })).toThrow();
    await scene.settle();
    expect(await points()).toBe('4, held 20');
    scene.buy({ codes: [code] });
    await scene.settle();
    expect(await points()).toBe('23');
  });

  test.each([
    ['another member', () => ({ customer: ben() }), '19'],
    ['a guest, to whom it is a bearer’s', () => ({ customer: null, email: 'stranger@example.test' }), '0'],
  ])(
    'once the owner has lifted the binding and it is used by %s, it draws on who reserved it',
    async (_, buyer, theirs) => {
      const other = await stage.service.member(scene.program, scene.store, ben(), { email: 'ben@example.test' });
      const { id, code } = await reserved();
      Object.assign(scene.coupon(code) ?? {}, { emails: [], customers: null });
      const order = scene.buy({ ...buyer(), codes: [code] });
      await scene.settle();
      expect([await points(), await stateOf(id)]).toEqual(['4', 'captured, killed']);
      // what is bought is the buyer's: 24.00 - 5.00
      expect(await stage.points(scene.program, other)).toBe(theirs);
      later();
      scene.woo.refund(order);
      await scene.settle();
      expect([await points(), await stage.points(scene.program, other)]).toEqual(['24', '0']);
    },
  );
});

describe('63: a checkout with the code in it', () => {
  test('is not disturbed before its time is over, to the last moment', async () => {
    const { id, code } = await reserved();
    later(HELD_MS - 60_000);
    await sweep();
    await scene.settle();
    expect(await stateOf(id)).toBe('held, live');
    scene.buy({ codes: [code] });
    await scene.settle();
    expect([await points(), await stateOf(id)]).toEqual(['23', 'captured, killed']);
  });

  test('that was left: the code dies first, then the points come back, and the checkout can no longer use it', async () => {
    const { id, code } = await reserved();
    later(HELD_MS);
    await sweep();
    expect([await points(), await stateOf(id)]).toEqual(['4, held 20', 'held, dying']);
    await scene.settle();
    expect([scene.coupon(code), await points(), await stateOf(id)]).toEqual([undefined, '24', 'released, killed']);
    expect(() => scene.buy({ codes: [code] })).toThrow();
  });

  test.each([
    ['is paid at last', (order: string) => scene.woo.pay(order), '23', 'captured, killed'],
    ['is given up', (order: string) => scene.woo.cancel(order), '24', 'returned, killed'],
  ])('whose order waits for its money keeps the points beyond the end, until it %s', async (_, ends, has, state) => {
    const { id, code } = await reserved();
    later(HELD_MS - 60_000);
    const order = scene.buy({ codes: [code], payment: 'bank' });
    await scene.settle();
    later(24 * 3_600_000);
    await sweep();
    await scene.settle();
    expect(await points()).toBe('4');
    ends(order);
    await scene.settle();
    expect([await points(), await stateOf(id)]).toEqual([has, state]);
  });

  test('given back in one window while another pays, between the question whether it was used and its death: the order draws after all', async () => {
    const { id, code } = await reserved();
    const platform = stage.platforms.get(scene.store) as OutboundPlatform;
    const findDiscount: OutboundPlatform['findDiscount'] = async (text) => {
      const found = await platform.findDiscount(text);
      scene.buy({ codes: [code] });
      return found;
    };
    const racing = Object.assign(Object.create(platform) as OutboundPlatform, { findDiscount });
    stage.platforms.set(scene.store, racing);
    scene.woo.postman.hold();
    const wish = { program: scene.program, store: scene.store, customer: scene.anna, redemption: id };
    await inTransaction(stage.db.app, { programs: [scene.program] }, (tx) =>
      undoRedemption(tx, wish, stage.service.clock.now(), stage.service.loyalty),
    );
    await stage.service.drain();
    expect([await points(), await stateOf(id)]).toEqual(['24', 'released, killed']);
    stage.platforms.set(scene.store, platform);
    scene.woo.postman.release();
    await scene.settle();
    // 24 - 20 and 19 for 24.00 - 5.00
    expect([await points(), await stateOf(id)]).toEqual(['23', 'captured, killed']);
  });
});
