import { json, type Answer, type Handler, type Request } from '../serve.js';
import type { Order, OrderStatus, ReviewStatus } from '../shop/model.js';
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
import { createCoupon, updateCoupon, type CouponInput } from './coupons.js';
import { instant, invalid, ordered, paged } from './paging.js';
import {
  couponJson,
  customerJson,
  orderJson,
  productJson,
  refundJson,
  reviewJson,
  WOO_VERSION,
  type Face,
} from './represent.js';
import { authenticate, type RestKey } from './rest-auth.js';
import type { Hook, WooWebhooks } from './webhooks.js';

export interface WooRest {
  shop: Shop;
  webhooks: WooWebhooks;
  storeId: string;
  keys: readonly RestKey[];
  home(): string;
  changed(): void;
}

type Route = [method: string, path: RegExp, answer: (request: Request, ids: string[], face: Face) => Answer];

const PREFIX = '/wp-json/wc/v3/';

/** The REST API wc/v3 and the index of /wp-json, as far as a loyalty backend meets them. */
export function wooRest(store: WooRest): Handler {
  const routes = [
    ...orderRoutes(store.shop),
    ...couponRoutes(store.shop),
    ...peopleRoutes(store.shop),
    ...reviewRoutes(store.shop),
    ...hookRoutes(store),
    ...siteRoutes(store),
  ];
  return (request) => {
    const { settings } = store.shop;
    if (request.path === '/wp-json/' || request.path === '/wp-json') {
      return json(200, {
        name: settings.name,
        home: store.home(),
        url: store.home(),
        gmt_offset: '0',
        timezone_string: settings.zone,
        namespaces: ['wp/v2', 'wc/v3', 'wc/store/v1'],
      });
    }
    if (!request.path.startsWith(PREFIX)) return null;
    authenticate(request, store.keys, store.home());
    const dp = request.query.get('dp');
    const face: Face = { shop: store.shop, home: store.home(), ...(dp === null ? {} : { dp: Number(dp) }) };
    const path = request.path.slice(PREFIX.length);
    for (const [method, pattern, answer] of routes) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (!match) continue;
      const done = answer(request, match.slice(1), face);
      if (method !== 'GET') store.changed();
      return done;
    }
    return null;
  };
}

const input = <T>(request: Request): T =>
  request.body.length ? (JSON.parse(request.body.toString()) as T) : ({} as T);
const force = (request: Request): boolean => request.query.get('force') === 'true';

function orderRoutes(shop: Shop): Route[] {
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

function couponRoutes(shop: Shop): Route[] {
  const coupon = (id = '') => {
    const found = shop.state.discounts.find((each) => each.id === id);
    if (!found) throw new Refusal('woocommerce_rest_shop_coupon_invalid_id', 404, 'Invalid ID.');
    return found;
  };
  return [
    [
      'GET',
      /^coupons$/,
      (request, _ids, face) => {
        const code = request.query.get('code')?.toLowerCase();
        const found = shop.state.discounts.filter(
          (each) => each.status !== 'trash' && (code === undefined || each.code === code),
        );
        return paged(
          request,
          ordered(request, found, (each) => each.created),
          (each) => couponJson(each, face),
          face.home,
        );
      },
    ],
    [
      'POST',
      /^coupons$/,
      (request, _ids, face) => json(201, couponJson(createCoupon(shop, input<CouponInput>(request)), face)),
    ],
    ['GET', /^coupons\/(\d+)$/, (_request, [id], face) => json(200, couponJson(coupon(id), face))],
    [
      'PUT',
      /^coupons\/(\d+)$/,
      (request, [id], face) => json(200, couponJson(updateCoupon(shop, coupon(id), input<CouponInput>(request)), face)),
    ],
    [
      'DELETE',
      /^coupons\/(\d+)$/,
      (request, [id], face) => {
        const discount = coupon(id);
        const shown = couponJson(discount, face);
        if (force(request)) shop.state.discounts = shop.state.discounts.filter((each) => each !== discount);
        else discount.status = 'trash';
        shop.tell({ kind: 'discount-deleted', discount });
        return json(200, shown);
      },
    ],
  ];
}

function peopleRoutes(shop: Shop): Route[] {
  const customer = (id = '') => {
    const found = shop.customer(id);
    if (!found) throw new Refusal('woocommerce_rest_invalid_id', 404, 'Invalid resource ID.');
    return found;
  };
  interface CustomerInput {
    email?: string;
    first_name?: string;
    last_name?: string;
    meta_data?: { key: string; value: unknown }[];
  }
  const names = (wish: CustomerInput) => ({
    ...(wish.email === undefined ? {} : { email: wish.email }),
    ...(wish.first_name === undefined ? {} : { firstName: wish.first_name }),
    ...(wish.last_name === undefined ? {} : { lastName: wish.last_name }),
  });
  return [
    [
      'GET',
      /^customers$/,
      (request, _ids, face) => {
        const email = request.query.get('email')?.toLowerCase();
        const found = shop.state.customers.filter((each) => email === undefined || each.email.toLowerCase() === email);
        return paged(
          request,
          ordered(request, found, (each) => Number(each.id)),
          (each) => customerJson(each, face),
          face.home,
        );
      },
    ],
    [
      'POST',
      /^customers$/,
      (request, _ids, face) =>
        json(201, customerJson(shop.addCustomer({ email: '', ...names(input<CustomerInput>(request)) }), face)),
    ],
    ['GET', /^customers\/(\d+)$/, (_request, [id], face) => json(200, customerJson(customer(id), face))],
    [
      'PUT',
      /^customers\/(\d+)$/,
      (request, [id], face) => {
        const wish = input<CustomerInput>(request);
        const found = customer(id);
        for (const { key, value } of wish.meta_data ?? []) {
          found.meta[key] = { id: found.meta[key]?.id ?? shop.newId(), value: String(value), type: 'text' };
        }
        return json(200, customerJson(shop.changeCustomer(found.id, names(wish)), face));
      },
    ],
    [
      'DELETE',
      /^customers\/(\d+)$/,
      (_request, [id], face) => {
        const shown = customerJson(customer(id), face);
        shop.removeCustomer(id ?? '');
        return json(200, shown);
      },
    ],
  ];
}

function reviewRoutes(shop: Shop): Route[] {
  interface ReviewInput {
    product_id?: number;
    review?: string;
    reviewer?: string;
    reviewer_email?: string;
    rating?: number;
    status?: string;
  }
  const status = (text: string): ReviewStatus =>
    text === 'untrash' || text === 'unspam' ? 'approved' : (text as ReviewStatus);
  const review = (id = '') => {
    const found = shop.state.reviews.find((each) => each.id === id);
    if (!found) throw new Refusal('woocommerce_rest_review_invalid_id', 404, 'Invalid review ID.');
    return found;
  };
  return [
    [
      'GET',
      /^products\/reviews$/,
      (request, _ids, face) => {
        const wanted = request.query.get('status') ?? 'approved';
        const after = instant(request, 'after', shop.settings.zone);
        const product = request.query.get('product');
        const found = shop.state.reviews.filter(
          (each) =>
            (wanted === 'all' ? each.status === 'approved' || each.status === 'hold' : each.status === wanted) &&
            (after === null || each.created > after) &&
            (product === null || product.split(',').includes(each.product)),
        );
        return paged(
          request,
          ordered(request, found, (each) => each.created),
          (each) => reviewJson(each, face),
          face.home,
        );
      },
    ],
    ['GET', /^products\/reviews\/(\d+)$/, (_request, [id], face) => json(200, reviewJson(review(id), face))],
    [
      'POST',
      /^products\/reviews$/,
      (request, _ids, face) => {
        const wish = input<ReviewInput>(request);
        const by = {
          email: wish.reviewer_email ?? '',
          customer: null,
          rating: wish.rating ?? 0,
          text: wish.review ?? '',
        };
        const made = shop.review(
          { ...by, product: String(wish.product_id), status: status(wish.status ?? 'approved') },
          true,
        );
        made.name = wish.reviewer ?? made.name;
        return json(201, reviewJson(made, face));
      },
    ],
    [
      'PUT',
      /^products\/reviews\/(\d+)$/,
      (request, [id], face) =>
        json(
          200,
          reviewJson(
            shop.moderate(review(id).id, status(input<ReviewInput>(request).status ?? 'approved'), true),
            face,
          ),
        ),
    ],
    [
      'DELETE',
      /^products\/reviews\/(\d+)$/,
      (_request, [id], face) =>
        json(200, { deleted: true, previous: reviewJson(shop.removeReview(review(id).id, true), face) }),
    ],
  ];
}

interface HookInput {
  name?: string;
  topic?: string;
  delivery_url?: string;
  secret?: string;
  status?: Hook['status'];
}

function hookRoutes({ webhooks }: WooRest): Route[] {
  const wished = (request: Request) => {
    const { name, topic, delivery_url: deliveryUrl, secret, status } = input<HookInput>(request);
    const all = { name, topic, deliveryUrl, secret, status };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
      topic: string;
      deliveryUrl: string;
    };
  };
  return [
    [
      'GET',
      /^webhooks$/,
      (request, _ids, face) =>
        paged(
          request,
          ordered(request, webhooks.list(), (each) => each.id),
          (each) => webhooks.json(each),
          face.home,
        ),
    ],
    [
      'POST',
      /^webhooks$/,
      (request) =>
        json(
          201,
          webhooks.json(
            webhooks.create({
              ...wished(request),
              topic: wished(request).topic ?? '',
              deliveryUrl: wished(request).deliveryUrl ?? '',
            }),
          ),
        ),
    ],
    ['GET', /^webhooks\/(\d+)$/, (_request, [id]) => json(200, webhooks.json(webhooks.get(Number(id))))],
    [
      'PUT',
      /^webhooks\/(\d+)$/,
      (request, [id]) => json(200, webhooks.json(webhooks.update(Number(id), wished(request)))),
    ],
    [
      'DELETE',
      /^webhooks\/(\d+)$/,
      (request, [id]) => {
        if (!force(request))
          return json(501, {
            code: 'woocommerce_rest_trash_not_supported',
            message: 'Webhooks do not support trashing.',
            data: { status: 501 },
          });
        return json(200, webhooks.json(webhooks.remove(Number(id))));
      },
    ],
  ];
}

function siteRoutes({ shop, storeId, home }: WooRest): Route[] {
  return [
    [
      'GET',
      /^products$/,
      (request, _ids, face) =>
        paged(
          request,
          ordered(request, shop.state.products, (each) => each.created),
          (each) => productJson(each, face),
          face.home,
        ),
    ],
    [
      'GET',
      /^products\/(\d+)$/,
      (_request, [id], face) => {
        const product = shop.product(id ?? '');
        return product
          ? json(200, productJson(product, face))
          : json(404, { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: { status: 404 } });
      },
    ],
    [
      'GET',
      /^data\/currencies\/current$/,
      () => json(200, { code: shop.settings.currency, name: shop.settings.currency, symbol: shop.settings.currency }),
    ],
    [
      'GET',
      /^system_status$/,
      () =>
        json(200, {
          environment: {
            home_url: home(),
            site_url: home(),
            store_id: storeId,
            version: WOO_VERSION,
            wp_version: '7.0.4',
            default_timezone: 'UTC',
          },
          settings: {
            currency: shop.settings.currency,
            number_of_decimals: shop.settings.exponent,
            HPOS_enabled: true,
          },
        }),
    ],
    ['GET', /^settings$/, () => invalid('group', 'not part of the demo shop')],
  ];
}
