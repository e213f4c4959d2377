import { json, type Answer, type Request } from '../serve.js';
import type { Order, OrderStatus } from '../shop/model.js';
import { Refusal } from '../shop/model.js';
import {
  cancelOrder,
  changeOrder,
  completeOrder,
  deleteOrder,
  deleteRefund,
  payOrder,
  placeOrder,
  refundOrder,
  restoreOrder,
  trashOrder,
} from '../shop/orders.js';
import { minor } from '../shop/pricing.js';
import type { Shop } from '../shop/shop.js';
import { instant, ordered, paged } from './paging.js';
import { refundJson } from './represent-refund.js';
import { orderJson, type Face } from './represent.js';
import { force, input, type Route } from './routes.js';

export function orderRoutes(shop: Shop): Route[] {
  const order = (id = ''): Order => {
    const found = shop.state.orders.find((each) => each.id === id);
    if (!found) throw new Refusal('woocommerce_rest_shop_order_invalid_id', 404, 'Invalid ID.');
    return found;
  };
  return [
    ['GET', /^orders$/, (request, _ids, face) => listOrders(shop, request, face)],
    ['POST', /^orders$/, (request, _ids, face) => json(201, orderJson(createOrder(shop, request), face))],
    ['GET', /^orders\/(\d+)$/, (_request, [id], face) => json(200, orderJson(order(id), face))],
    [
      'PUT',
      /^orders\/(\d+)$/,
      (request, [id], face) => json(200, orderJson(updateOrder(shop, order(id), request), face)),
    ],
    [
      'DELETE',
      /^orders\/(\d+)$/,
      (request, [id], face) =>
        json(200, orderJson(force(request) ? deleteOrder(shop, order(id).id) : trashOrder(shop, order(id).id), face)),
    ],
    [
      'GET',
      /^orders\/(\d+)\/refunds$/,
      (request, [id], face) =>
        paged(
          request,
          ordered(request, order(id).refunds, (each) => each.at),
          (each) => refundJson(order(id), each, face),
          face.home,
        ),
    ],
    [
      'POST',
      /^orders\/(\d+)\/refunds$/,
      (request, [id], face) => json(201, refundJson(order(id), createRefund(shop, order(id), request), face)),
    ],
    [
      'DELETE',
      /^orders\/(\d+)\/refunds\/(\d+)$/,
      (_request, [id, refund], face) =>
        json(200, refundJson(order(id), deleteRefund(shop, order(id).id, refund ?? ''), face)),
    ],
    [
      'GET',
      /^refunds$/,
      (request, _ids, face) => {
        const all = shop.state.orders.flatMap((each) => each.refunds.map((refund) => ({ each, refund })));
        return paged(
          request,
          ordered(request, all, ({ refund }) => refund.at),
          ({ each, refund }) => refundJson(each, refund, face, true),
          face.home,
        );
      },
    ],
  ];
}

function listOrders(shop: Shop, request: Request, face: Face): Answer {
  const { zone } = shop.settings;
  const [after, before] = [instant(request, 'modified_after', zone), instant(request, 'modified_before', zone)];
  const statuses = (request.query.get('status') ?? 'any').split(',');
  const customer = request.query.get('customer');
  const second = (at: number): number => Math.floor(at / 1000) * 1000;
  const found = shop.state.orders.filter(
    (each) =>
      (statuses.includes('any') ? each.status !== 'trash' : statuses.includes(each.status)) &&
      (after === null || second(each.modified) > after) &&
      (before === null || second(each.modified) < before) &&
      (customer === null || (each.customer ?? '0') === customer),
  );
  const by =
    request.query.get('orderby') === 'modified' ? (each: Order) => each.modified : (each: Order) => each.created;
  return paged(request, ordered(request, found, by), (each) => orderJson(each, face), face.home);
}

interface OrderInput {
  customer_id?: number;
  status?: OrderStatus;
  billing?: { email?: string; phone?: string; first_name?: string; last_name?: string };
  line_items?: { product_id: number; quantity: number }[];
  coupon_lines?: { code: string }[];
  meta_data?: { key: string; value: string }[];
  set_paid?: boolean;
}

function createOrder(shop: Shop, request: Request): Order {
  const wish = input<OrderInput>(request);
  const paid = wish.set_paid === true || wish.status === 'completed';
  return placeOrder(shop, {
    customer: wish.customer_id ? String(wish.customer_id) : null,
    lines: (wish.line_items ?? []).map((line) => ({ product: String(line.product_id), quantity: line.quantity })),
    codes: (wish.coupon_lines ?? []).map((line) => line.code),
    attributes: Object.fromEntries((wish.meta_data ?? []).map(({ key, value }) => [key, value])),
    payment: paid ? 'card' : 'bank',
    complete: wish.status === 'completed',
    via: 'rest-api',
    ...(wish.billing?.email === undefined ? {} : { email: wish.billing.email }),
  });
}

/** Setting a status does what WooCommerce does behind it: completed pays, refunded refunds the rest, cancelled frees coupons. */
export function setStatus(shop: Shop, order: Order, status: OrderStatus): Order {
  if (order.status === 'trash') restoreOrder(shop, order.id);
  if (status === order.status) return order;
  if (status === 'completed') return completeOrder(shop, order.id);
  if (status === 'cancelled') return cancelOrder(shop, order.id, true);
  if (status === 'processing') return payOrder(shop, order.id);
  if (status === 'refunded') {
    refundOrder(shop, order.id, { reason: 'Order fully refunded.' }, true);
    return order;
  }
  order.status = status;
  return changeOrder(shop, order.id, {});
}

function updateOrder(shop: Shop, order: Order, request: Request): Order {
  const wish = input<OrderInput>(request);
  if (wish.status) setStatus(shop, order, wish.status);
  if (wish.customer_id !== undefined)
    changeOrder(shop, order.id, { customer: wish.customer_id ? String(wish.customer_id) : null });
  if (wish.set_paid && order.paid === null) payOrder(shop, order.id);
  return order;
}

function createRefund(shop: Shop, order: Order, request: Request): Order['refunds'][number] {
  const wish = input<{ amount?: string; reason?: string; line_items?: { id: number; quantity?: number }[] }>(request);
  const named = wish.line_items ?? [];
  const lines = named.filter((each) => order.lines.some((line) => line.id === String(each.id)));
  const shipping = named.some((each) => order.shipping?.id === String(each.id));
  if (lines.length || shipping) {
    return refundOrder(shop, order.id, {
      lines: lines.map((each) => ({ line: String(each.id), quantity: each.quantity ?? 0 })),
      shipping,
      reason: wish.reason ?? '',
    });
  }
  return refundOrder(shop, order.id, {
    amount: minor(wish.amount ?? '0', shop.settings.exponent),
    reason: wish.reason ?? '',
  });
}
