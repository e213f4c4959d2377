import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction, type Tx } from '../../src/db/database.js';
import { payCause, readCauseMonth } from '../../src/loyalty/cause-payouts.js';
import { fileOfMonth, monthAt } from '../../src/loyalty/file-of-month.js';
import { publishedVersions } from '../../src/loyalty/program-versions.js';
import { publishRules } from '../../src/loyalty/publish-rules.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { type OwnerClient, ownerOf } from '../support/owner-client.js';
import { PLAIN_RULES } from '../support/service.js';
import { DAY, NOON, type World, type Worlds, aRefund, anOrder, inWorld, worldsOn } from '../support/world.js';

/** D8: what rounding up would give stands in the cart, and is what the order then gives. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
let owner: OwnerClient;
let next = 88_000;
const CENTS = '777';
const { joining: _joining, ...BARE } = PLAIN_RULES;
const RULES = programRules.parse({
  ...BARE,
  base: { tax: true, shipping: false, discounts: 'after', giftCardPaid: 'in' },
  units: { ...BARE.units, given: { value: '0' } },
  earning: [
    ...BARE.earning,
    { id: 'round-up', unit: 'given', kind: 'rate', points: 1, per: 1, where: { products: [CENTS] } },
  ],
  roundUp: { product: CENTS, to: 100, limits: { month: 150 } },
});

beforeAll(async () => {
  worlds = await worldsOn(db);
  owner = await ownerOf(db, worlds.service);
  worlds.service.clock.set(NOON);
  shop = await worlds.make(RULES);
  await shop.joins('501');
});
afterAll(async () => {
  await owner.close();
  await worlds.stop();
});

interface Bought {
  lines: { net: number; tax: number; product?: string }[];
  sent?: number;
}
const ana = () => ({ shop: shop.store.key, customer: '501' });
const offerOn = async ({ lines, sent = 0 }: Bought, currency = 'EUR') => {
  const wire = lines.map((line, i) => ({ id: `${i}`, product: '9001', quantity: 1, ...line }));
  const { ok } = await worlds.storefront.preview(ana(), {
    ...{ currency, lines: wire, shipping: { net: sent, tax: 0 } },
  });
  if (!ok) throw new Error('no preview');
  return ok;
};
const balances = async (): Promise<Record<string, number>> => {
  const { ok } = await worlds.storefront.member(ana());
  const all = Object.entries(ok?.balances ?? {});
  return Object.fromEntries(all.map(([unit, of]) => [unit, Number(of.available) + Number(of.pending)]));
};

describe('D8: rounding up', () => {
  it.each<[string, Bought, number, number]>([
    ['goods alone', { lines: [{ net: 1_275, tax: 0 }] }, 25, 1_300],
    [
      'with tax and shipping',
      {
        lines: [
          { net: 810, tax: 170 },
          { net: 333, tax: 70 },
        ],
        sent: 495,
      },
      22,
      1_900,
    ],
    ['by one cent, by which a point is earned too', { lines: [{ net: 1_999, tax: 0 }] }, 1, 2_000],
  ])('what the cart says is what the order gives: %s', async (_, bought, add, total) => {
    const { earn, roundUp } = await offerOn(bought);
    expect(roundUp).toMatchObject({
      product: CENTS,
      add: { minor: add },
      total: { minor: total },
      gives: { given: `${add}` },
    });
    const before = await balances();
    const order = anOrder({ id: `${++next}`, cents: [...bought.lines.map(({ net }) => net), add], customer: '501' });
    const lines = order.lines.map((line, i) => {
      const of = bought.lines[i] ?? { tax: 0, product: CENTS };
      return { ...line, tax: of.tax, product: of.product ?? '9001' };
    });
    await shop.has({ ...order, lines, shipping: { net: bought.sent ?? 0, tax: 0 } });
    const after = await balances();
    for (const unit of ['points', 'given']) {
      const promised = Number(earn[unit] ?? 0) + Number(roundUp?.gives[unit] ?? 0);
      expect((after[unit] ?? 0) - (before[unit] ?? 0)).toBe(promised);
    }
    await shop.isSound();
  });

  it('asks a member for no more than the limit of the month, which a return leaves room in again', async () => {
    const asks = async (net: number) => (await offerOn({ lines: [{ net, tax: 0 }] })).roundUp?.add.minor ?? null;
    // 48 were given above
    expect(await Promise.all([asks(1_901), asks(1_920)])).toEqual([99, 80]);
    const order = anOrder({ id: `${++next}`, cents: [1_920, 80], customer: '501' });
    const lines = order.lines.map((line, i) => ({ ...line, product: i === 0 ? '9001' : CENTS }));
    await shop.has({ ...order, lines });
    expect(await Promise.all([asks(1_978), asks(1_977)])).toEqual([22, null]);
    const at = NOON + 60_000;
    worlds.service.clock.set(at);
    await shop.has({ ...order, at, lines, refunds: [aRefund('90001', at, { line: lines[1]!.id, net: 80 })] });
    expect(await asks(1_977)).toBe(23);
  });

  it('is not offered to whoever pays by gift card, where the rules say so; what is paid all the same is given', async () => {
    const own = await worlds.make(
      programRules.parse({ ...RULES, roundUp: { product: CENTS, to: 100, when: { giftCard: false } } }),
    );
    await own.joins('506');
    const by = { shop: own.store.key, customer: '506' };
    const offered = async (giftCardPaid?: number) => {
      const line = { id: '1', product: '9001', quantity: 1, net: 705, tax: 0 };
      const { ok } = await worlds.storefront.preview(by, {
        ...{ currency: 'EUR', lines: [line], shipping: { net: 0, tax: 0 } },
        ...(giftCardPaid !== undefined && { giftCardPaid }),
      });
      return ok?.roundUp?.add.minor ?? null;
    };
    expect(await Promise.all([offered(), offered(0), offered(1), offered(705)])).toEqual([95, 95, null, null]);
    const now = worlds.service.clock.now();
    const order = anOrder({ id: `${++next}`, cents: [705, 95], customer: '506', placed: now, giftCardPaid: 800 });
    await own.has(
      { ...order, lines: order.lines.map((one, i) => ({ ...one, product: i === 0 ? '9001' : CENTS })) },
      'news',
    );
    const { ok } = await worlds.storefront.member(by);
    expect(ok?.balances['given']?.available).toBe('95');
    await own.isSound();
  });

  it('is offered where there is something to round, once, and in the currency of the rules', async () => {
    const whole = await offerOn({ lines: [{ net: 1_300, tax: 0 }] });
    const done = await offerOn({
      lines: [
        { net: 1_275, tax: 0 },
        { net: 24, tax: 0, product: CENTS },
      ],
    });
    const foreign = await offerOn({ lines: [{ net: 1_275, tax: 0 }] }, 'USD');
    expect([whole.roundUp, done.roundUp, foreign.roundUp]).toEqual([null, null, null]);
    const { roundUp } = await offerOn({ lines: [{ net: 1_975, tax: 0 }] });
    expect(roundUp?.sentence).toMatch(/€0\.25 to €20\.00/);
  });
});

describe('D7, D8: what was given is passed on', () => {
  it('is owed by cause once its month is final, paid once with a receipt, and told to its member by year', async () => {
    const town = await worlds.make(
      programRules.parse({
        ...RULES,
        units: { ...RULES.units, given: { value: '0', finalOn: 5 } },
        promotions: [
          { id: 'twice', unit: 'given', factor: 2, when: { dates: { from: '2026-03-01', to: '2026-03-01' } } },
        ],
        rewards: [{ id: 'wood', kind: 'donation', points: 5, cause: 'trees', gives: 15 }],
        roundUp: { product: CENTS, to: 100, causes: [{ id: 'food', product: CENTS, unit: 'given' }] },
      }),
    );
    const start = worlds.service.clock.now();
    await town.joins('502');
    const order = anOrder({ id: `${++next}`, cents: [1_940, 60], customer: '502', placed: start, at: start });
    await town.has({ ...order, lines: order.lines.map((line, i) => ({ ...line, product: i === 0 ? '9001' : CENTS })) });
    const on = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(db.app, { programs: [town.program] }, fn);
    const versions = await on((tx) => publishedVersions(tx, town.program));
    const month = monthAt(versions, start);
    const of = fileOfMonth(versions, month, start);
    const read = await on((tx) => readCauseMonth(tx, town.program, of));
    expect(read.given).toEqual([
      { cause: 'trees', members: 0n, shop: 0n },
      { cause: 'food', members: 60n, shop: 60n },
    ]);
    const pay = (now: number, seen = 120n) =>
      on((tx) =>
        payCause(tx, town.program, of, {
          ...{ cause: 'food', seen, on: new Date(start).toISOString().slice(0, 10), reference: 'bank 1' },
          ...{ by: 'staff:1', now },
        }),
      );
    await expect(pay(read.payableFrom - 1)).rejects.toMatchObject({ code: 'too_soon' });
    await expect(pay(read.payableFrom, 1n)).rejects.toMatchObject({ code: 'sum_changed' });
    await pay(read.payableFrom);
    await expect(pay(read.payableFrom)).rejects.toMatchObject({ code: 'nothing_owed' });
    const year = Number(month.slice(0, 4));
    const { ok } = await worlds.storefront.givenToCauses({ shop: town.store.key, customer: '502' }, year);
    const sum = 120;
    expect(ok?.causes.map(({ id, given, paid, yours }) => [id, given.minor, paid.minor, yours?.minor])).toEqual([
      ['trees', 0, 0, 0],
      ['food', sum, sum, sum],
    ]);
    expect(ok?.sentence).toContain('food');
    const told = await worlds.storefront.member({ shop: town.store.key, customer: '502' });
    expect(told.ok?.donated).toBe(ok?.sentence);
    await town.isSound();
  });
});

describe('D7, D8: a month is passed on by the rules in force when it ended', () => {
  const FOOD = { id: 'food', product: CENTS, unit: 'given' };
  const TREES = { id: 'trees', product: '778', unit: 'leaves' };
  const rulesWith = (causes: object[], finalOn: number) =>
    programRules.parse({
      ...RULES,
      units: { ...RULES.units, given: { value: '0', finalOn }, leaves: { value: '0', finalOn } },
      earning: [
        ...RULES.earning,
        { id: 'round-up-trees', unit: 'leaves', kind: 'rate', points: 1, per: 1, where: { products: ['778'] } },
      ],
      roundUp: causes.length > 0 ? { product: CENTS, to: 100, causes } : undefined,
    });
  interface Month {
    month: string;
    payableFrom: string;
    causes: { cause: string; owed: { minor: string }; paid: { minor: string } }[];
  }
  const at = (day: string) => Date.parse(`${day}T12:00:00Z`);
  const monthOfCauses = async (town: World, query: string) => {
    const { status, body } = await owner.ask<Month>(town.program, 'GET', `/causes/months?locale=en${query}`);
    expect(status).toBe(200);
    return { ...body, causes: body.causes.map(({ cause, owed, paid }) => [cause, owed.minor, paid.minor]) };
  };
  const gives = async (town: World, day: string, product: string, cents: number, paid = day) => {
    worlds.service.clock.set(at(paid));
    const of = { customer: '503', placed: at(day), paid: at(paid), at: at(paid) };
    const order = anOrder({ id: `${++next}`, cents: [2_000 - cents, cents], ...of });
    await town.has(
      { ...order, lines: order.lines.map((line, i) => ({ ...line, product: i === 0 ? '9001' : product })) },
      'news',
    );
  };
  const publishes = async (town: World, rules: ReturnType<typeof rulesWith>, from: string) => {
    worlds.service.clock.set(at(from) - DAY);
    await inWorld(db, town, (tx) => publishRules(tx, town.program, rules, at(from), at(from) - DAY));
  };

  it('a cause that is taken out after a month, or within it, is still owed what it was given in it', async () => {
    worlds.service.clock.set(at('2027-03-01'));
    const town = await worlds.make(rulesWith([FOOD, TREES], 5));
    await town.joins('503');
    await gives(town, '2027-03-10', CENTS, 60);
    // from April on trees alone, and final on the 20th
    await publishes(town, rulesWith([TREES], 20), '2027-04-02');
    await gives(town, '2027-04-03', '778', 30);
    await gives(town, '2027-03-31', CENTS, 7, '2027-04-04');
    worlds.service.clock.set(at('2027-04-06'));
    expect(await monthOfCauses(town, '')).toMatchObject({
      ...{ month: '2027-03', payableFrom: expect.stringMatching(/^2027-04-0[45]T/) },
      causes: [
        ['food', '60', '0'],
        ['trees', '0', '0'],
      ],
    });
    const paid = await owner.ask<Month>(town.program, 'POST', '/causes/months?locale=en', {
      ...{ cause: 'food', month: '2027-03', owed: '60', on: '2027-04-06', reference: 'bank 7' },
    });
    expect(paid.status).toBe(200);
    expect((await monthOfCauses(town, '&month=2027-03')).causes[0]).toEqual(['food', '0', '60']);
    // in the middle of May rounding up ends: what was given until then is passed on all the same
    await gives(town, '2027-05-04', '778', 40);
    await publishes(town, rulesWith([], 20), '2027-05-15');
    worlds.service.clock.set(at('2027-06-21'));
    expect((await monthOfCauses(town, '&month=2027-05')).causes).toEqual([['trees', '40', '0']]);
    // an order of March that was paid in April gave by March's rules
    expect((await monthOfCauses(town, '&month=2027-04')).causes).toEqual([
      ['trees', '30', '0'],
      ['food', '7', '0'],
    ]);
    expect((await monthOfCauses(town, '&month=2027-06')).causes).toEqual([]);
    await town.isSound();
  });

  it('an order whose member becomes one with another later belongs to the month in which it counted, and to no other', async () => {
    worlds.service.clock.set(at('2027-07-01'));
    const town = await worlds.make(rulesWith([FOOD], 5));
    for (const customer of ['503', '504', '505']) await town.joins(customer);
    await gives(town, '2027-07-10', CENTS, 60);
    const order = town.platform.orders.get(`${next}`)!;
    const back = { ...aRefund('90002', at('2027-07-20'), { line: order.lines[1]!.id, net: 60 }) };
    worlds.service.clock.set(back.at);
    await town.has({ ...order, at: back.at, refunds: [back] }, 'news');
    worlds.service.clock.set(at('2027-07-25'));
    const merge = async (kept: string, gone: string) => {
      await town.says('customers/merge', {
        admin_graphql_api_customer_kept_id: `gid://shopify/Customer/${kept}`,
        admin_graphql_api_customer_deleted_id: `gid://shopify/Customer/${gone}`,
        ...{ status: 'completed', shop: town.store.key },
      });
      await worlds.service.drain();
    };
    await merge('504', '503');
    // the bank refused it: in August it is given again, to whose the order is by then
    const refused = at('2027-08-02');
    worlds.service.clock.set(refused);
    await town.has({ ...order, at: refused, refunds: [{ ...back, failed: refused }] }, 'news');
    worlds.service.clock.set(at('2027-09-10'));
    await merge('505', '504');
    const { ok } = await worlds.storefront.member({ shop: town.store.key, customer: '505' });
    expect(ok?.balances['given']?.available).toBe('60');
    const given = async (month: string) => (await monthOfCauses(town, `&month=${month}`)).causes;
    expect(await Promise.all(['2027-07', '2027-08', '2027-09'].map(given))).toEqual([
      [['food', '60', '0']],
      [['food', '0', '0']],
      [['food', '0', '0']],
    ]);
    await town.isSound();
  });
});
