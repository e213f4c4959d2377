import * as z from 'zod';

const cartLine = z.strictObject({
  id: z.string().max(100),
  product: z.string().max(100).nullable(),
  variant: z.string().max(100).optional(),
  sku: z.string().max(200).optional(),
  categories: z.array(z.string().max(200)).max(50).default([]),
  tags: z.array(z.string().max(200)).max(50).default([]),
  quantity: z.int().min(0).max(100_000),
  net: z.int().min(0).max(1e15).meta({ description: 'whole line after discounts, without tax, minor units' }),
  tax: z.int().min(0).max(1e15).default(0),
  discount: z.int().min(0).max(1e15).default(0),
  kind: z.enum(['product', 'gift-card', 'tip', 'fee']).default('product'),
});
/** A cart as the storefront tells of it; money in minor units of its currency. */
export const cart = z.strictObject({
  currency: z.string().length(3),
  channel: z.string().max(40).default('web').meta({ description: 'where it would be bought: web, pos, ...' }),
  lines: z.array(cartLine).max(500),
  shipping: z.strictObject({ net: z.int().min(0), tax: z.int().min(0) }).default({ net: 0, tax: 0 }),
  country: z.string().length(2).optional().meta({ description: 'where it would be sent to' }),
  payment: z.string().max(100).optional().meta({ description: 'how it would be paid, as the platform names it' }),
  giftCardPaid: z
    .int()
    .min(0)
    .max(1e15)
    .optional()
    .meta({ description: 'what of it gift cards would pay, minor units; absent = nothing, or not known' }),
  coupons: z
    .array(z.string().max(255))
    .max(50)
    .optional()
    .meta({ description: 'discount codes of the shop itself, not of rewards' }),
});
export type Cart = z.infer<typeof cart>;
