import { z } from 'zod';
import { amount, amountOrZero, gmt, id, text, textOrNull } from '../shapes.js';

const MOST = 5_000;

const meta = z
  .array(z.object({ key: z.string().nullish(), value: z.unknown() }))
  .max(MOST)
  .nullish();

/** WooCommerce says 0 for "none". */
const idOrNone = id
  .nullish()
  .transform((value) => (value === undefined || value === null || value === '0' ? null : value));

/** A whole number; negative in refunds. Goods sold by weight (a plugin's fractions) are one item. */
const items = z
  .number()
  .min(-1_000_000)
  .max(1_000_000)
  .transform((count) => (Number.isInteger(count) ? count : Math.sign(count)));

const money = { total: amountOrZero, total_tax: amountOrZero };

export const orderBody = z.object({
  id,
  // plugins number orders their own way
  number: z
    .union([text(50), z.number().transform(String)])
    .nullish()
    .catch(null),
  status: text(50),
  currency: z.string().regex(/^[A-Z]{3}$/),
  prices_include_tax: z.boolean(),
  date_created_gmt: gmt,
  date_modified_gmt: gmt.nullish(),
  date_paid_gmt: gmt.nullish(),
  date_completed_gmt: gmt.nullish(),
  created_via: textOrNull(100),
  customer_id: idOrNone,
  billing: z.object({ email: textOrNull(320), phone: textOrNull(50), country: textOrNull(2) }).nullish(),
  shipping: z.object({ country: textOrNull(2) }).nullish(),
  payment_method: textOrNull(100),
  total: amount,
  shipping_total: amountOrZero,
  shipping_tax: amountOrZero,
  line_items: z
    .array(
      z.object({
        ...{ id, product_id: idOrNone, variation_id: idOrNone, sku: textOrNull(200) },
        name: textOrNull(1000),
        ...{ quantity: items, subtotal: amountOrZero, ...money },
      }),
    )
    .max(MOST),
  fee_lines: z
    .array(z.object({ id, name: textOrNull(1000), ...money }))
    .max(MOST)
    .nullish(),
  coupon_lines: z
    .array(
      z.object({
        ...{ code: text(255), discount: amountOrZero, discount_tax: amountOrZero },
        free_shipping: z.boolean().nullish().catch(null),
      }),
    )
    .max(MOST)
    .nullish(),
  shipping_lines: z
    .array(z.object({ method_id: textOrNull(200) }))
    .max(MOST)
    .nullish(),
  // what WooCommerce's own Gift Cards extension tells, a plain number; null where none was used
  gift_cards: z.array(z.object({ amount })).max(MOST).nullish().catch(null),
  refunds: z.array(z.object({ id })).max(MOST).nullish(),
  meta_data: meta,
});
export type OrderBody = z.output<typeof orderBody>;

/** One of `GET orders/<id>/refunds`: its amounts are negative, its lines name the original ones in their meta. */
export const refundBody = z.object({
  id,
  date_created_gmt: gmt,
  amount,
  line_items: z.array(z.object({ quantity: items, ...money, meta_data: meta })).max(MOST),
  shipping_lines: z.array(z.object(money)).max(MOST).nullish(),
  fee_lines: z
    .array(z.object({ ...money, meta_data: meta }))
    .max(MOST)
    .nullish(),
});
export type RefundBody = z.output<typeof refundBody>;
