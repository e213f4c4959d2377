import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { programRules } from '../../src/rules/program-rules.js';
import { testDatabase } from '../support/database.js';
import { PLAIN_RULES } from '../support/service.js';
import { NOON, type World, type Worlds, anOrder, worldsOn } from '../support/world.js';

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
  roundUp: { product: CENTS, to: 100 },
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
