import * as z from 'zod';
import type { DiscountOrder, ExistingDiscount } from '../../commerce/outbound-platform.js';
import type { Millis } from '../../lib/clock.js';
import { AppError, RetryLater } from '../../lib/errors.js';
import { nonsense } from '../failures.js';
import { coupon, type Coupon, errorAnswer, expect } from './answers.js';
import type { WooClient } from './client.js';
import { fetchCustomer } from './customers.js';
import { freeShippingObstacle } from './free-shipping.js';

const DUPLICATE = 'woocommerce_rest_coupon_code_already_exists';

/**
 * Creates the coupon, or adopts the one of this code that a lost answer left behind. WooCommerce drops an address that
 * it does not like and opens the coupon to everybody, so what it echoes is compared with what was asked.
 */
export async function createDiscount(client: WooClient, wanted: DiscountOrder, now: Millis): Promise<ExistingDiscount> {
  const order =
    wanted.customer === null ? wanted : { ...wanted, email: wanted.email ?? (await mailboxOf(client, wanted)) };
  const wish = wishOf(order);
  const obstacle = order.kind.type === 'free-shipping' ? await freeShippingObstacle(client) : null;
  if (obstacle !== null) throw new AppError('discount_useless', 409, `The code would do nothing: ${obstacle}`);
  let made: Coupon | null = null;
  try {
    const answer = await client.post('coupons', wish.body);
    if (answer.status === 201) made = expect(coupon, answer.body, 'coupon');
    else refuseUnlessDuplicate(expect(errorAnswer, answer.body, 'coupon'));
  } catch (error) {
    // the answer may be lost though the coupon is there; if it is not, the failure stands
    if (!(error instanceof RetryLater)) throw error;
    const found = await find(client, order.code);
    if (!found) throw error;
    made = found;
  }
  const existing = made ?? (await find(client, order.code));
  if (!existing) throw nonsense('coupon', 'said to exist, but not found');
  if (!wish.matches(existing)) {
    if (made && made.usage_count === 0) await client.delete(`coupons/${made.id}`, { force: true });
    throw new AppError(
      'discount_not_bound',
      409,
      `The shop has a code ${order.code} that is not bound or worth what was asked.`,
      { code: order.code },
    );
  }
  return stateOf(existing, order.email, now);
}

/** WooCommerce binds a coupon to an address, not to an account: to the one that the account has now. */
async function mailboxOf(client: WooClient, { customer, code }: DiscountOrder): Promise<string> {
  const found = await fetchCustomer(client, customer ?? '');
  if (found?.email) return found.email;
  throw new AppError('discount_not_bound', 409, 'The shop knows no e-mail address of this customer: no code is made.', {
    code,
  });
}

function refuseUnlessDuplicate(error: { code: string; message: string }): void {
  if (error.code === DUPLICATE) return;
  throw new AppError('discount_refused', 422, `The shop refused the code: ${error.message || error.code}`, {
    platformCode: error.code,
  });
}

export async function findDiscount(client: WooClient, code: string, now: Millis): Promise<ExistingDiscount | null> {
  const found = await find(client, code);
  return found && stateOf(found, null, now);
}

/** Deletes it for good: a used coupon comes back to life when its order is cancelled. */
export async function killDiscount(client: WooClient, code: string): Promise<void> {
  for (let found = await find(client, code); found; found = await find(client, code)) {
    const answer = await client.delete(`coupons/${found.id}`, { force: true });
    if (answer.status !== 200 && answer.status !== 404) throw nonsense('coupon', `deleting answered ${answer.status}`);
  }
}

async function find(client: WooClient, code: string): Promise<Coupon | null> {
  const answer = await client.get('coupons', { code: code.toLowerCase() });
  const list = expect(z.array(coupon), answer.body, 'coupons');
  return list.find((each) => each.code.toLowerCase() === code.toLowerCase()) ?? null;
}

function wishOf(order: DiscountOrder): { body: Record<string, unknown>; matches(made: Coupon): boolean } {
  const { kind } = order;
  if (kind.type === 'percent' && kind.maxOff !== null) {
    throw new AppError('discount_unsupported', 422, 'WooCommerce cannot cap a percentage; order an amount instead.');
  }
  const amount =
    kind.type === 'amount'
      ? decimal(kind.off, kind.currency.exponent)
      : kind.type === 'percent'
        ? String(kind.percent)
        : '0';
  const type = kind.type === 'percent' ? 'percent' : 'fixed_cart';
  const exponent = kind.type === 'free-shipping' ? 2 : kind.currency.exponent;
  const body = {
    code: order.code.toLowerCase(),
    description: order.title,
    discount_type: type,
    amount,
    free_shipping: kind.type === 'free-shipping',
    individual_use: false,
    usage_limit: 1,
    usage_limit_per_user: 1,
    date_expires: new Date(order.endsAt).toISOString().replace(/\.\d+Z$/, 'Z'),
    ...(order.email === null ? {} : { email_restrictions: [order.email] }),
    ...(order.minimumCart === null ? {} : { minimum_amount: decimal(order.minimumCart, exponent) }),
    ...(order.products === null ? {} : { product_ids: order.products.map(Number) }),
  };
  return {
    body,
    matches: (made) =>
      isBound(made, order.email) &&
      made.usage_limit === 1 &&
      made.discount_type === type &&
      Number(made.amount) === Number(amount) &&
      made.free_shipping === body.free_shipping,
  };
}

const isBound = (made: Coupon, email: string | null): boolean =>
  email === null
    ? made.email_restrictions.length === 0
    : made.email_restrictions.length === 1 && made.email_restrictions[0]?.toLowerCase() === email.trim().toLowerCase();

function stateOf(found: Coupon, email: string | null, now: Millis): ExistingDiscount {
  const ended =
    found.date_expires_gmt !== null && found.date_expires_gmt !== undefined && found.date_expires_gmt <= now;
  const usedUp = found.usage_limit !== null && found.usage_count >= found.usage_limit;
  return {
    ref: found.id,
    code: found.code,
    live: (found.status ?? 'publish') === 'publish' && !ended && !usedUp,
    uses: found.usage_count,
    bound: email === null ? found.email_restrictions.length > 0 : isBound(found, email),
  };
}

/** Minor units as decimal text. */
function decimal(minor: number, exponent: number): string {
  const digits = String(minor).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
