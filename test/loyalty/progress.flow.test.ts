import { afterAll, beforeAll, beforeEach, describe, expect, it } from '@jest/globals';
import { programRules, type ProgramRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { DAY, NOON, type World, type Worlds, anOrder, worldsOn } from '../support/world.js';

const db = testDatabase();
let worlds: Worlds;
let shop: World;

beforeAll(async () => {
  worlds = await worldsOn(db);
});
afterAll(() => worlds.stop());
beforeEach(() => worlds.service.clock.set(NOON));

const { joining: _joining, ...BARE } = PLAIN_RULES;
const withTiers = (tiers: object, more: object = {}): ProgramRules =>
  programRules.parse({ ...BARE, tiers: { unit: 'points', ...tiers }, ...more });
const LEVELS = [
  { id: 'member', enter: 0 },
  { id: 'silver', enter: 20_000 },
  { id: 'gold', enter: 50_000, keep: 40_000, perks: [{ kind: 'free-shipping' }] },
];
const member = async (lang = 'en') =>
  (await worlds.storefront.member({ shop: shop.store.key, customer: '501', lang })).ok;
const spends = (id: string, cents: number, placed = NOON) => shop.has(anOrder({ id, customer: '501', cents, placed }));

describe('C15: how far it is to the next level, in figures and in words', () => {
  it('of what is spent in a calendar year: what is missing, by its last day in the program’s zone', async () => {
    shop = await worlds.make(withTiers({ basis: 'spend', window: { kind: 'calendar-year' }, levels: LEVELS }));
    await shop.joins('501');
    expect((await member())?.ladder).toMatchObject({ level: 'member', have: '0', needs: '20000' });
    await spends('1', 31_200);
    const { ladder } = (await member()) ?? {};
    expect(ladder).toMatchObject({
      level: 'silver',
      have: '31200',
      needs: '50000',
      sentence: 'Spend €188.00 more by 31 December 2026 to reach gold.',
    });
    expect(ladder?.levels.map(({ id, enter, perks }) => [id, enter, perks])).toEqual([
      ['member', '0', []],
      ['silver', '20000', []],
      ['gold', '50000', ['free shipping']],
    ]);
    expect((await member('pl'))?.ladder?.sentence).toMatch(
      /^Do poziomu gold brakuje zakupów za 188,00\s€ \(do 31 grudnia 2026\)\.$/,
    );
    expect((await member('nl'))?.ladder?.sentence).toMatch(
      /^Besteed uiterlijk 31 december 2026 nog €\s188,00 en je bereikt gold\.$/,
    );
  });

  it('by orders and by points over a lifetime there is no date', async () => {
    const levels = [{ id: 'member' }, { id: 'gold', enter: 3 }];
    for (const [id, basis] of [
      ['71', 'points'],
      ['72', 'orders'],
    ] as const) {
      shop = await worlds.make(withTiers({ basis, window: { kind: 'lifetime' }, levels }));
      await shop.joins('501');
      await spends(id, 100);
      expect((await member())?.ladder).toMatchObject({ have: '1', needs: '3', sentence: `gold is 2 ${basis} away.` });
    }
  });

  it('the sentence is true: who does what it says is there', async () => {
    shop = await worlds.make(withTiers({ basis: 'spend', window: { kind: 'rolling', days: 30 }, levels: LEVELS }));
    await shop.joins('501');
    for (const [id, cents] of [
      ['1', 12_345],
      ['2', 5_001],
      ['3', 1],
    ] as const)
      await spends(id, cents);
    const { have, needs, level } = (await member())?.ladder ?? {};
    expect(level).toBe('member');
    await spends('4', Number(needs) - Number(have) - 1);
    expect((await member())?.ladder?.level).toBe('member');
    await spends('5', 1);
    expect((await member())?.ladder?.level).toBe('silver');
  });

  it('a program without levels has no ladder; cards and goals say what is missing', async () => {
    shop = await worlds.make(
      programRules.parse({
        ...BARE,
        stamps: [{ id: 'card', per: 'order', needs: 3, pays: { unit: 'points', gives: 25 } }],
        goals: [
          {
            id: 'ten',
            name: 'Ten',
            counts: { kind: 'orders' },
            needs: 10,
            gives: 40,
            unit: 'points',
            badge: 'Regular',
          },
        ],
      }),
    );
    await shop.joins('501');
    await spends('1', 1_000);
    const said = await member();
    expect(said?.ladder).toBeNull();
    expect(said?.stamps['card']).toEqual({
      stamps: 1,
      needs: 3,
      filled: 0,
      name: null,
      sentence: '2 more stamps: 25 points',
    });
    expect(said?.goals[0]?.sentence).toBe('9 orders to go: 40 points and the badge “Regular”');
    expect((await member('pl'))?.goals[0]?.sentence).toBe(
      'Brakuje: 9 zamówień. Nagroda: 40 punktów i odznaka „Regular”',
    );
  });
});

describe('T1: an order that gave nothing is a line too, with the rule that came nearest', () => {
  const history = async (query: object = {}) =>
    (await worlds.storefront.history({ shop: shop.store.key, customer: '501' }, query)).ok;

  beforeEach(async () => {
    const earning = [
      { id: 'base', kind: 'rate', points: '1', per: 100, when: { minOrder: 1_000 } },
      { id: 'tills', kind: 'fixed', gives: 5, when: { channels: ['pos'] } },
    ];
    shop = await worlds.make(programRules.parse({ ...BARE, earning }));
    await shop.joins('501');
  });

  it('says why, the nearest rule first, and what each line gave where something was given', async () => {
    const order = anOrder({ id: '1', customer: '501', cents: [1_000, 500] });
    const told = [{ sku: 'MUG-B', title: 'Blue mug' }, { sku: 'MUG-R' }];
    await shop.has({ ...order, lines: order.lines.map((line, at) => ({ ...line, ...told[at] })) });
    worlds.service.clock.set(NOON + DAY);
    await shop.has(anOrder({ id: '2', customer: '501', cents: 820, placed: NOON + DAY }));
    const lines = (await history())?.lines ?? [];
    expect(lines.map(({ sentence, points, kind }) => [sentence, points, kind])).toEqual([
      ['No points for order #2: no rule gives points for it.', '0', 'none'],
      ['Order #1', '15', 'earn'],
    ]);
    expect(lines[0]?.missed.map(({ sentence }) => sentence)).toEqual([
      'base: the order is below its minimum',
      'tills: not in this sales channel',
    ]);
    expect(lines[0]?.balanceAfter).toBeNull();
    expect(lines[1]?.items).toEqual([
      { name: 'Blue mug', quantity: 1, points: '10' },
      { name: 'MUG-R', quantity: 1, points: '5' },
    ]);
  });

  it('stands on the page where it belongs, once', async () => {
    for (let n = 0; n < 6; n++) {
      worlds.service.clock.set(NOON + n * DAY);
      await shop.has(anOrder({ id: `${n}`, customer: '501', cents: n % 2 ? 500 : 2_000, placed: NOON + n * DAY }));
    }
    const seen: string[] = [];
    let after: string | undefined;
    do {
      const page = await history({ limit: '1', ...(after ? { after } : {}) });
      seen.push(...(page?.lines ?? []).map(({ cause }) => cause.id.split('/')[1] ?? ''));
      after = page?.next ?? undefined;
    } while (after);
    expect([...seen].sort()).toEqual(['0', '1', '2', '3', '4', '5']);
  });

  it('what was given and taken back has its own lines and is not told as nothing', async () => {
    const order = anOrder({ id: '1', customer: '501', cents: 2_000 });
    await shop.has(order);
    worlds.service.clock.set(NOON + DAY);
    await shop.has({ ...order, at: NOON + DAY, cancelled: NOON + DAY });
    expect((await history())?.lines.map(({ kind, points, sentence }) => [kind, points, sentence])).toEqual([
      ['take-back', '-20', 'Order #1 was refunded or cancelled'],
      ['earn', '20', 'Order #1'],
    ]);
  });
});

describe('C15: the year after', () => {
  it('at the top: what keeps it in the year under way, then only that it is the top', async () => {
    shop = await worlds.make(withTiers({ basis: 'spend', window: { kind: 'calendar-year' }, levels: LEVELS }));
    await shop.joins('501');
    await spends('1', 50_000);
    expect((await member())?.ladder).toMatchObject({
      level: 'gold',
      needs: null,
      sentence: 'gold is the highest level.',
    });
    // the next year begins with nothing: 400 euros keep the level
    worlds.service.clock.set(Date.parse('2027-02-01T12:00:00Z'));
    expect((await member())?.ladder?.sentence).toBe('gold stays yours with €400.00 more by 31 December 2027.');
    // who rises or falls reads when and why, the last first (B3)
    worlds.service.clock.set(Date.parse('2028-01-01T12:00:00Z'));
    const changes = (await member())?.ladder?.changes ?? [];
    expect(changes.map(({ why, from, to }) => [why, from, to])).toEqual([
      ['over', 'gold', 'member'],
      ['reached', 'member', 'gold'],
    ]);
    expect(changes.map(({ sentence }) => sentence)).toEqual([
      expect.stringMatching(
        /^1 January 2028: gold → .*The period ended with €0\.00 of the €400\.00 that it takes to stay\.$/,
      ),
      expect.stringMatching(/→ gold, with €500\.00\.$/),
    ]);
  });
});

describe('C2: joining after an order', () => {
  it('counts the order that somebody joins with, told already or not, and nothing from before it', async () => {
    shop = await worlds.make(programRules.parse(BARE));
    let id = 0;
    const placed = (customer: string, ago: number) =>
      anOrder({ id: `${++id}`, customer, cents: 1_000, placed: NOON - ago });
    const [early, kept, late, alien, old] = [
      ...[placed('501', 2 * DAY), placed('501', DAY), placed('502', DAY)],
      ...[placed('503', DAY), placed('504', 31 * DAY)],
    ] as const;
    for (const order of [early, kept, alien, old]) await shop.has(order);
    shop.platform.orders.set(late.id, late);
    const joins = (customer: string, order: string) =>
      worlds.storefront.join({ shop: shop.store.key, customer }, { order });
    await joins('501', kept.id);
    await joins('502', late.id);
    await joins('503', kept.id);
    await joins('504', old.id);
    await shop.has(late);
    const said = await Promise.all([early, kept, late, alien, old].map(({ id }) => shop.decision(id)));
    const no = 'before-joining';
    expect(said.map((one) => one?.reason)).toEqual([no, 'earned', 'earned', no, no]);
    await shop.isSound();
  });
});
