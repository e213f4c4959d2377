import type { Discount } from '../shop/model.js';
import { minor } from '../shop/pricing.js';
import type { Shop } from '../shop/shop.js';
import { connection, type Paged } from './connection.js';
import { customerNode } from './graphql-orders.js';
import { gid, idOfGid } from './ids.js';

/** As much of DiscountCodeBasicInput / DiscountCodeFreeShippingInput as this shop acts on; the schema checks the rest. */
export interface DiscountInput {
  code?: string;
  title?: string;
  startsAt?: string;
  endsAt?: string;
  usageLimit?: number;
  appliesOncePerCustomer?: boolean;
  context?: { all?: string; customers?: { add?: string[] } };
  customerGets?: {
    value?: { discountAmount?: { amount?: string | number }; percentage?: number };
    items?: { all?: boolean; products?: { productsToAdd?: string[] } };
  };
  minimumRequirement?: { subtotal?: { greaterThanOrEqualToSubtotal?: string | number } };
}

interface DiscountError {
  code: string;
  field: string[];
  message: string;
}

const error = (code: string, field: string, message: string): DiscountError => ({ code, field: [field], message });

function problemsOf(shop: Shop, input: DiscountInput, kind: Discount['kind']): DiscountError[] {
  const problems: DiscountError[] = [];
  const code = input.code?.trim() ?? '';
  if (!code) problems.push(error('BLANK', 'code', "Code can't be blank"));
  if (code.length > 255) problems.push(error('TOO_LONG', 'code', 'Code is too long (maximum is 255 characters)'));
  if (shop.state.discounts.some((each) => each.code.toLowerCase() === code.toLowerCase())) {
    problems.push(error('TAKEN', 'code', 'Code must be unique. Please try a different code.'));
  }
  if (!input.startsAt) problems.push(error('BLANK', 'startsAt', "Starts at can't be blank"));
  if (!input.title) problems.push(error('BLANK', 'title', "Title can't be blank"));
  if (input.endsAt && input.startsAt && Date.parse(input.endsAt) <= Date.parse(input.startsAt)) {
    problems.push(error('END_DATE_BEFORE_START_DATE', 'endsAt', 'Ends at needs to be after starts at'));
  }
  const percentage = input.customerGets?.value?.percentage;
  if (percentage !== undefined && !(percentage > 0 && percentage <= 1)) {
    problems.push(error('VALUE_OUTSIDE_RANGE', 'customerGets', 'Percentage must be between 0.0 and 1.0'));
  }
  const amount = input.customerGets?.value?.discountAmount?.amount;
  if (kind === 'amount' && !(Number(amount) > 0))
    problems.push(error('GREATER_THAN', 'customerGets', 'Amount must be greater than 0'));
  if (!input.context?.all && !input.context?.customers?.add?.length) {
    problems.push(error('BLANK', 'context', 'Customer selection is needed'));
  }
  for (const id of input.context?.customers?.add ?? []) {
    if (!shop.customer(idOfGid(id))) problems.push(error('INVALID', 'context', `Customer ${id} is invalid`));
  }
  return problems;
}

/** discountCodeBasicCreate / discountCodeFreeShippingCreate. */
export function createDiscount(shop: Shop, input: DiscountInput, freeShipping: boolean): unknown {
  const percentage = input.customerGets?.value?.percentage;
  const kind = freeShipping ? 'free-shipping' : percentage === undefined ? 'amount' : 'percent';
  const problems = problemsOf(shop, input, kind);
  if (problems.length > 0) return { codeDiscountNode: null, userErrors: problems };
  const now = shop.now();
  const customers = input.context?.customers?.add?.map(idOfGid) ?? null;
  const minimum = input.minimumRequirement?.subtotal?.greaterThanOrEqualToSubtotal;
  const discount: Discount = {
    id: shop.newId(),
    code: input.code?.trim() ?? '',
    title: input.title ?? '',
    kind,
    off:
      kind === 'amount'
        ? minor(String(input.customerGets?.value?.discountAmount?.amount ?? '0'), shop.settings.exponent)
        : 0,
    percent: (percentage ?? 0) * 100,
    customers,
    emails: [],
    minimum: minimum === undefined ? 0 : minor(String(minimum), shop.settings.exponent),
    products: input.customerGets?.items?.products?.productsToAdd?.map(idOfGid) ?? null,
    startsAt: Date.parse(input.startsAt ?? ''),
    endsAt: input.endsAt ? Date.parse(input.endsAt) : null,
    limit: input.usageLimit ?? null,
    limitPerCustomer: input.appliesOncePerCustomer ? 1 : null,
    uses: 0,
    usedBy: [],
    status: 'live',
    meta: [],
    created: now,
    modified: now,
  };
  shop.state.discounts.push(discount);
  shop.tell({ kind: 'discount-created', discount });
  return { codeDiscountNode: discountNode(discount, shop), userErrors: [] };
}

export function discountNode(discount: Discount, shop: Shop): unknown {
  const now = shop.now();
  const ended = discount.status !== 'live' || (discount.endsAt !== null && now >= discount.endsAt);
  const customers = discount.customers?.map((id) => customerNode(id, shop)).filter((each) => each !== null);
  return {
    id: gid('DiscountCodeNode', discount.id),
    codeDiscount: {
      __typename: discount.kind === 'free-shipping' ? 'DiscountCodeFreeShipping' : 'DiscountCodeBasic',
      title: discount.title,
      status: ended ? 'EXPIRED' : now < discount.startsAt ? 'SCHEDULED' : 'ACTIVE',
      usageLimit: discount.limit,
      asyncUsageCount: discount.uses,
      startsAt: new Date(discount.startsAt).toISOString(),
      endsAt: discount.endsAt === null ? null : new Date(discount.endsAt).toISOString(),
      codes: (args: Paged) =>
        connection(
          [{ id: gid('DiscountRedeemCode', discount.id), code: discount.code, asyncUsageCount: discount.uses }],
          args,
        ),
      context: customers
        ? { __typename: 'DiscountCustomers', customers }
        : { __typename: 'DiscountBuyerSelectionAll', all: 'ALL' },
    },
  };
}

const find = (shop: Shop, id: string): Discount | undefined =>
  shop.state.discounts.find((each) => each.id === idOfGid(id));
const missing = (): DiscountError[] => [error('INVALID', 'id', 'Discount does not exist')];

export function deactivateDiscount(shop: Shop, id: string): unknown {
  const discount = find(shop, id);
  if (!discount) return { codeDiscountNode: null, userErrors: missing() };
  discount.status = 'ended';
  discount.endsAt = Math.min(discount.endsAt ?? Infinity, shop.now());
  discount.modified = shop.now();
  shop.tell({ kind: 'discount-updated', discount });
  return { codeDiscountNode: discountNode(discount, shop), userErrors: [] };
}

export function deleteDiscount(shop: Shop, id: string): unknown {
  const discount = find(shop, id);
  if (!discount) return { deletedCodeDiscountId: null, userErrors: missing() };
  shop.state.discounts = shop.state.discounts.filter((each) => each !== discount);
  shop.tell({ kind: 'discount-deleted', discount });
  return { deletedCodeDiscountId: gid('DiscountCodeNode', discount.id), userErrors: [] };
}
