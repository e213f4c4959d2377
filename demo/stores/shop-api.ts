import { randomBytes } from 'node:crypto';
import { addCode, dropCode, EMPTY_CART, setQuantity } from './carts.js';
import { json, type Answer, type Handler, type Request } from './serve.js';
import type { Cart, Customer, Order, PricedCart, ReviewStatus } from './shop/model.js';
import { Refusal } from './shop/model.js';
import { refundedOf, totalOf, type RefundWish } from './shop/orders.js';
import type { ShopHandle } from './shop-handle.js';

const COOKIE = 'demo_shop';

interface Visit {
  id: string;
  cart: Cart;
}

/** What a shop knows of a browser: its cart and who is signed in. Lives as long as the process. */
export class Visits {
  private readonly visits = new Map<string, Visit>();

  of(request: Request): Visit {
    const known = /(?:^|;\s*)demo_shop=([\w-]+)/.exec(request.headers.cookie ?? '')?.[1];
    const id = known ?? randomBytes(18).toString('base64url');
    const visit = this.visits.get(id) ?? { id, cart: EMPTY_CART() };
    this.visits.set(id, visit);
    return visit;
  }

  customer(request: Request): string | null {
    return this.of(request).cart.customer;
  }
}

/** Things of the platform that a page needs beside the shop: who is looking, signed; where our service is asked. */
export interface PlatformPart {
  /** A token that proves the shopper to our service (WooCommerce), or null where a proxy does it (Shopify). */
  shopperToken(customer: string | null): string | null;
  /** The address that pages call for the loyalty programme, e.g. `/apps/tallymark` or our service's URL. */
  apiBase(): string;
}

/** The demo pages' JSON API under /shop/ (README.md beside this): the same for either platform. */
export function shopApi(handle: ShopHandle, visits: Visits, part: PlatformPart, changed: () => void): Handler {
  return (request) => {
    if (!request.path.startsWith('/shop/')) return null;
    const visit = visits.of(request);
    const call = `${request.method} ${request.path.slice('/shop/'.length)}`;
    const body = (request.body.length ? JSON.parse(request.body.toString()) : {}) as Record<string, unknown>;
    const answer =
      aboutVisit(call, handle, visit, body, part) ??
      aboutCart(call, handle, visit, body) ??
      aboutOrders(call, request, handle, visit, body);
    if (request.method !== 'GET') changed();
    const cookie = `${COOKIE}=${visit.id}; Path=/; HttpOnly; SameSite=Lax`;
    return answer && { ...answer, headers: { ...answer.headers, 'set-cookie': cookie, 'cache-control': 'no-store' } };
  };
}

const text = (value: unknown): string => (typeof value === 'string' ? value : '');

function aboutVisit(
  call: string,
  handle: ShopHandle,
  { cart }: Visit,
  body: Record<string, unknown>,
  part: PlatformPart,
): Answer | null {
  const { shop } = handle;
  const session = (): Answer => {
    const customer = shop.customer(cart.customer);
    return json(200, {
      customer: customer && person(customer),
      shopperToken: part.shopperToken(cart.customer),
      /** The name under which the widget's `token-url` looks for it. */
      token: part.shopperToken(cart.customer),
      apiBase: part.apiBase(),
    });
  };
  switch (call) {
    case 'GET config':
      return json(200, {
        platform: handle.platform,
        name: shop.settings.name,
        currency: shop.settings.currency,
        exponent: shop.settings.exponent,
        apiBase: part.apiBase(),
      });
    case 'GET products':
      return json(200, { products: shop.state.products.map((each) => ({ ...each, rating: shop.ratings(each.id) })) });
    case 'GET session':
      return session();
    case 'POST login':
      cart.customer = handle.login(text(body.email), text(body.password)).id;
      return session();
    case 'POST register': {
      const { email, firstName, lastName, password } = body;
      const made = handle.addCustomer({
        email: text(email),
        firstName: text(firstName),
        lastName: text(lastName),
        password: text(password) || 'demo',
      });
      cart.customer = made.id;
      return session();
    }
    case 'POST logout':
      Object.assign(cart, EMPTY_CART());
      return session();
    default:
      return null;
  }
}

function aboutCart(call: string, handle: ShopHandle, { cart }: Visit, body: Record<string, unknown>): Answer | null {
  const { shop } = handle;
  const shown = (): Answer => json(200, cartJson(handle, cart, handle.priceCart(cart)));
  switch (call) {
    case 'GET cart':
      return shown();
    case 'POST cart/lines':
      setQuantity(cart, text(body.product), Number(body.quantity));
      return shown();
    case 'POST cart/email':
      cart.email = text(body.email) || null;
      return shown();
    case 'POST cart/attributes':
      Object.assign(cart.attributes, body);
      return shown();
    case 'POST cart/code': {
      const no = handle.priceCart({ ...cart, codes: [text(body.code)] }).refused[0];
      if (no) throw new Refusal(`code_${no.reason.replaceAll('-', '_')}`, 400, no.message);
      addCode(cart, text(body.code));
      return shown();
    }
    case 'POST cart/code/remove':
      dropCode(cart, text(body.code));
      return shown();
    case 'POST checkout': {
      if (text(body.email)) cart.email = text(body.email);
      const { customer, email, lines, codes, attributes } = cart;
      const name = {
        firstName: text(body.firstName) || shop.customer(customer)?.firstName || '',
        lastName: text(body.lastName) || shop.customer(customer)?.lastName || '',
      };
      const order = handle.placeOrder({
        customer,
        lines,
        codes,
        attributes,
        ...name,
        ...(email === null ? {} : { email }),
      });
      Object.assign(cart, EMPTY_CART(), { customer, email });
      return json(201, orderJson(handle, order));
    }
    default:
      return null;
  }
}

function aboutOrders(
  call: string,
  request: Request,
  handle: ShopHandle,
  { cart }: Visit,
  body: Record<string, unknown>,
): Answer | null {
  const { shop } = handle;
  const act = /^POST orders\/(\d+)\/(pay|complete|cancel|refund)$/.exec(call);
  if (act) {
    const [, id = '', what] = act;
    if (what === 'refund') handle.refund(id, body as RefundWish);
    if (what === 'pay') handle.pay(id);
    if (what === 'complete') handle.complete(id);
    if (what === 'cancel') handle.cancel(id);
    return json(200, orderJson(handle, shop.order(id)));
  }
  const moderate = /^POST reviews\/(\d+)\/moderate$/.exec(call);
  if (moderate) return json(200, handle.moderate(moderate[1] ?? '', text(body.status) as ReviewStatus));
  switch (call) {
    case 'GET orders': {
      const mine = shop.state.orders.filter((order) =>
        cart.customer ? order.customer === cart.customer : order.email === (cart.email ?? '-'),
      );
      return json(200, { orders: mine.reverse().map((order) => orderJson(handle, order)) });
    }
    case 'POST reviews':
      return json(
        201,
        handle.review({
          product: text(body.product),
          customer: cart.customer,
          email: text(body.email),
          rating: Number(body.rating),
          text: text(body.text),
          // what a shopper writes waits for the shop
          status: 'hold',
        }),
      );
    case 'GET reviews': {
      const product = request.query.get('product');
      const shown = shop.state.reviews.filter(
        (each) => (!product || each.product === product) && each.status === 'approved',
      );
      return json(200, {
        reviews: shown.map(({ id, product: of, name, rating, text: words, created }) => ({
          id,
          product: of,
          name,
          rating,
          text: words,
          created,
        })),
      });
    }
    case 'GET deliveries':
      return json(200, {
        deliveries: handle.postman.sent
          .slice(-30)
          .map(({ at, topic, status, ms, headers }) => ({ at, topic, status, ms, headers })),
      });
    default:
      return null;
  }
}

const person = ({ id, email, firstName, lastName }: Customer) => ({ id, email, firstName, lastName });

/** `loyalty` is the cart as our storefront API wants it (src/http/storefront/schemas.ts). */
function cartJson(handle: ShopHandle, cart: Cart, priced: PricedCart): unknown {
  const { shop } = handle;
  const { currency, exponent } = shop.settings;
  const lines = priced.lines.map((line) => {
    const product = shop.product(line.product);
    return {
      id: line.product,
      product: line.product,
      categories: product?.categories ?? [],
      tags: product?.tags ?? [],
      quantity: line.quantity,
      net: line.after.net,
      tax: line.after.tax,
      discount: line.before.net - line.after.net,
      kind: line.giftCard ? 'gift-card' : 'product',
    };
  });
  return {
    currency,
    exponent,
    lines: priced.lines.map((line) => ({ ...line, image: shop.product(line.product)?.image ?? '' })),
    shipping: priced.shipping,
    codes: priced.codes.map((used) => {
      const offs = [...priced.lines, ...(priced.shipping ? [priced.shipping] : [])].flatMap((line) => line.offs);
      return {
        code: used.code,
        off: offs.filter((each) => each.code === used.code).reduce((sum, each) => sum + each.off, 0),
      };
    }),
    refused: priced.refused,
    items: priced.items,
    discount: priced.discount,
    tax: priced.tax,
    total: priced.total,
    email: cart.email,
    attributes: cart.attributes,
    loyalty: { currency, lines, shipping: priced.shipping?.after ?? { net: 0, tax: 0 } },
  };
}

function orderJson(handle: ShopHandle, order: Order): unknown {
  const {
    id,
    number,
    status,
    created,
    paid,
    completed,
    cancelled,
    customer,
    email,
    shipping,
    codes,
    refunds,
    attributes,
  } = order;
  const gone = refunds.flatMap((refund) => refund.lines);
  const lines = order.lines.map((line) => ({
    ...line,
    image: handle.shop.product(line.product)?.image ?? '',
    refunded: gone.filter((each) => each.line === line.id).reduce((sum, each) => sum + each.quantity, 0),
  }));
  const { currency, exponent } = handle.shop.settings;
  const rest = {
    lines,
    shipping,
    codes,
    refunds,
    attributes,
    total: totalOf(order),
    refundedTotal: refundedOf(order),
    currency,
    exponent,
  };
  return { id, number, status, created, paid, completed, cancelled, customer, email, ...rest };
}
