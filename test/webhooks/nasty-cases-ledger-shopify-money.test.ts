import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { type ProgramRules, programRules } from '../../src/rules/program-rules.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { allocationOf, movement, refunded, shopifyLine, shopifyOrder, shopifyRefund } from './bodies.js';
import { LEDGER_RULES, ledgerStage } from './ledger-stage.js';
import { reading, snapshot } from './shopify-says.js';

/** The nasty cases of money by number, as signed Shopify deliveries that end in the ledger: a point a euro, worked out by hand. */
const stage = ledgerStage();
let program: string;
let store: { id: string; key: string };
let member: string;
let shop: RememberedPlatform;

async function opens(rules: ProgramRules = LEDGER_RULES): Promise<void> {
  program = await stage.service.program(rules);
  store = await stage.service.store(program, 'shopify');
  shop = new RememberedPlatform();
  stage.platforms.set(store.id, shop);
  member = await stage.service.member(program, store.id, '5', {}, 0);
}
beforeEach(async () => {
  stage.service.clock.set('2026-03-10T00:00:00Z');
  await opens();
});
afterEach(() => stage.expectSound(program));

const at = (day: number) => `2026-03-0${day}T10:00:00Z`;
/** Tells an order and gives what it came to. The note makes the bytes this shop's own. */
async function told(lines: Record<string, unknown>[], more: Record<string, unknown> = {}, topic = 'orders/updated') {
  const body = shopifyOrder(lines, { total_price: '40.00', note: store.key, ...more });
  expect((await stage.service.shopify(store, topic, body)).status).toBe(200);
  await stage.service.drain();
  return stage.decision(program, `order:${store.id}/1001`);
}
const points = () => stage.points(program, member);
const bag = shopifyLine(1, '40.00');

describe('only what is paid earns', () => {
  test('1: a line added after paying earns when it is paid too; until then the paid share of the whole', async () => {
    const lines = [bag, shopifyLine(2, '25.00')];
    const seen = [await told([bag])];
    seen.push(
      await told(lines, owes('65.00', '20.00', 3)),
      await told(lines, { ...owes('65.00', '0.00', 4), financial_status: 'paid' }),
    );
    // 65.00 x (65.00 - 20.00) / 65.00
    expect(seen).toEqual(['earned 40', 'earned 45', 'earned 65']);
  });

  test('49: a deposit earns its share, the rest when it comes', async () => {
    const seen = [await told([bag], owes('40.00', '30.00', 2)), await told([bag], { updated_at: at(3) })];
    expect(seen).toEqual(['earned 10', 'earned 40']);
  });

  const owes = (total_price: string, total_outstanding: string, day: number) => ({
    total_price,
    total_outstanding,
    financial_status: 'partially_paid',
    updated_at: day === 2 ? '2026-03-02T10:00:05Z' : at(day),
  });
});

describe('10: paid in kronor in a shop of euros', () => {
  const back = (currency: string, amount: string) =>
    shopifyRefund(9, {
      order_adjustments: [{ kind: 'refund_discrepancy', amount: '-10.00', tax_amount: '0.00' }],
      transactions: [{ ...movement(amount), currency }],
    });

  test('what went back is counted in the shop’s money, at the rate of its day: 10.00 euro, not the 115.00 kronor of the body', async () => {
    expect(await told([bag])).toBe('earned 40');
    const inEuro: OrderSnapshot['refunds'] = [
      { id: '9', at: Date.parse(at(5)), lines: [], shipping: { net: 0, tax: 0 }, amount: 1_000, failed: null },
    ];
    shop.orders.set('1001', { ...snapshot([bag], { updated_at: at(5) }), refunds: inEuro });
    expect(await told([bag], { updated_at: at(5), refunds: [back('SEK', '115.00')] })).toBe('earned 30');
    expect(shop.asked).toContain('order 1001');
  });

  test('in the shop’s own money the body says enough', () => {
    expect(reading(shopifyOrder([bag], { refunds: [back('EUR', '10.00')] }))).toMatchObject({
      kind: 'order',
      order: { refunds: [{ amount: 1_000 }] },
    });
  });
});

describe('15, 16: gift cards', () => {
  const card = shopifyLine(2, '50.00', { gift_card: true, discount_allocations: allocationOf('10.00') });
  test('sold, at a discount, they earn nothing beside what else is bought; given back they take nothing', async () => {
    const both = { total_price: '80.00' };
    const refunds = [
      shopifyRefund(9, { refund_line_items: [refunded(2, 1, '40.00')], transactions: [movement('40.00')] }),
    ];
    const seen = [await told([bag, card], both), await told([bag, card], { ...both, refunds, updated_at: at(5) })];
    expect(seen).toEqual(['earned 40', 'earned 40']);
  });
  test('an order of nothing else has no base; one that is paid with them earns like any other', async () => {
    expect(await told([card])).toBe('zero-base');
    expect(await told([bag], { updated_at: at(3), payment_gateway_names: ['gift_card'] })).toBe('earned 40');
  });
});

test('17, 18: tips, duties and cash rounding are no goods: they neither earn nor, given back, take', async () => {
  const extras = {
    total_price: '52.03',
    total_tip_received: '5.00',
    total_cash_rounding_payment_adjustment_set: money('0.03'),
  };
  const refunds = [
    shopifyRefund(9, { total_duties_set: money('7.00'), transactions: [movement('7.00')], order_adjustments: [] }),
  ];
  const seen = [await told([bag], extras), await told([bag], { ...extras, refunds, updated_at: at(5) })];
  expect(seen).toEqual(['earned 40', 'earned 40']);
});

describe('31, 44: paid days after it was placed (bank transfer, payment terms)', () => {
  const unpaid = { financial_status: 'pending', source_name: 'shopify_draft_order', total_outstanding: '40.00' };
  const double = [{ id: 'monday', factor: '2', when: { dates: { from: '2026-03-02', to: '2026-03-02' } } }];
  test.each([
    ['placed', 'earned 80'],
    ['paid', 'earned 40'],
  ] as const)(
    'the day that counts for a promotion is that on which it was %s; dated by the payment',
    async (moment, earns) => {
      await opens(programRules.parse({ ...LEDGER_RULES, moment, promotions: double }));
      expect(await told([bag], unpaid, 'orders/create')).toBe('not-paid');
      shop.orders.set('1001', { ...snapshot([bag], { updated_at: at(5) }), paid: Date.parse(at(5)) });
      expect(await told([bag], { updated_at: at(5) }, 'orders/paid')).toBe(earns);
      const [lot] = await stage.db.sql<{ earned_at: Date }>('select earned_at from lot where program_id = $1', [
        program,
      ]);
      expect(lot?.earned_at.toISOString()).toBe('2026-03-05T10:00:00.000Z');
    },
  );
});

test('42, 45: without any personal data, and renewed by whatever subscription app: by the customer’s id alone', async () => {
  const bare = { customer: { id: 5 }, email: null, phone: null };
  expect(await told([bag], { ...bare, source_name: 'subscription_contract_checkout_one' })).toBe('earned 40');
  const renewal = { ...bare, id: 1002, admin_graphql_api_id: 'gid://shopify/Order/1002', source_name: '580111' };
  await told([bag], renewal);
  expect(await points()).toBe('80');
});

function money(amount: string) {
  return {
    shop_money: { amount, currency_code: 'EUR' },
    presentment_money: { amount: '999.00', currency_code: 'SEK' },
  };
}
