interface ShopifyOrderWish {
  id: number;
  customer: number | null;
  /** What the one line costs, in the shop's money. */
  price: string;
  quantity?: number;
  at: string;
  updated?: string;
  paid?: boolean;
  currency?: string;
  cancelled?: string;
  refunds?: object[];
  codes?: { code: string; amount: string }[];
  attributes?: { name: string; value: string }[];
  email?: string;
}

const both = (amount: string, currency: string) => ({
  shop_money: { amount, currency_code: currency },
  presentment_money: { amount, currency_code: currency },
});

/** An order as Shopify delivers it, with one line; tax and shipping are nothing. */
export function shopifyOrder(wish: ShopifyOrderWish): Record<string, unknown> {
  const { id, customer, price, quantity = 1, at, updated = at, paid = true, currency = 'EUR' } = wish;
  const total = (
    Number(price) * quantity -
    (wish.codes ?? []).reduce((sum, code) => sum + Number(code.amount), 0)
  ).toFixed(2);
  const off = (wish.codes ?? []).reduce((sum, code) => sum + Number(code.amount), 0).toFixed(2);
  return {
    id,
    admin_graphql_api_id: `gid://shopify/Order/${id}`,
    name: `#${id}`,
    created_at: at,
    processed_at: at,
    updated_at: updated,
    cancelled_at: wish.cancelled ?? null,
    test: false,
    currency,
    presentment_currency: currency,
    financial_status: paid ? 'paid' : 'pending',
    fulfillment_status: null,
    taxes_included: false,
    source_name: 'web',
    customer:
      customer === null
        ? null
        : { id: customer, email: wish.email ?? null, admin_graphql_api_id: `gid://shopify/Customer/${customer}` },
    email: wish.email ?? null,
    phone: null,
    note_attributes: wish.attributes ?? [],
    discount_codes: (wish.codes ?? []).map((code) => ({ ...code, type: 'fixed_amount' })),
    discount_applications: (wish.codes ?? []).map(({ code, amount }) => ({
      type: 'discount_code',
      code,
      value: amount,
      value_type: 'fixed_amount',
      allocation_method: 'across',
      target_selection: 'all',
      target_type: 'line_item',
    })),
    total_price: total,
    total_price_set: both(total, currency),
    total_outstanding: paid ? '0.00' : total,
    total_tip_received: '0.00',
    line_items: [
      {
        id: id * 10 + 1,
        admin_graphql_api_id: `gid://shopify/LineItem/${id * 10 + 1}`,
        product_id: 9001,
        variant_id: 90011,
        quantity,
        current_quantity: quantity,
        gift_card: false,
        price,
        price_set: both(price, currency),
        total_discount: '0.00',
        total_discount_set: both('0.00', currency),
        discount_allocations: (wish.codes ?? []).map(({ amount }, i) => ({
          amount,
          amount_set: both(amount, currency),
          discount_application_index: i,
        })),
        tax_lines: [],
      },
    ],
    shipping_lines: [],
    tax_lines: [],
    total_discounts: off,
    refunds: wish.refunds ?? [],
    fulfillments: [],
    payment_gateway_names: ['bogus'],
  };
}
