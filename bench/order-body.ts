import { customerOf } from './population.js';

/** A paid order of Shopify with two products, in the shape and about the size (6 kB) of a real one. Nobody in it is real. */
export interface BenchOrder {
  id: number;
  member: number;
  /** Its version and when it was placed: ISO 8601. */
  at: string;
}

const set = (amount: string) => ({
  shop_money: { amount, currency_code: 'EUR' },
  presentment_money: { amount, currency_code: 'EUR' },
});
const address = {
  ...{ first_name: 'Sample', last_name: 'Shopper', name: 'Sample Shopper', company: null, phone: '+15550100003' },
  ...{
    address1: '1 Example Street',
    address2: null,
    city: 'Exampleville',
    zip: '1000 AA',
    province: null,
    country: 'Netherlands',
  },
  ...{ country_code: 'NL', province_code: null, latitude: null, longitude: null },
};
const tax = { price: '@tax', rate: 0.21, title: 'VAT', price_set: set('@tax'), channel_liable: false };

const line = (n: number, product: number, title: string) => ({
  ...{ id: `#line${n}`, admin_graphql_api_id: `gid://shopify/LineItem/@line${n}`, title, name: `${title} - 1 kg` },
  ...{
    product_id: product,
    variant_id: product * 10,
    variant_title: '1 kg',
    sku: `SKU-${product}`,
    vendor: 'Example Roasters',
  },
  ...{
    quantity: 1,
    current_quantity: 1,
    fulfillable_quantity: 1,
    fulfillment_service: 'manual',
    fulfillment_status: null,
  },
  ...{
    price: '@price',
    price_set: set('@price'),
    total_discount: '0.00',
    total_discount_set: set('0.00'),
    discount_allocations: [],
  },
  ...{
    gift_card: false,
    grams: 1000,
    requires_shipping: true,
    taxable: true,
    properties: [],
    product_exists: true,
    duties: [],
  },
  ...{ variant_inventory_management: 'shopify', attributed_staffs: [], tax_lines: [tax] },
});

const TEMPLATE = {
  ...{
    id: '#id',
    admin_graphql_api_id: 'gid://shopify/Order/@id',
    app_id: 580111,
    browser_ip: '192.0.2.7',
    name: '#@id',
    number: '#id',
  },
  ...{
    buyer_accepts_marketing: false,
    cancel_reason: null,
    cancelled_at: null,
    cart_token: 'synthetic',
    checkout_token: 'synthetic',
  },
  client_details: {
    accept_language: 'nl-NL',
    browser_ip: '192.0.2.7',
    user_agent: 'Mozilla/5.0 (synthetic)',
    session_hash: null,
  },
  ...{
    closed_at: null,
    confirmed: true,
    confirmation_number: 'AAAAAAAAA',
    contact_email: 'shopper@example.test',
    currency: 'EUR',
  },
  ...{
    created_at: '@at',
    processed_at: '@at',
    updated_at: '@at',
    customer_locale: 'nl',
    device_id: null,
    discount_codes: [],
  },
  ...{
    email: 'shopper@example.test',
    estimated_taxes: false,
    financial_status: 'paid',
    fulfillment_status: null,
    landing_site: '/',
  },
  ...{
    note: null,
    note_attributes: [],
    order_number: '#id',
    payment_gateway_names: ['shopify_payments'],
    phone: null,
    po_number: null,
  },
  ...{
    order_status_url: 'https://shop.example.test/1/orders/synthetic/authenticate?key=synthetic',
    presentment_currency: 'EUR',
  },
  ...{
    referring_site: null,
    source_name: 'web',
    tags: '',
    tax_exempt: false,
    taxes_included: true,
    test: false,
    token: 'synthetic-token',
  },
  ...{ current_subtotal_price: '@total', current_subtotal_price_set: set('@total'), current_total_discounts: '0.00' },
  ...{
    current_total_discounts_set: set('0.00'),
    current_total_price: '@total',
    current_total_price_set: set('@total'),
  },
  ...{
    subtotal_price: '@total',
    subtotal_price_set: set('@total'),
    total_discounts: '0.00',
    total_discounts_set: set('0.00'),
  },
  ...{
    total_line_items_price: '@total',
    total_line_items_price_set: set('@total'),
    total_outstanding: '0.00',
    total_price: '@total',
  },
  ...{
    total_price_set: set('@total'),
    total_shipping_price_set: set('4.95'),
    total_tax: '@tax',
    total_tip_received: '0.00',
    total_weight: 2000,
  },
  tax_lines: [tax],
  billing_address: address,
  customer: {
    ...{
      id: '#customer',
      admin_graphql_api_id: 'gid://shopify/Customer/@customer',
      email: 'shopper@example.test',
      phone: null,
    },
    ...{
      created_at: '2026-01-01T10:00:00+01:00',
      updated_at: '@at',
      first_name: 'Sample',
      last_name: 'Shopper',
      state: 'enabled',
      note: null,
    },
    ...{
      verified_email: true,
      tax_exempt: false,
      tags: '',
      currency: 'EUR',
      tax_exemptions: [],
      sms_marketing_consent: null,
    },
    email_marketing_consent: { state: 'not_subscribed', opt_in_level: 'single_opt_in', consent_updated_at: null },
    default_address: { id: '#customer', customer_id: '#customer', ...address, default: true },
  },
  ...{ discount_applications: [], fulfillments: [], payment_terms: null, refunds: [], shipping_address: address },
  line_items: [line(1, 9001, 'Espresso beans'), line(2, 9002, 'Filter beans')],
  shipping_lines: [
    {
      id: '#line1',
      code: 'Standard',
      title: 'Standard',
      price: '4.95',
      price_set: set('4.95'),
      discounted_price: '4.95',
      tax_lines: [],
      source: 'shopify',
    },
  ],
};

/** The text between the places that change, and what stands in each of them (`#` = a number without quotes). */
const PARTS = JSON.stringify(TEMPLATE).split(
  /("#(?:id|customer|line\d)"|@(?:id|at|customer|line\d|price|total|tax)\b)/,
);

export function orderBody({ id, member, at }: BenchOrder): Buffer {
  const cents = 1000 + ((id * 37) % 9000);
  const money = (minor: number) => (minor / 100).toFixed(2);
  const values: Record<string, string> = {
    ...{ id: String(id), at, customer: String(customerOf(member)), line1: `${id}1`, line2: `${id}2` },
    ...{ price: money(cents), total: money(cents * 2), tax: money(Math.round((cents * 21) / 121)) },
  };
  let text = '';
  for (let i = 0; i < PARTS.length; i++)
    text += i % 2 === 0 ? PARTS[i] : values[(PARTS[i] ?? '').replace(/["#@]/g, '')];
  return Buffer.from(text);
}
