import { z } from 'zod';
import { amount, id, instant, quantity, text, textOrNull } from '../shapes.js';
import { gid, identified } from './ids.js';

/** Lists of a body are bounded far above what Shopify allows in an order. */
const MOST = 5_000;

const set = z.object({ shop_money: z.object({ amount }) }).nullish();
const taxLines = z
  .array(z.object({ price: amount.nullish(), price_set: set }))
  .max(MOST)
  .nullish();
const allocations = z
  .array(
    z.object({
      amount: amount.nullish(),
      amount_set: set,
      discount_application_index: z.number().int().nonnegative().nullish(),
    }),
  )
  .max(MOST)
  .nullish();

export const lineBody = z.object({
  ...identified('LineItem'),
  product_id: id.nullish(),
  variant_id: id.nullish(),
  sku: textOrNull(200),
  name: textOrNull(200),
  title: textOrNull(200),
  quantity,
  current_quantity: quantity.nullish(),
  price: amount.nullish(),
  price_set: set,
  total_discount: amount.nullish(),
  total_discount_set: set,
  discount_allocations: allocations,
  tax_lines: taxLines,
  gift_card: z.boolean().nullish(),
  tip_payment_gateway: z.string().nullish(),
  tip_payment_method: z.string().nullish(),
});

const shippingBody = z.object({
  price: amount.nullish(),
  price_set: set,
  discounted_price: amount.nullish(),
  discounted_price_set: set,
  discount_allocations: allocations,
  tax_lines: taxLines,
  is_removed: z.boolean().nullish(),
});

export const refundBody = z.object({
  ...identified('Refund'),
  order_id: id.nullish(),
  created_at: instant.nullish(),
  processed_at: instant.nullish(),
  total_duties_set: set,
  refund_line_items: z
    .array(
      z.object({
        line_item_id: id,
        quantity,
        subtotal: amount.nullish(),
        subtotal_set: set,
        total_tax: amount.nullish(),
        total_tax_set: set,
        line_item: z.object({ admin_graphql_api_id: gid('LineItem').nullish() }).nullish(),
      }),
    )
    .max(MOST)
    .nullish(),
  refund_shipping_lines: z
    .array(z.object({ subtotal_amount_set: set, tax_amount_set: set }))
    .max(MOST)
    .nullish(),
  order_adjustments: z
    .array(
      z.object({
        kind: z.string().nullish(),
        amount: amount.nullish(),
        amount_set: set,
        tax_amount: amount.nullish(),
        tax_amount_set: set,
      }),
    )
    .max(MOST)
    .nullish(),
  transactions: z
    .array(
      z.object({
        kind: z.string(),
        status: z.string(),
        amount,
        currency: z.string().nullish(),
        created_at: instant.nullish(),
        processed_at: instant.nullish(),
      }),
    )
    .max(MOST)
    .nullish(),
});

const address = z.object({ country_code: textOrNull(2) }).nullish();

/** The body of every order topic, as far as we read it. Fields of protected data may be absent or null. */
export const orderBody = z.object({
  ...identified('Order'),
  name: textOrNull(50).catch(null),
  created_at: instant,
  processed_at: instant.nullish(),
  updated_at: instant,
  cancelled_at: instant.nullish(),
  closed_at: instant.nullish(),
  source_name: textOrNull(100),
  test: z.boolean().nullish(),
  customer: z.object({ ...identified('Customer'), email: textOrNull(320), phone: textOrNull(50) }).nullish(),
  email: textOrNull(320),
  contact_email: textOrNull(320),
  phone: textOrNull(50),
  currency: z.string().regex(/^[A-Z]{3}$/),
  taxes_included: z.boolean().nullish(),
  financial_status: z.string().nullish(),
  fulfillment_status: z.string().nullish(),
  fulfillments: z
    .array(z.object({ created_at: instant.nullish(), status: z.string().nullish() }))
    .max(MOST)
    .nullish(),
  customer_locale: textOrNull(20),
  company: z.object({}).nullish(),
  shipping_address: address,
  billing_address: address,
  payment_gateway_names: z.array(z.string()).max(MOST).nullish(),
  total_price: amount,
  total_price_set: set,
  total_outstanding: amount.nullish(),
  total_tip_received: amount.nullish(),
  total_cash_rounding_refund_adjustment_set: set,
  line_items: z.array(lineBody).max(MOST),
  shipping_lines: z.array(shippingBody).max(MOST).nullish(),
  discount_codes: z
    .array(z.object({ code: text(255), amount }))
    .max(MOST)
    .nullish(),
  discount_applications: z
    .array(z.object({ code: textOrNull(255), title: textOrNull(255) }))
    .max(MOST)
    .nullish(),
  refunds: z.array(refundBody).max(MOST).nullish(),
  note_attributes: z
    .array(z.object({ name: z.string(), value: z.unknown() }))
    .max(MOST)
    .nullish(),
});
export type OrderBody = z.output<typeof orderBody>;
