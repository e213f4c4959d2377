import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { PLAIN_RULES } from '../support/service.js';
import { testDatabase } from '../support/database.js';
import { programRules } from '../../src/rules/program-rules.js';
import { DAY, HOUR, NOON, type World, type Worlds, aRefund, anOrder, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 5000;
const anId = () => String(++next);
const at = (ms: number) => worlds.service.clock.set(NOON + ms);
const { joining: _joining, ...BARE } = PLAIN_RULES;
const RULES = programRules.parse({
  ...BARE,
  reviews: { gives: 20 },
  referral: { advocate: 100, friend: 30, minOrder: 2_000, returnDays: 14 },
});
const merge = (kept: string, gone: string) =>
  shop.says('customers/merge', {
    admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
    admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
    status: 'completed',
    shop: shop.store.key,
  });
const redact = (customer: string, orders: string[] = []) =>
  shop.says('customers/redact', {
    shop_id: 1,
    shop_domain: shop.store.key,
    customer: { id: Number(customer), email: 'x@y.test', phone: null },
    orders_to_redact: orders.map(Number),
  });
const codeOf = async (customer: string) =>
  (await worlds.storefront.member({ shop: shop.store.key, customer })).ok?.member?.referralCode ?? '';

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  at(0);
  shop = await worlds.make(RULES);
});

describe('two become one (A2)', () => {
  it('with both balances, debts and what is held; what comes late for either is the one’s', async () => {
    await shop.joins('501');
    await shop.joins('502');
    const first = anOrder({ id: anId(), customer: '501', cents: 10_000 });
    await shop.has(first);
    await shop.has(anOrder({ id: anId(), customer: '502', cents: 6_000 }));
    at(HOUR);
    const { ok } = await shop.redeem('502', 'five', 5_000);
    expect(ok?.state).toBe('held');
    at(2 * HOUR);
    await merge('501', '502');
    await worlds.service.drain();
    expect(await shop.balance('501')).toMatchObject({ available: 110, held: 50 });
    expect(await shop.balance('502')).toMatchObject({ available: 110, held: 50 });
    await shop.isSound();
    // who reserved before the merge can still see and undo it
    const seen = await worlds.storefront.redemption({ shop: shop.store.key, customer: '501' }, ok?.id ?? '');
    expect(seen.ok).toMatchObject({ state: 'held' });
    at(3 * HOUR);
    await shop.has(anOrder({ id: anId(), customer: '502', cents: 1_000, at: NOON + HOUR }));
    expect(await shop.balance('501')).toMatchObject({ available: 120, held: 50 });
    await shop.isSound();
    await shop.has({ ...first, at: NOON + 3 * HOUR, refunds: [aRefund('1', NOON + 3 * HOUR, { amount: 10_000 })] });
    expect(await shop.balance('501')).toMatchObject({ available: 20, held: 50 });
    await shop.isSound();
    const undone = await worlds.storefront.undo({ shop: shop.store.key, customer: '501' }, ok?.id ?? '');
    expect(undone.ok).toMatchObject({ state: 'released' });
    expect(await shop.balance('501')).toMatchObject({ available: 70, held: 0 });
    await shop.isSound();
  });

  it('with the code of the merged one in an order of the other', async () => {
    await shop.joins('501');
    await shop.joins('502');
    await shop.has(anOrder({ id: anId(), customer: '502', cents: 6_000 }));
    at(HOUR);
    const { ok } = await shop.redeem('502', 'five', 5_000);
    at(2 * HOUR);
    await merge('501', '502');
    await worlds.service.drain();
    at(3 * HOUR);
    const codes = [{ code: ok?.code ?? '', off: 500 }];
    const order = anOrder({ id: anId(), customer: '501', cents: 4_500, at: NOON + 3 * HOUR, codes });
    await shop.has(order);
    expect(await shop.balance('501')).toMatchObject({ available: 55, held: 0 });
    await shop.isSound();
    at(4 * HOUR);
    await shop.has({ ...order, at: NOON + 4 * HOUR, cancelled: NOON + 4 * HOUR });
    expect(await shop.balance('501')).toMatchObject({ available: 60, held: 0 });
    await shop.isSound();
  });

  it('when only one of them is a member: the other’s orders are theirs from then on', async () => {
    await shop.joins('501');
    await shop.has(anOrder({ id: anId(), customer: '777', cents: 4_000 }));
    at(HOUR);
    await merge('501', '777');
    await worlds.service.drain();
    at(2 * HOUR);
    await shop.has(anOrder({ id: anId(), customer: '777', cents: 1_000, at: NOON + 2 * HOUR }));
    expect((await shop.balance('501')).available).toBeGreaterThanOrEqual(10);
    await shop.isSound();
  });
});

describe('reviews (A1)', () => {
  const review = async (id: number, status: 'approved' | 'spam' | 'pending', updated: number, customer = 501) => {
    const answer = await worlds.service.judgeme(shop.store, {
      review: {
        id,
        product_external_id: 9001,
        reviewer: { external_id: customer, email: 'ana@mail.test' },
        curated: status === 'spam' ? 'spam' : 'ok',
        published: status === 'approved',
        created_at: new Date(NOON).toISOString(),
        updated_at: new Date(NOON + updated).toISOString(),
      },
    });
    expect(answer.status).toBe(200);
    await worlds.service.drain();
  };

  it('give while they are approved: taken back as spam, given again; a second of the product gives nothing', async () => {
    await shop.joins('501');
    await review(1, 'pending', 0);
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    at(HOUR);
    await review(1, 'approved', HOUR);
    expect(await shop.balance('501')).toMatchObject({ available: 20 });
    at(2 * HOUR);
    await review(1, 'spam', 2 * HOUR);
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    at(3 * HOUR);
    await review(1, 'approved', 3 * HOUR);
    await review(1, 'spam', 2 * HOUR);
    await review(2, 'approved', 3 * HOUR);
    expect(await shop.balance('501')).toMatchObject({ available: 20 });
    expect(await shop.decision(`review:${shop.store.id}/judgeme:2`)).toMatchObject({ reason: 'once-per-product' });
    const { ok } = await worlds.storefront.history({ shop: shop.store.key, customer: '501' }, {});
    const told = ok?.lines.filter(({ points }) => points !== '0');
    expect(told?.map(({ points, sentence, parts }) => [points, sentence, parts.length])).toEqual([
      ['20', 'Review published', 1],
      ['-20', 'Review no longer published', 0],
      ['20', 'Review published', 1],
    ]);
    await shop.isSound();
  });

  it('of somebody who is no member are decided too', async () => {
    await review(3, 'approved', 0, 999);
    expect(await shop.decision(`review:${shop.store.id}/judgeme:3`)).toMatchObject({ reason: 'not-a-member' });
    await shop.isSound();
  });
});

describe('referrals (A1)', () => {
  const referred = async (more: { email?: string; cents?: number } = {}) => {
    await shop.joins('501', { email: 'ana@mail.test' });
    const code = await codeOf('501');
    at(HOUR);
    const order = anOrder({
      id: anId(),
      customer: '502',
      cents: more.cents ?? 3_000,
      at: NOON + HOUR,
      referral: code,
      email: more.email ?? 'bob@mail.test',
    });
    await shop.has(order);
    return { code, order, key: `referral:${code}:${shop.store.id}/502` };
  };

  it('give the advocate their points when the friend’s return window is over, by itself', async () => {
    const { key } = await referred();
    expect(await shop.decision(key)).toMatchObject({ reason: 'in-return-window' });
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    await shop.passes(14 * DAY - 1);
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    await shop.passes(1);
    expect(await shop.balance('501')).toMatchObject({ available: 100 });
    expect(await shop.decision(key)).toMatchObject({ reason: 'earned', gives: { points: '100' } });
    await shop.isSound();
  });

  it('give nothing when the friend gave the goods back, or bought too little', async () => {
    const { key, order } = await referred();
    at(DAY);
    await shop.has({ ...order, at: NOON + DAY, refunds: [aRefund('1', NOON + DAY, { amount: 3_000 })] });
    await shop.passes(15 * DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    expect(await shop.decision(key)).toMatchObject({ reason: 'refunded' });
    await shop.isSound();
  });

  it('to oneself are refused, the evidence is kept', async () => {
    const { key } = await referred({ email: 'Ana+friend@mail.test' });
    await shop.passes(20 * DAY);
    expect(await shop.balance('501')).toMatchObject({ available: 0 });
    expect(await shop.decision(key)).toMatchObject({ reason: 'self-referral', gives: {} });
    await shop.isSound();
  });

  it('count by the first link alone, and for newcomers alone', async () => {
    const { key } = await referred();
    await shop.joins('503', { email: 'cy@mail.test' });
    await worlds.storefront.referralVisit({ shop: shop.store.key, customer: '502' }, await codeOf('503'));
    expect(await shop.decision(`referral:${await codeOf('503')}:${shop.store.id}/502`)).toMatchObject({
      reason: 'already-referred',
    });
    await shop.passes(20 * DAY);
    expect(await shop.decision(key)).toMatchObject({ reason: 'earned' });
    await shop.isSound();
  });

  it('give the friend theirs once they join', async () => {
    const { order } = await referred();
    at(2 * HOUR);
    await shop.joins('502', { email: 'bob@mail.test' });
    await shop.isSound();
    at(3 * HOUR);
    await shop.has({ ...order, at: NOON + 3 * HOUR, channel: 'pos' });
    await shop.isSound();
  });
});

describe('forgetting (T9)', () => {
  it('a customer: the points stay, a late refund still counts, nothing personal comes back', async () => {
    const ana = await shop.joins('501', { email: 'ana@mail.test', phone: '+31612345678' });
    const order = anOrder({ id: anId(), customer: '501', cents: 4_000, email: 'ana@mail.test' });
    await shop.has(order);
    at(HOUR);
    await redact('501', [order.id]);
    await worlds.service.drain();
    await shop.isSound();
    at(2 * HOUR);
    const late = { ...order, at: NOON + 2 * HOUR, refunds: [aRefund('1', NOON + 2 * HOUR, { amount: 1_000 })] };
    await shop.has(late);
    await shop.isSound();
    const [left] = await db.sql<{ sum: string }>(
      "select coalesce(sum(balance), 0)::text as sum from account where program_id = $1 and member_id = $2 and kind = 'available'",
      [shop.program, ana],
    );
    expect(left?.sum).toBe('30');
    const rows = await db.sql<{ text: string }>(
      `select snapshot::text as text from order_state where program_id = $1
       union all select m::text from member m where program_id = $1
       union all select coalesce(p.sealed::text, '') from member_pii p where program_id = $1
       union all select l::text from customer_link l where program_id = $1
       union all select a::text from activity a where program_id = $1`,
      [shop.program],
    );
    const { mailbox, phone } = worlds.service.loyalty.tokens(shop.program);
    for (const { text } of rows) {
      expect(text).not.toContain(mailbox('ana@mail.test'));
      expect(text).not.toContain(phone('+31612345678'));
      expect(text).not.toMatch(/"customer": "501"/);
    }
  });

  it('a customer who was two: what is known of either goes', async () => {
    await shop.joins('501', { email: 'ana@mail.test' });
    await shop.joins('502', { email: 'old@mail.test', phone: '+31612345678' });
    at(HOUR);
    await merge('501', '502');
    at(2 * HOUR);
    await redact('501');
    await worlds.service.drain();
    const left = await db.sql<object>(
      `select m.id, p.sealed from member m left join member_pii p on p.program_id = m.program_id and p.member_id = m.id
       where m.program_id = $1 and (m.mailbox is not null or m.phone is not null or p.sealed is not null)`,
      [shop.program],
    );
    expect(left).toEqual([]);
    await shop.isSound();
  });

  it('a customer who is no member, twice: nothing breaks', async () => {
    const order = anOrder({ id: anId(), customer: '777', cents: 4_000, email: 'zed@mail.test' });
    await shop.has(order);
    await redact('777', [order.id]);
    await redact('777', [order.id]);
    await worlds.service.drain();
    await shop.isSound();
  });

  it('a shop that was taken off and put on again keeps its members; one that stayed away forgets', async () => {
    await shop.joins('501', { email: 'ana@mail.test' });
    await shop.has(anOrder({ id: anId(), customer: '501', cents: 4_000, email: 'ana@mail.test' }));
    const off = async (hours: number) => {
      at(hours * HOUR);
      await shop.says('app/uninstalled', { id: 1, myshopify_domain: shop.store.key });
      await worlds.service.drain();
    };
    const status = async () =>
      (await db.sql<{ status: string }>('select status from store where id = $1', [shop.store.id]))[0]?.status;
    await off(1);
    expect(await status()).toBe('uninstalled');
    at(2 * HOUR);
    await worlds.service.store(shop.program, 'shopify', { key: shop.store.key });
    expect(await status()).toBe('active');
    expect(await shop.balance('501')).toMatchObject({ available: 40 });
    await shop.says('shop/redact', { shop_id: 1, shop_domain: shop.store.key });
    await worlds.service.drain();
    expect(await db.sql('select from member_pii where program_id = $1', [shop.program])).toHaveLength(1);
    await off(3);
    expect(await status()).toBe('uninstalled');
    await shop.says('shop/redact', { shop_id: 1, shop_domain: shop.store.key, again: 1 });
    await worlds.service.drain();
    expect(await db.sql('select from member_pii where program_id = $1', [shop.program])).toHaveLength(0);
    await shop.isSound();
  });
});
