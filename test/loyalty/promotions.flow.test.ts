import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { changePromotion } from '../../src/loyalty/control-promotion.js';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import { readPromotions } from '../../src/loyalty/read-promotions.js';
import { inForce, ruleVersions } from '../../src/loyalty/rule-sets.js';
import { programRules } from '../../src/rules/program-rules.js';
import { type ChangePromotion, copied, paused, resumed, stopped } from '../../src/rules/promotions/change-promotion.js';
import { testDatabase } from '../support/database.js';
import { DAY, HOUR, NOON, type World, type Worlds, aRefund, anOrder, inWorld, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let next = 80_000;
const anId = () => String(++next);

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());

/** A point a euro; twice as many until 100 points were given extra. */
const RULES = programRules.parse({
  zone: 'Europe/Amsterdam',
  money: { code: 'EUR', exponent: 2 },
  units: { points: { value: '1' } },
  earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
  promotions: [{ id: 'double', factor: '2', ceiling: { points: 100 } }],
});

async function aWorld(rules = RULES): Promise<World> {
  worlds.service.clock.set(NOON);
  const shop = await worlds.make(rules);
  await shop.joins('1');
  return shop;
}

const now = () => worlds.service.clock.now();
const change = (shop: World, id: string, what: string, how: ChangePromotion) =>
  inWorld(db, shop, (tx) => changePromotion(tx, shop.program, { id, what, change: how, by: 'test' }, now()));
const promotionsOf = (shop: World) =>
  inWorld(db, shop, async (tx) => {
    const { rules } = inForce((await ruleVersions(tx, [shop.program])).get(shop.program) ?? [], now());
    return readPromotions(tx, shop.program, rules, now());
  });

/** An order of 10 euros a minute later: what it gives. */
async function orders(shop: World, id = anId()): Promise<{ points: number; missed: unknown }> {
  worlds.service.clock.set(now() + 60_000);
  await shop.has(anOrder({ id, customer: '1', cents: 1_000, placed: now(), at: now() }));
  const [row] = await db.sql<{ gives: Record<string, string>; missed: unknown }>(
    `select gives, explanation -> 'missed' as missed from decision where program_id = $1 and activity like '%/' || $2`,
    [shop.program, id],
  );
  return { points: Number(row?.gives['points'] ?? 0), missed: row?.missed };
}

describe('C10, T9: a promotion is paused, resumed and stopped while the program runs', () => {
  it('at once and for orders to come alone: what was given stays, decisions say why, the audit who', async () => {
    const shop = await aWorld();
    expect(await orders(shop)).toEqual({ points: 20, missed: [] });
    await change(shop, 'double', 'paused', paused);
    worlds.service.clock.set(now() + 1_000);
    const { ok } = await worlds.storefront.howItWorks({ shop: shop.store.key, customer: null });
    const promotions = ok?.sections.find(({ id }) => id === 'promotions')?.sentences;
    expect(promotions?.map(({ sentence }) => sentence)).toEqual([
      'Double points, while it lasts: 100 points for all members together, paused for now.',
    ]);
    expect(await orders(shop)).toEqual({ points: 10, missed: [{ id: 'double', why: 'paused' }] });
    await change(shop, 'double', 'resumed', resumed);
    expect((await orders(shop)).points).toBe(20);
    await change(shop, 'double', 'stopped', stopped);
    expect(await orders(shop)).toEqual({ points: 10, missed: [{ id: 'double', why: 'window' }] });
    expect((await shop.balance('1')).available).toBe(60);
    const audited = await db.sql<{ what: string; actor: string }>(
      `select what, actor from audit_event where program_id = $1 and what like 'promotion.%' order by id`,
      [shop.program],
    );
    expect(audited).toEqual(
      ['paused', 'resumed', 'stopped'].map((what) => ({ what: `promotion.${what}`, actor: 'test' })),
    );
    await shop.isSound();
  });

  it('an order that was placed before the pause and is paid after it has what it was promised', async () => {
    const shop = await aWorld();
    const id = anId();
    const order = anOrder({ id, customer: '1', cents: 1_000, paid: null });
    await shop.has(order);
    worlds.service.clock.set(NOON + HOUR);
    await change(shop, 'double', 'paused', paused);
    worlds.service.clock.set(NOON + 2 * HOUR);
    await shop.has({ ...order, paid: NOON + 2 * HOUR, at: NOON + 2 * HOUR });
    expect((await shop.balance('1')).available).toBe(20);
    await shop.isSound();
  });

  it('what is published for later is neither lost nor takes the pause back', async () => {
    const shop = await aWorld();
    const later = programRules.parse({ ...RULES, earning: [{ id: 'base', kind: 'rate', points: '3', per: 100 }] });
    await inWorld(db, shop, (tx) => publishRules(tx, shop.program, later, NOON + DAY, now()));
    await change(shop, 'double', 'paused', paused);
    expect((await orders(shop)).points).toBe(10);
    worlds.service.clock.set(NOON + DAY + HOUR);
    expect(await orders(shop)).toEqual({ points: 30, missed: [{ id: 'double', why: 'paused' }] });
    await change(shop, 'double', 'resumed', resumed);
    expect((await orders(shop)).points).toBe(60);
    await shop.isSound();
  });

  it('a copy has a ceiling of its own; one that is not there is refused', async () => {
    const shop = await aWorld();
    await change(shop, 'double', 'copied', copied('again', 0));
    worlds.service.clock.set(NOON + HOUR);
    await change(shop, 'double', 'stopped', stopped);
    expect((await orders(shop)).points).toBe(20);
    expect(
      (await promotionsOf(shop)).map(({ promotion, state, burn }) => [promotion.id, state, burn?.granted]),
    ).toEqual([
      ['double', 'over', 0n],
      ['again', 'open', 10n],
    ]);
    await expect(change(shop, 'triple', 'paused', paused)).rejects.toThrow(/There is no promotion triple/);
  });
});

describe('T9: burn rate and forecast from what was granted', () => {
  it('as orders come and go', async () => {
    const shop = await aWorld();
    await shop.has(anOrder({ id: anId(), customer: '1', cents: 3_000 }));
    const second = anOrder({ id: anId(), customer: '1', cents: 2_000, placed: NOON + HOUR, at: NOON + HOUR });
    worlds.service.clock.set(NOON + HOUR);
    await shop.has(second);
    worlds.service.clock.set(NOON + 2 * HOUR);
    // 50 of 100 in two hours: two hours more
    expect((await promotionsOf(shop))[0]?.burn).toEqual({
      ...{ ceiling: 100n, granted: 50n, left: 50n, perHour: 25, runsOut: NOON + 4 * HOUR },
    });
    await shop.has({ ...second, at: NOON + 2 * HOUR, refunds: [aRefund(anId(), NOON + 2 * HOUR, { amount: 2_000 })] });
    expect((await promotionsOf(shop))[0]?.burn).toMatchObject({ granted: 30n, perHour: 15 });
  });
});
