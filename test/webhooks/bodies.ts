/** Bodies as the platforms write them, with what a case needs overridden. Amounts are texts, as on the wire. */
export const PLACED = '2026-03-02T10:00:00Z';

const money = (amount: string) => ({
  shop_money: { amount, currency_code: 'EUR' },
  presentment_money: { amount: '999.00', currency_code: 'SEK' },
});

export function shopifyLine(
  id: number,
  price: string,
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id,
    admin_graphql_api_id: `gid://shopify/LineItem/${id}`,
    product_id: 100 + id,
    quantity: 1,
    current_quantity: 1,
    price,
    price_set: money(price),
    total_discount: '0.00',
    discount_allocations: [],
    tax_lines: [],
    gift_card: false,
    ...overrides,
  };
}

export const taxOf = (amount: string) => [{ price: amount, price_set: money(amount), rate: 0.2, title: 'VAT' }];
export const allocationOf = (amount: string, index = 0) => [
  { amount, amount_set: money(amount), discount_application_index: index },
];

export function shopifyOrder(
  lines: Record<string, unknown>[],
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: 1001,
    admin_graphql_api_id: 'gid://shopify/Order/1001',
    created_at: PLACED,
    processed_at: PLACED,
    updated_at: '2026-03-02T10:00:05Z',
    currency: 'EUR',
    presentment_currency: 'SEK',
    financial_status: 'paid',
    fulfillment_status: null,
    taxes_included: false,
    test: false,
    source_name: 'web',
    payment_gateway_names: ['shopify_payments'],
    customer: { id: 5, email: 'ana@example.test' },
    total_price: '0.00',
    total_outstanding: '0.00',
    total_tip_received: '0.00',
    line_items: lines,
    shipping_lines: [],
    discount_codes: [],
    discount_applications: [],
    refunds: [],
    note_attributes: [],
    ...overrides,
  };
}

export function shopifyRefund(id: number, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    order_id: 1001,
    created_at: '2026-03-05T10:00:00Z',
    processed_at: '2026-03-05T10:00:00Z',
    refund_line_items: [],
    refund_shipping_lines: [],
    order_adjustments: [],
    transactions: [],
    ...overrides,
  };
}

export const refunded = (line: number, quantity: number, subtotal: string, tax = '0.00') => ({
  line_item_id: line,
  quantity,
  subtotal: Number(subtotal),
  subtotal_set: money(subtotal),
  total_tax_set: money(tax),
});
export const refundedShipping = (subtotal: string, tax = '0.00') => ({
  subtotal_amount_set: money(subtotal),
  tax_amount_set: money(tax),
});
export const movement = (amount: string, status = 'success') => ({
  kind: 'refund',
  status,
  amount,
  processed_at: '2026-03-05T10:00:09Z',
});

export function wooLine(id: number, total: string, overrides: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    id,
    product_id: 10 + id,
    variation_id: 0,
    quantity: 1,
    subtotal: total,
    subtotal_tax: '0',
    total,
    total_tax: '0',
    ...overrides,
  };
}

export function wooOrder(
  lines: Record<string, unknown>[],
  overrides: Record<string, unknown> = {},
): Record<string, unknown> {
  return {
    id: 31,
    status: 'completed',
    currency: 'EUR',
    prices_include_tax: false,
    date_created: '2026-03-02T11:00:00',
    date_created_gmt: '2026-03-02T10:00:00',
    date_modified_gmt: '2026-03-02T10:00:05',
    date_paid_gmt: '2026-03-02T10:00:01',
    date_completed_gmt: '2026-03-02T10:00:02',
    created_via: 'checkout',
    customer_id: 2,
    billing: { email: 'ana@example.test', phone: '' },
    total: '0.00',
    shipping_total: '0.00',
    shipping_tax: '0.00',
    line_items: lines,
    fee_lines: [],
    coupon_lines: [],
    refunds: [],
    meta_data: [],
    ...overrides,
  };
}
