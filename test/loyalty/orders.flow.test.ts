import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PLAIN_RULES } from '../support/service.js';
import { testDatabase } from '../support/database.js';
import {
  DAY,
  HOUR,
  NOON,
  type World,
  type Worlds,
  aRefund,
  anOrder,
  inWorld,
  lineId,
  worldsOn,
} from '../support/world.js';
import { adjustPoints } from '../../src/loyalty/adjust.js';
import { claimOrders } from '../../src/loyalty/claim-orders.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 1000;
const anId = () => String(++next);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  worlds.service.clock.set(NOON);
  // nothing for joining, so that every figure is the order's
  const { joining: _joining, ...rules } = PLAIN_RULES;
  shop = await worlds.make(rules);
});

describe('the history calls an order what the shop calls it (T1)', () => {
  const namesOf = async () => {
    const { ok } = await worlds.storefront.history({ shop: shop.store.key, customer: '501' });
    return ok?.lines.map(({ order, sentence, cause }) => [order, sentence, cause.id.split('/')[1]]);
  };

  it('by its name, whoever told it: a body, or the platform when it was asked', async () => {
    await shop.joins('501');
    await shop.has(anOrder({ id: '4711', customer: '501', cents: 1_000, name: '#1001' }));
    await shop.has(anOrder({ id: '4712', customer: '501', cents: 1_000, name: 'PL-1002' }), 'news');
    expect(await namesOf()).toEqual([
      ['PL-1002', 'Order PL-1002', '4712'],
      ['#1001', 'Order #1001', '4711'],
    ]);
  });

  it('by its id where it was kept before names were; it is the same order when it is told again', async () => {
    await shop.joins('501');
    const order = anOrder({ id: '4713', customer: '501', cents: 1_000, name: '#1003' });
    await shop.has(order);
    await db.sql("update order_state set snapshot = snapshot - 'name' where order_id = '4713'");
    expect(await namesOf()).toEqual([['#4713', 'Order #4713', '4713']]);
    await shop.isSound();
    await shop.has(order);
    await shop.isSound();
    expect(await namesOf()).toEqual([['#1003', 'Order #1003', '4713']]);
  });
});

describe('a line says why in words that a shopper can check (T1)', () => {
  const linesOf = async () => (await worlds.storefront.history({ shop: shop.store.key, customer: '501' })).ok?.lines;

  it('figures as people write them, never as fractions', async () => {
    await shop.joins('501');
    await shop.has(anOrder({ id: anId(), customer: '501', cents: 1_450 }));
    const [line] = (await linesOf()) ?? [];
    expect(line?.parts.map(({ sentence }) => sentence)).toEqual([
      '€14.50 at 1 point per €1.00: 14.5',
      'Rounded down to 14 points',
    ]);
  });

  it('what the shop wrote beside points given by hand', async () => {
    const member = await shop.joins('501');
    const act = { id: anId(), unit: 'points', amount: 50, reason: 'late parcel', by: 'Marta', at: NOON };
    await inWorld(db, shop, (tx) =>
      adjustPoints(tx, { program: shop.program, member, ...act }, NOON, worlds.service.work.shards),
    );
    const [line] = (await linesOf()) ?? [];
    expect(line).toMatchObject({ points: '50', sentence: expect.stringMatching(/by the shop: late parcel$/) });
  });
});

describe('what is given back takes its points along (A1, C2)', () => {
  it('in part: the points of the part, by line or by amount', async () => {
    await shop.joins('501');
    const id = anId();
    const order = anOrder({ id, customer: '501', cents: [3_000, 1_000] });
    await shop.has(order);
    expect(await shop.balance('501')).toMatchObject({ available: 40 });
    worlds.service.clock.advance(DAY);
    const byLine = aRefund('1', NOON + DAY, { line: lineId(id, 1), net: 1_000 });
    await shop.has({ ...order, at: NOON + DAY, refunds: [byLine] });
    expect(await shop.balance('501')).toMatchObject({ available: 30 });
    const byAmount = aRefund('2', NOON + DAY + HOUR, { amount: 550 });
    worlds.service.clock.advance(HOUR);
    await shop.has({ ...order, at: NOON + DAY + HOUR, refunds: [byLine, byAmount] });
    expect(await shop.balance('501')).toMatchObject({ available: 24 });
    await shop.isSound();
  });

  it('in whole, and again when the refund fails', async () => {
    await shop.joins('501');
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    worlds.service.clock.advance(DAY);
    await shop.has({ ...order, at: NOON + DAY, refunds: [aRefund('1', NOON + DAY, { amount: 4_000 })] });
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'refunded' });
    worlds.service.clock.advance(DAY);
    const failed = aRefund('1', NOON + DAY, { amount: 4_000, failed: NOON + 2 * DAY });
    await shop.has({ ...order, at: NOON + 2 * DAY, refunds: [failed] });
    expect(await shop.balance('501')).toMatchObject({ available: 40 });
    await shop.isSound();
  });

  it('a cancelled order gives nothing', async () => {
    await shop.joins('501');
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    worlds.service.clock.advance(HOUR);
    await shop.has({ ...order, at: NOON + HOUR, cancelled: NOON + HOUR });
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'cancelled', gives: {} });
    await shop.isSound();
  });

  it('a deleted order gives nothing, until it comes back', async () => {
    await shop.joins('501');
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    worlds.service.clock.advance(HOUR);
    shop.platform.orders.delete(order.id);
    await shop.says('orders/delete', { id: Number(order.id) });
    await worlds.service.drain();
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'cancelled' });
    await shop.isSound();
    worlds.service.clock.advance(HOUR);
    await shop.has({ ...order, at: NOON + 2 * HOUR });
    expect(await shop.balance('501')).toMatchObject({ available: 40 });
    await shop.isSound();
  });

  it('a deletion that was told of and undone at once, with the same version, changes nothing', async () => {
    await shop.joins('501');
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    shop.platform.orders.delete(order.id);
    await shop.says('orders/delete', { id: Number(order.id) });
    await worlds.service.drain();
    await shop.has(order, 'news');
    expect(await shop.balance('501')).toMatchObject({ available: 40 });
    await shop.isSound();
  });

  it('a chargeback takes the points while it is open, and for good when it is lost', async () => {
    await shop.joins('501');
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    worlds.service.clock.advance(DAY);
    const dispute = { id: '1', kind: 'chargeback' as const, opened: NOON + DAY, won: null, lost: null };
    shop.platform.orders.set(order.id, { ...order, disputes: [dispute] });
    await shop.says('disputes/create', { id: 1, order_id: Number(order.id) });
    await worlds.service.drain();
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    // the next body cannot tell of disputes: the known one stays
    const touched = { ...order, at: NOON + DAY + HOUR, channel: 'pos' };
    await shop.tells(touched);
    shop.platform.orders.set(order.id, { ...touched, disputes: [dispute] });
    await worlds.service.drain();
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    worlds.service.clock.advance(DAY);
    shop.platform.orders.set(order.id, { ...touched, disputes: [{ ...dispute, won: NOON + 2 * DAY }] });
    await shop.says('disputes/update', { id: 1, order_id: Number(order.id) });
    await worlds.service.drain();
    expect(await shop.balance('501')).toMatchObject({ available: 40 });
    await shop.isSound();
  });
});

describe('whose an order is (A2)', () => {
  it('becomes another’s, nobody’s and the first one’s again: the points go with it', async () => {
    const ana = await shop.joins('501');
    const bob = await shop.joins('502');
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    const becomes = async (customer: string | null, hours: number) => {
      worlds.service.clock.set(NOON + hours * HOUR);
      await shop.has({ ...order, at: NOON + hours * HOUR, customer });
    };
    await becomes('502', 1);
    expect([await shop.balance('501'), await shop.balance('502')]).toMatchObject([{ available: 0 }, { available: 40 }]);
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'earned', member: bob });
    await shop.isSound();
    await becomes(null, 2);
    expect(await shop.balance('502')).toMatchObject({ available: 0 });
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'guest', member: null, gives: {} });
    await shop.isSound();
    await becomes('777', 3);
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'not-a-member', member: null, gives: {} });
    await becomes('501', 4);
    expect(await shop.balance('501')).toMatchObject({ available: 40 });
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'earned', member: ana });
    await shop.isSound();
  });

  it('another’s after the points were spent: the first one owes, the second has them', async () => {
    await shop.joins('501');
    await shop.joins('502');
    const order = anOrder({ id: anId(), customer: '501', cents: 6_000 });
    await shop.has(order);
    worlds.service.clock.advance(HOUR);
    const { ok } = await shop.redeem('501', 'five', 5_000);
    const used = anOrder({
      id: anId(),
      customer: '501',
      cents: 4_500,
      at: NOON + 2 * HOUR,
      codes: [{ code: ok?.code ?? '', off: 500 }],
    });
    worlds.service.clock.set(NOON + 2 * HOUR);
    await shop.has(used);
    expect(await shop.balance('501')).toMatchObject({ available: 55, held: 0 });
    worlds.service.clock.advance(HOUR);
    await shop.has({ ...order, at: NOON + 3 * HOUR, customer: '502' });
    expect(await shop.balance('501')).toMatchObject({ available: 0, debt: 5 });
    expect(await shop.balance('502')).toMatchObject({ available: 60 });
    await shop.isSound();
    // what is earned next pays the debt first
    worlds.service.clock.advance(HOUR);
    await shop.has(anOrder({ id: anId(), customer: '501', cents: 800, at: NOON + 4 * HOUR }));
    expect(await shop.balance('501')).toMatchObject({ available: 3, debt: 0 });
    await shop.isSound();
  });

  it('a guest’s is claimed by whoever proves the mailbox, and only then', async () => {
    const order = anOrder({ id: anId(), email: 'Ana+shop@mail.test', cents: 4_000 });
    await shop.has(order);
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'guest' });
    const ana = await shop.joins('501', { email: 'ana@mail.test' });
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    worlds.service.clock.advance(HOUR);
    await inWorld(db, shop, (tx) =>
      claimOrders(
        tx,
        {
          program: shop.program,
          member: ana,
          mailbox: worlds.service.loyalty.tokens(shop.program).mailbox('ana@mail.test') ?? '',
        },
        worlds.service.clock.now(),
        4,
      ),
    );
    expect(await shop.balance('501')).toMatchObject({ available: 40 });
    await shop.isSound();
    // it stays theirs when it changes, and goes when it is refunded
    worlds.service.clock.advance(HOUR);
    const refunds = [aRefund('1', NOON + 2 * HOUR, { amount: 1_000 })];
    await shop.has({ ...order, at: NOON + 2 * HOUR, refunds });
    expect(await shop.balance('501')).toMatchObject({ available: 30 });
    await shop.isSound();
  });

  it('from before joining gives nothing and says so', async () => {
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    await shop.has(order);
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'not-a-member' });
    worlds.service.clock.advance(HOUR);
    await shop.joins('501');
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    expect(await shop.decision(order.id)).toMatchObject({ reason: 'before-joining' });
    await shop.isSound();
  });

  it('was cut from before: an older state that comes late changes nothing (T2)', async () => {
    await shop.joins('501');
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000 });
    const later = { ...order, at: NOON + HOUR, refunds: [aRefund('1', NOON + HOUR, { amount: 1_000 })] };
    worlds.service.clock.advance(HOUR);
    await shop.has(later);
    expect(await shop.balance('501')).toMatchObject({ available: 30 });
    await shop.has(order);
    expect(await shop.balance('501')).toMatchObject({ available: 30 });
    await shop.isSound();
  });
});
