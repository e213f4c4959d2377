import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import {
  printStickers,
  stickerBooks,
  stickersOfOrder,
  voidStickers,
} from '../../src/loyalty/stickers/print-stickers.js';
import { keepStock } from '../../src/loyalty/keep-stock.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { processShard } from '../../webhooks/process.js';
import { PLAIN_RULES, SHARDS } from '../support/service.js';
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
  lineId,
  worldsOn,
} from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;
let next = 71_000;
const anId = () => String(++next);
const set = (ms: number) => worlds.service.clock.set(NOON + ms);
const RULES = programRules.parse({
  ...PLAIN_RULES,
  units: { ...PLAIN_RULES.units, sticker: { value: '20', expiry: { kind: 'days', days: 30 } } },
  stickers: { unit: 'sticker' },
  earning: [
    ...PLAIN_RULES.earning,
    { id: 'per-ten', unit: 'sticker', kind: 'step', gives: 1, every: 1000, limits: [{ per: 'order', points: 10 }] },
  ],
  rewards: [{ id: 'three', unit: 'sticker', kind: 'amount-off', points: 3, off: 500 }],
});

const GUEST = () => ({ shop: shop.store.key, customer: null });
const books = async () => {
  const [of] = await inWorld(db, shop, (tx) => stickerBooks(tx, shop.program));
  return of && { issued: of.issued, open: of.open, held: of.held, redeemed: of.redeemed, expired: of.expired };
};
const printed = async (id: string, stickers: number, ends: number | null = null) => {
  const { loyalty, clock } = worlds.service;
  const wish = { id, stickers, ends, by: 'test' };
  return (await inWorld(db, shop, (tx) => printStickers(tx, shop.program, wish, clock.now(), loyalty))).codes;
};
const granted = async () => {
  const rows = await db.sql<{ promotion: string; granted: string }>(
    'select promotion, granted from ceiling where program_id = $1',
    [shop.program],
  );
  return Object.fromEntries(rows.map((row) => [row.promotion, Number(row.granted)]));
};
const codesOf = async (order: string) => {
  const of = { store: shop.store.id, id: order, customer: null };
  return inWorld(db, shop, (tx) => stickersOfOrder(tx, shop.program, of, worlds.service.loyalty));
};
const puts = (codes: readonly string[], key = `key-of-${anId()}`, cents = 4_000) =>
  worlds.storefront.redeemStickers(GUEST(), { reward: 'three', codes, cart: aCart(cents) }, key);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(async () => {
  set(0);
  shop = await worlds.make(RULES);
});

describe('B8: stickers are handed out with orders', () => {
  it('to guests and members alike, as codes that nobody can read from the database; no account has any', async () => {
    await shop.joins('501');
    const [guests, members] = [anId(), anId()];
    await shop.has(anOrder({ id: guests, cents: 3_499 }));
    await shop.has(anOrder({ id: members, cents: 20_000, customer: '501' }));
    expect([(await codesOf(guests)).length, (await codesOf(members)).length]).toEqual([3, 10]);
    expect(await shop.balance('501')).toMatchObject({ available: 210 });
    const { ok } = await worlds.storefront.member({ shop: shop.store.key, customer: '501' });
    expect(ok?.balances['sticker']).toMatchObject({ available: '0' });
    expect(
      (await worlds.storefront.stickersOfOrder({ shop: shop.store.key, customer: '501' }, members)).ok?.codes,
    ).toEqual(await codesOf(members));
    const another = await worlds.storefront.stickersOfOrder({ shop: shop.store.key, customer: '502' }, members);
    expect(another.refused).toMatchObject({ status: 404 });
    const kept = JSON.stringify(await db.sql('select * from sticker where program_id = $1', [shop.program]));
    for (const code of await codesOf(guests)) expect(kept).not.toContain(code.slice(2, 8));
    const [bearer] = await db.sql('select mailbox, phone, status from member where program_id = $1 and status = $2', [
      ...[shop.program, 'bearer'],
    ]);
    expect(bearer).toEqual({ mailbox: null, phone: null, status: 'bearer' });
    expect(await books()).toEqual({ issued: 13n, open: 13n, held: 0n, redeemed: 0n, expired: 0n });
    await shop.isSound();
  });

  it('what goes back takes its unused codes with it, what was used stays used, what is raised again is handed out anew', async () => {
    const order = anOrder({ id: anId(), cents: 5_000 });
    await shop.has(order);
    const codes = await codesOf(order.id);
    expect((await puts(codes.slice(0, 3))).ok).toMatchObject({ state: 'held', points: '3', codeState: 'live' });
    set(HOUR);
    await shop.has({
      ...order,
      at: NOON + HOUR,
      refunds: [aRefund('1', NOON + HOUR, { line: lineId(order.id), net: 4_000 })],
    });
    expect(await codesOf(order.id)).toEqual(codes.slice(0, 3));
    expect(await books()).toEqual({ issued: 3n, open: 0n, held: 3n, redeemed: 0n, expired: 0n });
    expect((await puts([codes[4] ?? '', ...(await printed('more', 2))])).refused?.code).toBe('sticker_unusable');
    await shop.isSound();
  });

  it('told twice, late and shuffled it hands out once', async () => {
    const order = anOrder({ id: anId(), cents: 3_000 });
    await Promise.all([shop.tells(order), shop.tells(order)]);
    await shop.has(order);
    await shop.has({ ...order, at: order.at + 1 });
    expect(await books()).toMatchObject({ issued: 3n, open: 3n });
    await shop.has({ ...order, at: order.at + 2, cancelled: NOON });
    expect(await books()).toMatchObject({ issued: 0n, open: 0n });
    await shop.isSound();
  });
});

describe('B8: so many stickers buy a reward', () => {
  it('one code used by fifty at once counts once', async () => {
    const codes = await printed('batch', 102);
    const [one = '', ...others] = codes;
    const all = await Promise.all(Array.from({ length: 50 }, (_, i) => puts([one, ...others.slice(2 * i, 2 * i + 2)])));
    expect(all.filter(({ ok }) => ok)).toHaveLength(1);
    expect(new Set(all.flatMap(({ refused }) => (refused ? [refused.code] : [])))).toEqual(
      new Set(['sticker_unusable']),
    );
    expect(await books()).toEqual({ issued: 102n, open: 99n, held: 3n, redeemed: 0n, expired: 0n });
    await shop.isSound();
  });

  it('however they are typed; the same wish is the same reward; an order uses it, a cancelled one gives the stickers back', async () => {
    const codes = await printed('batch', 4);
    const typed = codes.slice(0, 3).map((code) => ` ${code.toLowerCase().replaceAll('-', ' ')}`);
    const { ok } = await puts(typed, 'intention-1');
    expect((await puts(typed, 'intention-1')).ok?.id).toBe(ok?.id);
    expect((await puts(codes.slice(1, 4), 'intention-1')).refused?.code).toBe('idempotency_key_reused');
    expect((await puts(codes.slice(0, 2))).refused?.details).toEqual({ binding: 'balance' });
    expect((await puts(codes)).refused?.details).toEqual({ binding: 'too-many' });
    const order = anOrder({ id: anId(), cents: 900, codes: [{ code: ok?.code ?? '', off: 500 }] });
    await shop.has(order);
    expect(await books()).toEqual({ issued: 4n, open: 1n, held: 0n, redeemed: 3n, expired: 0n });
    set(HOUR);
    await shop.has({ ...order, at: NOON + HOUR, cancelled: NOON + HOUR });
    await shop.passes(HOUR);
    expect(await books()).toEqual({ issued: 4n, open: 4n, held: 0n, redeemed: 0n, expired: 0n });
    expect((await puts(codes.slice(0, 3))).ok?.state).toBe('held');
    await shop.isSound();
  });

  it('a reward that nobody uses gives them back; what has ended meanwhile is expired, and nothing more is had for it', async () => {
    const [soon, later] = [await printed('soon', 2, NOON + HOUR), await printed('later', 2)];
    expect((await puts([...soon, later[0] ?? ''])).ok?.state).toBe('held');
    await shop.passes(3 * HOUR);
    await shop.passes(0);
    expect(await books()).toEqual({ issued: 4n, open: 2n, held: 0n, redeemed: 0n, expired: 2n });
    expect((await puts([...later, soon[0] ?? ''])).refused?.code).toBe('sticker_unusable');
    await shop.passes(31 * DAY);
    expect(await books()).toEqual({ issued: 4n, open: 0n, held: 0n, redeemed: 0n, expired: 4n });
    await shop.isSound();
  });

  it('of a reward that is counted, as long as there is one: then no code is taken; it comes back unused', async () => {
    const counted = RULES.rewards.map((reward) => ({ ...reward, stock: 'counted' as const }));
    shop = await worlds.make({ ...RULES, rewards: counted });
    await inWorld(db, shop, (tx) =>
      keepStock(tx, {
        program: shop.program,
        reward: 'three',
        by: 'test',
        news: { how: 'counted', left: 1, why: 'new' },
      }),
    );
    const codes = await printed('batch', 6);
    const both = await Promise.all([puts(codes.slice(0, 3)), puts(codes.slice(3))]);
    expect(both.filter(({ ok }) => ok)).toHaveLength(1);
    expect(both.find(({ ok }) => !ok)?.refused).toMatchObject({ status: 409, details: { binding: 'sold-out' } });
    expect(await books()).toMatchObject({ open: 3n, held: 3n });
    await shop.passes(3 * HOUR);
    await shop.passes(0);
    expect((await puts(codes.slice(3))).ok?.state).toBe('held');
    await shop.isSound();
  });

  it('printed codes are told once; a batch can be voided', async () => {
    const codes = await printed('batch', 5);
    await expect(printed('batch', 5)).rejects.toMatchObject({ code: 'batch_known', status: 409 });
    await puts(codes.slice(0, 3));
    const { loyalty, clock } = worlds.service;
    const standing = await inWorld(db, shop, (tx) =>
      voidStickers(tx, shop.program, { id: 'batch', by: 'test' }, clock.now(), loyalty),
    );
    expect(standing).toBe(3);
    expect(await books()).toMatchObject({ issued: 3n, open: 0n, held: 3n });
    await shop.isSound();
  });
});

describe('T9, B8: a ceiling on stickers', () => {
  it('is given to the first, guests and members alike, exactly; what goes back is there for the next; points have a ceiling of their own', async () => {
    shop = await worlds.make(
      programRules.parse({
        ...RULES,
        promotions: [
          { id: 'twice', unit: 'sticker', factor: '2', ceiling: { points: 50 } },
          { id: 'more', unit: 'points', add: 7, ceiling: { points: 70 } },
        ],
      }),
    );
    const { service } = worlds;
    await shop.joins('501');
    const orders = Array.from({ length: 40 }, (_, i) =>
      anOrder({ id: anId(), cents: 3_000, customer: i % 2 === 0 ? '501' : null }),
    );
    await Promise.all(orders.map((order) => shop.tells(order)));
    const work = async () => {
      for (let taken = 1; taken > 0;) {
        taken = 0;
        for (let shard = 0; shard < SHARDS; shard++) taken += await processShard(service.parts, shard, 3);
      }
    };
    await Promise.all([work(), work(), work(), work()]);
    await service.drain();
    expect([await granted(), await books()]).toMatchObject([
      { twice: 50, more: 70 },
      { issued: 170n, open: 170n },
    ]);
    await shop.isSound();
    // a returned order with a whole part makes room for three; what is left of the others' parts stays theirs
    const counts = await Promise.all(orders.map(async (order) => [order, (await codesOf(order.id)).length] as const));
    const [whole] = counts.find(([, n]) => n === 6) ?? [];
    set(HOUR);
    const back = [aRefund('1', NOON + HOUR, { amount: 3_000 })];
    await shop.has({ ...(whole ?? orders[0]!), at: NOON + HOUR, refunds: back });
    expect([(await granted())['twice'], await books()]).toMatchObject([47, { issued: 164n, open: 164n }]);
    await shop.has(anOrder({ id: anId(), cents: 5_000, placed: NOON + HOUR }));
    expect([(await granted())['twice'], await books()]).toMatchObject([50, { issued: 172n, open: 172n }]);
    await shop.has({ ...orders[7]!, at: NOON + HOUR + 1 });
    expect((await granted())['twice']).toBe(50);
    await shop.isSound();
  });
});
