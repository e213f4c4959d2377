import * as z from 'zod';
import type { DiscountOrder, ExistingDiscount } from '../../commerce/outbound-platform.js';
import type { Millis } from '../../lib/clock.js';
import { AppError, RetryLater } from '../../lib/errors.js';
import { nonsense } from '../failures.js';
import type { ShopifyClient } from './client.js';
import { dateTime, gid, gidOf } from './gid.js';
import {
  CREATE_AMOUNT_OFF,
  CREATE_FREE_SHIPPING,
  DEACTIVATE_DISCOUNT,
  DELETE_DISCOUNT,
  DISCOUNT_BY_CODE,
} from './operations.js';

const details = z.object({
  __typename: z.string(),
  status: z.string().optional(),
  usageLimit: z.int().nullish(),
  asyncUsageCount: z.int().optional(),
  endsAt: dateTime.nullish(),
  codes: z.object({ nodes: z.array(z.object({ code: z.string() })) }).optional(),
  context: z
    .object({ __typename: z.string(), customers: z.array(z.object({ id: gid('Customer') })).optional() })
    .optional(),
});
const node = z.object({ id: z.string(), codeDiscount: details });
type Node = z.output<typeof node>;
const errors = z.array(
  z.object({ code: z.string().nullish(), field: z.array(z.string()).nullish(), message: z.string() }),
);
const payload = z.object({ codeDiscountNode: node.nullable(), userErrors: errors });
const created = z.object({
  discountCodeBasicCreate: payload.nullish(),
  discountCodeFreeShippingCreate: payload.nullish(),
});

/**
 * Creates a code that this customer alone may use once, or adopts the one of this text that a lost answer left behind
 * (TAKEN). One that exists but is not bound as asked is refused with AppError `discount_not_bound`.
 */
export async function createDiscount(
  client: ShopifyClient,
  order: DiscountOrder,
  now: Millis,
): Promise<ExistingDiscount> {
  const freeShipping = order.kind.type === 'free-shipping';
  let made: Node | null = null;
  try {
    const answer = await client.run(
      freeShipping ? CREATE_FREE_SHIPPING : CREATE_AMOUNT_OFF,
      { discount: inputOf(order) },
      created,
    );
    const done = answer.discountCodeBasicCreate ?? answer.discountCodeFreeShippingCreate;
    if (!done) throw nonsense('discount', 'no payload');
    const [error] = done.userErrors;
    if (error && error.code !== 'TAKEN') {
      throw new AppError('discount_refused', 422, `Shopify refused the code: ${error.message}`, {
        platformCode: error.code ?? null,
      });
    }
    made = done.codeDiscountNode;
  } catch (error) {
    if (!(error instanceof RetryLater)) throw error;
    made = await find(client, order.code);
    if (!made) throw error;
  }
  const existing = made ?? (await find(client, order.code));
  if (!existing) throw nonsense('discount', 'said to be taken, but not found');
  const state = stateOf(existing, order.code, order.customer, now);
  if (
    state.bound === (order.customer === null) ||
    existing.codeDiscount.usageLimit !== 1 ||
    (existing.codeDiscount.__typename === 'DiscountCodeFreeShipping') !== freeShipping
  ) {
    throw new AppError('discount_not_bound', 409, `The shop has a code ${order.code} that is not bound as asked.`, {
      code: order.code,
    });
  }
  return state;
}

export async function findDiscount(client: ShopifyClient, code: string, now: Millis): Promise<ExistingDiscount | null> {
  const found = await find(client, code);
  return found && stateOf(found, code, null, now);
}

const byCode = z.object({ codeDiscountNodeByCode: node.nullable() });
const deactivated = z.object({ discountCodeDeactivate: z.object({ userErrors: errors }).nullable() });
const deleted = z.object({
  discountCodeDelete: z.object({ deletedCodeDiscountId: z.string().nullish(), userErrors: errors }).nullable(),
});

/** Stops it first (at once, also for running checkouts), then deletes it. */
export async function killDiscount(client: ShopifyClient, code: string): Promise<void> {
  const found = await find(client, code);
  if (!found) return;
  await client.run(DEACTIVATE_DISCOUNT, { id: found.id }, deactivated);
  const { discountCodeDelete: done } = await client.run(DELETE_DISCOUNT, { id: found.id }, deleted);
  if (!done?.deletedCodeDiscountId && (await find(client, code))) throw nonsense('discount', 'not deleted');
}

async function find(client: ShopifyClient, code: string): Promise<Node | null> {
  const answer = await client.run(DISCOUNT_BY_CODE, { code }, byCode);
  return answer.codeDiscountNodeByCode;
}

/** DiscountCodeBasicInput or DiscountCodeFreeShippingInput, whose common fields are the same. */
function inputOf(order: DiscountOrder): Record<string, unknown> {
  const { kind } = order;
  const common = {
    title: order.title,
    code: order.code,
    startsAt: new Date(order.startsAt).toISOString(),
    endsAt: new Date(order.endsAt).toISOString(),
    usageLimit: 1,
    appliesOncePerCustomer: true,
    context: order.customer === null ? { all: 'ALL' } : { customers: { add: [gidOf('Customer', order.customer)] } },
    combinesWith: { orderDiscounts: true, productDiscounts: true, shippingDiscounts: true },
    ...(order.minimumCart === null
      ? {}
      : { minimumRequirement: { subtotal: { greaterThanOrEqualToSubtotal: minimumOf(order) } } }),
  };
  if (kind.type === 'free-shipping')
    return { ...common, combinesWith: { orderDiscounts: true, productDiscounts: true }, destination: { all: true } };
  if (kind.type === 'percent' && kind.maxOff !== null) {
    throw new AppError('discount_unsupported', 422, 'Shopify cannot cap a percentage; order an amount instead.');
  }
  const value =
    kind.type === 'amount'
      ? { discountAmount: { amount: decimal(kind.off, kind.currency.exponent), appliesOnEachItem: false } }
      : { percentage: kind.percent / 100 };
  const items =
    order.products === null
      ? { all: true }
      : { products: { productsToAdd: order.products.map((id) => gidOf('Product', id)) } };
  return { ...common, customerGets: { value, items } };
}

const minimumOf = ({ kind, minimumCart }: DiscountOrder): string =>
  decimal(minimumCart ?? 0, kind.type === 'free-shipping' ? 2 : kind.currency.exponent);

function stateOf(found: Node, code: string, customer: string | null, now: Millis): ExistingDiscount {
  const { status, usageLimit, asyncUsageCount = 0, endsAt, context, codes } = found.codeDiscount;
  const customers = context?.customers?.map(({ id }) => id) ?? [];
  const ended = status === 'EXPIRED' || (endsAt !== null && endsAt !== undefined && endsAt <= now);
  return {
    ref: found.id,
    code: codes?.nodes.find((each) => each.code.toLowerCase() === code.toLowerCase())?.code ?? code,
    live:
      !ended &&
      status !== undefined &&
      !(usageLimit !== null && usageLimit !== undefined && asyncUsageCount >= usageLimit),
    uses: asyncUsageCount,
    bound: customer === null ? customers.length > 0 : customers.length === 1 && customers[0] === customer,
  };
}

function decimal(minor: number, exponent: number): string {
  const digits = String(minor).padStart(exponent + 1, '0');
  return exponent === 0 ? digits : `${digits.slice(0, -exponent)}.${digits.slice(-exponent)}`;
}
