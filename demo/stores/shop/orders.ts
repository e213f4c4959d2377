import { randomBytes } from 'node:crypto';
import type { Cart, Minor, Order, OrderStatus, Refund, RefundedLine, Taxed } from './model.js';
import { Refusal } from './model.js';
import { taxed } from './pricing.js';
import type { Shop } from './shop.js';

export interface Placing {
  customer?: string | null;
  email?: string;
  firstName?: string;
  lastName?: string;
  phone?: string;
  lines: { product: string; quantity: number }[];
  codes?: string[];
  attributes?: Record<string, string>;
  /** 'card' (the default) is paid at once; 'bank' waits for `pay`; 'cod' is processed without being paid. */
  payment?: Order['payment'];
  /** Goes straight to completed, as an owner's hand does it. */
  complete?: boolean;
  via?: string;
  test?: boolean;
  company?: boolean;
}

export interface RefundWish {
  lines?: { line: string; quantity: number }[];
  /** Minor units with tax, given back without naming lines. */
  amount?: Minor;
  shipping?: boolean;
  reason?: string;
}

/** Places an order; throws a Refusal for an empty cart or a code that the shop does not take. */
export function placeOrder(shop: Shop, wish: Placing): Order {
  const customer = shop.customer(wish.customer ?? null);
  const email = wish.email ?? customer?.email ?? '';
  const cart: Cart = {
    customer: customer?.id ?? null,
    email: email || null,
    lines: wish.lines,
    codes: wish.codes ?? [],
    attributes: {},
  };
  const priced = shop.priceCart(cart);
  const [no] = priced.refused;
  if (no) throw new Refusal('code_refused', 400, no.message);
  if (priced.lines.length === 0) throw new Refusal('empty_cart', 400, 'the cart is empty');
  const now = shop.now();
  const free = priced.total === 0;
  const payment = wish.payment ?? 'card';
  const status: OrderStatus = wish.complete ? 'completed' : payment === 'bank' && !free ? 'on-hold' : 'processing';
  const order: Order = {
    id: shop.newId(),
    number: 1001 + shop.state.orders.length,
    key: `wc_order_${randomBytes(9).toString('base64url').slice(0, 13)}`,
    status,
    before: null,
    created: now,
    modified: now,
    paid: payment === 'card' || free || wish.complete ? now : null,
    completed: wish.complete ? now : null,
    cancelled: null,
    customer: customer?.id ?? null,
    email,
    phone: wish.phone ?? customer?.phone ?? '',
    firstName: wish.firstName ?? customer?.firstName ?? '',
    lastName: wish.lastName ?? customer?.lastName ?? '',
    via: wish.via ?? 'web',
    test: wish.test ?? false,
    company: wish.company ?? false,
    payment,
    lines: priced.lines,
    shipping: priced.shipping,
    codes: priced.codes,
    refunds: [],
    attributes: { ...wish.attributes, ...priced.notes },
    disputes: [],
  };
  shop.state.orders.push(order);
  shop.useCodes(order);
  shop.tell({ kind: 'order-created', order, via: order.via });
  return order;
}

export function payOrder(shop: Shop, id: string): Order {
  const order = shop.order(id);
  if (order.paid === null) order.paid = shop.now();
  if (order.status === 'on-hold' || order.status === 'pending') order.status = 'processing';
  shop.touch(order);
  shop.tell({ kind: 'order-paid', order, via: order.via });
  return order;
}

export function completeOrder(shop: Shop, id: string): Order {
  const order = shop.order(id);
  order.paid ??= shop.now();
  order.completed ??= shop.now();
  order.status = 'completed';
  shop.touch(order);
  shop.tell({ kind: 'order-completed', order, via: order.via });
  return order;
}

/** `givesCodesBack`: what the platform does with the codes of a cancelled order. */
export function cancelOrder(shop: Shop, id: string, givesCodesBack: boolean): Order {
  const order = shop.order(id);
  if (order.status === 'cancelled') return order;
  order.status = 'cancelled';
  order.cancelled = shop.now();
  if (givesCodesBack) shop.giveCodesBack(order);
  shop.touch(order);
  shop.tell({ kind: 'order-cancelled', order, via: order.via });
  return order;
}

/** Another owner, e-mail or attributes, as an owner's edit makes it. */
export function changeOrder(
  shop: Shop,
  id: string,
  change: Partial<Pick<Order, 'customer' | 'email' | 'attributes' | 'test' | 'phone'>>,
): Order {
  const order = shop.order(id);
  Object.assign(order, change);
  shop.touch(order);
  shop.tell({ kind: 'order-updated', order, via: order.via });
  return order;
}

export const totalOf = (order: Order): Minor => {
  const parts = [...order.lines.map((line) => line.after), ...(order.shipping ? [order.shipping.after] : [])];
  return parts.reduce((sum, part) => sum + part.net + part.tax, 0);
};
export const refundedOf = (order: Order): Minor => order.refunds.reduce((sum, refund) => sum + refund.amount, 0);

const share = (whole: number, part: number, of: number, before: number): number =>
  Math.round((whole * (before + part)) / of) - Math.round((whole * before) / of);

function refundLine(shop: Shop, order: Order, wanted: { line: string; quantity: number }): RefundedLine {
  const line = order.lines.find((each) => each.id === wanted.line);
  if (!line) throw new Refusal('no_such_line', 400, `order ${order.id} has no line ${wanted.line}`);
  const gone = order.refunds.flatMap((refund) => refund.lines).filter((each) => each.line === line.id);
  const before = gone.reduce((sum, each) => sum + each.quantity, 0);
  if (before + wanted.quantity > line.quantity) throw new Refusal('too_many', 400, 'more pieces than were bought');
  return {
    id: shop.newId(),
    line: line.id,
    quantity: wanted.quantity,
    net: share(line.after.net, wanted.quantity, line.quantity, before),
    tax: share(line.after.tax, wanted.quantity, line.quantity, before),
  };
}

/** Records a refund by lines, by amount, of shipping, or of all that is left when nothing is named. */
export function refundOrder(shop: Shop, id: string, wish: RefundWish, byStatus = false): Refund {
  const order = shop.order(id);
  const left = totalOf(order) - refundedOf(order);
  const lines = (wish.lines ?? []).map((each) => refundLine(shop, order, each));
  const shipped = order.refunds.some((refund) => refund.shipping.net > 0);
  const shipping: Taxed = wish.shipping && order.shipping && !shipped ? order.shipping.after : { net: 0, tax: 0 };
  const named = [...lines, shipping].reduce((sum, each) => sum + each.net + each.tax, 0);
  const nothing = !wish.lines && !wish.shipping && wish.amount === undefined;
  const amount = nothing ? left : named + (wish.amount ?? 0);
  if (amount > left || amount < 0 || (amount === 0 && !byStatus)) {
    throw new Refusal('woocommerce_rest_cannot_create_order_refund', 500, 'Invalid refund amount.');
  }
  const refund: Refund = {
    id: shop.newId(),
    at: shop.now(),
    reason: wish.reason ?? '',
    amount,
    lines,
    shipping,
    moneyMoved: !byStatus,
  };
  order.refunds.push(refund);
  if (refundedOf(order) >= totalOf(order)) order.status = 'refunded';
  shop.touch(order);
  shop.tell({ kind: 'refund-created', order, refund, byStatus });
  return refund;
}

/** WooCommerce only: the entry vanishes and nothing is said. */
export function deleteRefund(shop: Shop, id: string, refund: string): Refund {
  const order = shop.order(id);
  const index = order.refunds.findIndex((each) => each.id === refund);
  const [gone] = index < 0 ? [] : order.refunds.splice(index, 1);
  if (!gone) throw new Refusal('woocommerce_rest_invalid_order_refund_id', 404, 'Invalid order refund ID.');
  shop.tell({ kind: 'refund-deleted', order, refund: gone, byStatus: false });
  return gone;
}

/** Fewer or more pieces of a line, priced anew, as an order edit on Shopify does it. */
export function editLine(shop: Shop, id: string, lineId: string, quantity: number): Order {
  const order = shop.order(id);
  const line = order.lines.find((each) => each.id === lineId);
  if (!line || quantity < 0) throw new Refusal('no_such_line', 400, `order ${id} has no line ${lineId}`);
  const was = line.quantity;
  line.offs = line.offs.map((each) => ({ ...each, off: Math.round((each.off * quantity) / was) }));
  const off = line.offs.reduce((sum, each) => sum + each.off, 0);
  line.quantity = quantity;
  line.before = taxed(line.unitPrice * quantity, line.taxPercent, shop.settings.taxesIncluded);
  line.after = taxed(line.unitPrice * quantity - off, line.taxPercent, shop.settings.taxesIncluded);
  shop.touch(order);
  shop.tell({ kind: 'order-updated', order, via: order.via });
  return order;
}

export function trashOrder(shop: Shop, id: string): Order {
  const order = shop.order(id);
  order.before = order.status;
  order.status = 'trash';
  shop.touch(order);
  shop.tell({ kind: 'order-trashed', order });
  return order;
}

export function restoreOrder(shop: Shop, id: string): Order {
  const order = shop.order(id);
  order.status = order.before ?? 'pending';
  order.before = null;
  shop.touch(order);
  shop.tell({ kind: 'order-restored', order });
  return order;
}

export function deleteOrder(shop: Shop, id: string): Order {
  const order = shop.order(id);
  shop.state.orders = shop.state.orders.filter((each) => each.id !== id);
  shop.tell({ kind: 'order-deleted', order });
  return order;
}
