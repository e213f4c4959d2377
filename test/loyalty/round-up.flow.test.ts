import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { inTransaction, type Tx } from '../../src/db/database.js';
import { payCause, readCauseMonth } from '../../src/loyalty/cause-payouts.js';
import { ruleVersions } from '../../src/loyalty/rule-sets.js';
import { monthOf } from '../../src/reports/clearing.js';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { NOON, type World, type Worlds, aRefund, anOrder, worldsOn } from '../support/world.js';

/** D8: what rounding up would give stands in the cart, and is what the order then gives. */
const db = testDatabase();
let worlds: Worlds;
let shop: World;
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
  worlds.service.clock.set(NOON);
  shop = await worlds.make(RULES);
  await shop.joins('501');
});
afterAll(() => worlds.stop());

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
    const rules = await on(async (tx) => (await ruleVersions(tx, [town.program])).get(town.program)![0]!.rules);
    const month = monthOf(start, rules.zone);
    const doubled = 60n;
    const read = await on((tx) => readCauseMonth(tx, town.program, rules, month));
    expect(read.given).toEqual([
      { cause: 'trees', members: 0n, shop: 0n },
      { cause: 'food', members: 60n, shop: doubled },
    ]);
    const pay = (now: number, seen = 60n + doubled) =>
      on((tx) =>
        payCause(tx, town.program, rules, {
          ...{ cause: 'food', month, seen, on: new Date(start).toISOString().slice(0, 10), reference: 'bank 1' },
          ...{ by: 'staff:1', now },
        }),
      );
    await expect(pay(read.payableFrom - 1)).rejects.toMatchObject({ code: 'too_soon' });
    await expect(pay(read.payableFrom, 1n)).rejects.toMatchObject({ code: 'sum_changed' });
    await pay(read.payableFrom);
    await expect(pay(read.payableFrom)).rejects.toMatchObject({ code: 'nothing_owed' });
    const year = Number(month.slice(0, 4));
    const { ok } = await worlds.storefront.givenToCauses({ shop: town.store.key, customer: '502' }, year);
    const sum = 60 + Number(doubled);
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
