import type { Discount } from '../shop/model.js';
import { Refusal } from '../shop/model.js';
import { minor } from '../shop/pricing.js';
import type { Shop } from '../shop/shop.js';

export interface CouponInput {
  code?: string;
  amount?: string;
  discount_type?: string;
  description?: string;
  date_expires?: string | null;
  date_expires_gmt?: string | null;
  usage_limit?: number | null;
  usage_limit_per_user?: number | null;
  product_ids?: number[];
  free_shipping?: boolean;
  minimum_amount?: string;
  email_restrictions?: string[];
  meta_data?: { key: string; value: unknown }[];
}

const MAIL = /^[^\s@]+@[^\s@]+\.[^\s@]+$/;

/** What is no e-mail address is dropped without a word: the coupon is then open to everybody. */
const addresses = (given: readonly string[]): string[] =>
  given.filter((email) => MAIL.test(email)).map((email) => email.toLowerCase());

export function createCoupon(shop: Shop, input: CouponInput): Discount {
  const code = (input.code ?? '').toLowerCase();
  if (!code) throw new Refusal('woocommerce_rest_missing_callback_param', 400, 'Missing parameter(s): code');
  if (shop.state.discounts.some((each) => each.code === code && each.status !== 'trash')) {
    throw new Refusal('woocommerce_rest_coupon_code_already_exists', 400, 'The coupon code already exists');
  }
  const now = shop.now();
  const discount: Discount = {
    id: shop.newId(),
    code,
    title: '',
    kind: 'amount',
    off: 0,
    percent: 0,
    customers: null,
    emails: [],
    minimum: 0,
    products: null,
    startsAt: 0,
    endsAt: null,
    limit: null,
    limitPerCustomer: null,
    uses: 0,
    usedBy: [],
    status: 'live',
    meta: [],
    created: now,
    modified: now,
  };
  change(shop, discount, input);
  shop.state.discounts.push(discount);
  shop.tell({ kind: 'discount-created', discount });
  return discount;
}

export function updateCoupon(shop: Shop, discount: Discount, input: CouponInput): Discount {
  change(shop, discount, input);
  discount.modified = shop.now();
  shop.tell({ kind: 'discount-updated', discount });
  return discount;
}

function change(shop: Shop, discount: Discount, input: CouponInput): void {
  const { exponent } = shop.settings;
  const kind = input.discount_type ?? (discount.kind === 'percent' ? 'percent' : 'fixed_cart');
  if (input.amount !== undefined || input.discount_type !== undefined || input.free_shipping !== undefined) {
    const amount = input.amount ?? '0';
    if (!Number.isFinite(Number(amount)) || Number(amount) < 0 || (kind === 'percent' && Number(amount) > 100)) {
      throw new Refusal('coupon_invalid_amount', 400, 'Invalid discount amount.');
    }
    discount.kind = input.free_shipping ? 'free-shipping' : kind === 'percent' ? 'percent' : 'amount';
    discount.percent = kind === 'percent' ? Number(amount) : 0;
    discount.off = kind === 'percent' ? 0 : minor(amount, exponent);
  }
  if (input.description !== undefined) discount.title = input.description;
  const ends = input.date_expires_gmt ?? input.date_expires;
  if (ends !== undefined) discount.endsAt = ends ? Date.parse(`${ends.replace(/Z$/, '')}Z`) : null;
  if (input.usage_limit !== undefined) discount.limit = input.usage_limit;
  if (input.usage_limit_per_user !== undefined) discount.limitPerCustomer = input.usage_limit_per_user;
  if (input.product_ids !== undefined)
    discount.products = input.product_ids.length ? input.product_ids.map(String) : null;
  if (input.minimum_amount !== undefined) discount.minimum = minor(input.minimum_amount, exponent);
  if (input.email_restrictions !== undefined) discount.emails = addresses(input.email_restrictions);
  for (const each of input.meta_data ?? []) {
    discount.meta = discount.meta.filter((old) => old.key !== each.key);
    discount.meta.push({ id: shop.newId(), key: each.key, value: String(each.value) });
  }
}
