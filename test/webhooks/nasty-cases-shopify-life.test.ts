import { describe, expect, test } from '@jest/globals';
import { shopify } from '../../webhooks/shopify/index.js';
import { PLACED, shopifyLine } from './bodies.js';
import { reading, snapshot, store } from './shopify-says.js';

/** The nasty cases by number (nasty-cases-shopify.test.ts says which are where): identity, kinds of orders, platform life. */
describe('identity', () => {
  test('36: an order at the till has no customer, later one, later another: its owner is part of it', () => {
    const owners = [null, { id: 5 }, { id: 6 }].map((customer) =>
      snapshot([shopifyLine(1, '1.00')], { customer, source_name: 'pos' }),
    );
    expect(owners.map(({ customer, channel }) => [customer, channel])).toEqual([
      [null, 'pos'],
      ['5', 'pos'],
      ['6', 'pos'],
    ]);
  });
  test('42: without access to protected data everything works by id', () => {
    const bare = snapshot([shopifyLine(1, '40.00')], { customer: { id: 5, email: null }, email: null, phone: null });
    expect(bare).toMatchObject({ customer: '5', email: null, phone: null, lines: [{ net: 4000 }] });
    expect(reading({ id: 5, updated_at: PLACED, email: null, first_name: null }, 'customers/update')).toMatchObject({
      customer: { id: '5', email: null, name: null, emailVerified: false },
    });
  });
  test('37: customers are merged only when the merge was carried out', () => {
    const merge = {
      admin_graphql_api_customer_kept_id: 'gid://shopify/Customer/1',
      admin_graphql_api_customer_deleted_id: 'gid://shopify/Customer/2',
    };
    expect(reading({ ...merge, status: 'completed' }, 'customers/merge')).toEqual({
      kind: 'customers-merged',
      kept: '1',
      gone: '2',
    });
    expect(reading({ ...merge, status: 'failed', errors: [] }, 'customers/merge')).toMatchObject({ kind: 'nothing' });
  });
});

describe('kinds of orders', () => {
  test('43: a test order is marked as one', () => {
    expect(snapshot([shopifyLine(1, '40.00')], { test: true }).test).toBe(true);
  });
  test('44: a draft is no order; the order that it becomes is', () => {
    expect(shopify.hears('draft_orders/create')).toBe(false);
    const b2b = snapshot([shopifyLine(1, '40.00')], {
      source_name: 'shopify_draft_order',
      financial_status: 'pending',
    });
    expect(b2b).toMatchObject({ channel: 'shopify_draft_order', paid: null });
  });
  test.each(['subscription_contract', 'subscription_contract_checkout_one', '580111'])(
    '45: a renewal from %s is an order',
    (source) => {
      expect(snapshot([shopifyLine(1, '40.00')], { source_name: source })).toMatchObject({
        channel: source,
        lines: [{ net: 4000 }],
      });
    },
  );
  test('46: a dispute says only which order: kind and outcome are read', () => {
    expect(reading({ id: 8, order_id: 1001, type: 'inquiry', status: 'won' }, 'disputes/update')).toEqual({
      kind: 'dispute',
      order: '1001',
    });
  });
  test('49: a deposit: paid, with the rest outstanding', () => {
    const deposit = snapshot([shopifyLine(1, '40.00')], {
      financial_status: 'partially_paid',
      total_outstanding: '30.00',
    });
    expect(deposit).toMatchObject({ paid: Date.parse(PLACED), outstanding: 3000 });
  });
});

describe('platform life', () => {
  test('54: an uninstall and a redaction are this shop\u2019s or nobody\u2019s', () => {
    expect(reading({ myshopify_domain: store.key, updated_at: PLACED }, 'app/uninstalled')).toEqual({
      kind: 'uninstalled',
      at: Date.parse(PLACED),
    });
    for (const [topic, body] of [
      ['app/uninstalled', { myshopify_domain: 'b.myshopify.com' }],
      ['shop/redact', { shop_domain: 'b.myshopify.com' }],
      ['customers/redact', { shop_domain: 'b.myshopify.com', customer: { id: 1 } }],
    ] as const)
      expect(reading(body, topic)).toEqual({ kind: 'nothing', why: 'the body is about another shop' });
  });
  test('60: our discount deleted by the owner is named by its gid', () => {
    expect(reading({ admin_graphql_api_id: 'gid://shopify/DiscountCodeNode/7' }, 'discounts/delete')).toEqual({
      kind: 'discount-removed',
      ref: 'gid://shopify/DiscountCodeNode/7',
    });
  });
  test('65: names and codes are kept as written; what no database can hold is taken out', () => {
    const code = '\u202bרבע\u202c \ud83c\udf81 <b>"O\'Neil"</b>';
    const order = snapshot([shopifyLine(1, '40.00')], {
      discount_codes: [{ code: `${code}\0\ud800`, amount: '1.00' }],
      note_attributes: [{ name: '__tallymark_referral', value: ' ANA-7 ' }],
    });
    expect(order.codes[0]!.code).toBe(`${code}\ufffd`);
    expect(order.referral).toBe('ANA-7');
  });
});
