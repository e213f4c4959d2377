import { randomUUID } from 'node:crypto';
import { addCode, dropCode, EMPTY_CART, setQuantity } from '../carts.js';
import { json, type Answer, type Handler, type Request } from '../serve.js';
import type { Cart, PricedCart } from '../shop/model.js';
import { placeOrder } from '../shop/orders.js';
import type { Shop } from '../shop/shop.js';

const PREFIX = '/wp-json/wc/store/v1/';
const escape = (text: string): string => text.replace(/"/g, '&quot;');

/**
 * The Store API's cart and checkout, for a cart known by its Cart-Token. Money is whole minor units as text.
 * `whose` = the signed-in customer of this request, by the shop's own session.
 */
export function wooStoreApi(shop: Shop, whose: (request: Request) => string | null): Handler {
  const carts = new Map<string, Cart>();
  return (request) => {
    if (!request.path.startsWith(PREFIX)) return null;
    const token = String(request.headers['cart-token'] ?? '') || randomUUID();
    const cart = carts.get(token) ?? EMPTY_CART();
    carts.set(token, cart);
    cart.customer = whose(request);
    const answer = act(shop, cart, request.path.slice(PREFIX.length), request);
    return answer && { ...answer, headers: { ...answer.headers, 'cart-token': token, nonce: token.slice(0, 10) } };
  };
}

interface Body {
  id?: number;
  quantity?: number;
  code?: string;
  email?: string;
  billing_address?: { email?: string; first_name?: string; last_name?: string; phone?: string };
  payment_method?: string;
}

function act(shop: Shop, cart: Cart, path: string, request: Request): Answer | null {
  const body = (request.body.length ? JSON.parse(request.body.toString()) : {}) as Body;
  const shown = (status = 200): Answer => json(status, cartJson(shop, shop.priceCart(cart)));
  if (request.method === 'GET') return path === 'cart' ? shown() : null;
  if (path === 'cart/add-item') {
    const product = String(body.id);
    const had = cart.lines.find((line) => line.product === product)?.quantity ?? 0;
    setQuantity(cart, product, had + (body.quantity ?? 1));
    return shown(201);
  }
  if (path === 'cart/update-customer') {
    cart.email = body.billing_address?.email ?? body.email ?? null;
    return shown();
  }
  if (path === 'cart/remove-coupon') {
    dropCode(cart, body.code ?? '');
    return shown();
  }
  if (path === 'cart/apply-coupon') return applyCoupon(shop, cart, body.code ?? '') ?? shown();
  return path === 'checkout' ? checkout(shop, cart, body) : null;
}

function applyCoupon(shop: Shop, cart: Cart, code: string): Answer | null {
  const no = shop.priceCart({ ...cart, codes: [code] }).refused[0];
  if (no)
    return json(400, {
      code: 'woocommerce_rest_cart_coupon_error',
      message: escape(no.message),
      data: { status: 400 },
    });
  addCode(cart, code);
  return null;
}

function checkout(shop: Shop, cart: Cart, body: Body): Answer {
  cart.email = body.billing_address?.email ?? cart.email;
  const [no] = shop.priceCart(cart).refused;
  if (no) {
    dropCode(cart, no.code);
    const message = `"${no.code}" was removed from the cart. ${escape(no.message)}`;
    const data = {
      removed_coupons: { [no.code]: escape(no.message) },
      status: 409,
      cart: cartJson(shop, shop.priceCart(cart)),
    };
    const code = no.reason === 'used-up' ? 'woocommerce_rest_cart_coupon_error' : 'woocommerce_rest_cart_coupon_errors';
    return json(409, { code, message, data });
  }
  const billing = body.billing_address ?? {};
  const order = placeOrder(shop, {
    customer: cart.customer,
    lines: cart.lines,
    codes: cart.codes,
    attributes: cart.attributes,
    payment: body.payment_method === 'bacs' ? 'bank' : body.payment_method === 'cod' ? 'cod' : 'card',
    ...(cart.email === null ? {} : { email: cart.email }),
    ...(billing.first_name === undefined ? {} : { firstName: billing.first_name }),
    ...(billing.last_name === undefined ? {} : { lastName: billing.last_name }),
    ...(billing.phone === undefined ? {} : { phone: billing.phone }),
  });
  Object.assign(cart, EMPTY_CART());
  return json(200, {
    order_id: Number(order.id),
    status: order.status,
    order_key: order.key,
    order_number: order.id,
    customer_id: order.customer ? Number(order.customer) : 0,
    billing_address: billing,
    payment_method: body.payment_method,
    payment_result: { payment_status: 'success', payment_details: [], redirect_url: '' },
    extensions: {},
  });
}

function cartJson(shop: Shop, priced: PricedCart): unknown {
  const currency = { currency_code: shop.settings.currency, currency_minor_unit: shop.settings.exponent };
  const text = String;
  return {
    items: priced.lines.map((line) => ({
      id: Number(line.product),
      quantity: line.quantity,
      name: line.title,
      sku: line.sku,
      prices: { price: text(line.unitPrice), ...currency },
      totals: {
        line_subtotal: text(line.before.net),
        line_subtotal_tax: text(line.before.tax),
        line_total: text(line.after.net),
        line_total_tax: text(line.after.tax),
        ...currency,
      },
    })),
    coupons: priced.codes.map((used) => {
      const off = priced.lines.flatMap((line) => line.offs).filter((each) => each.code === used.code);
      const total = off.reduce((sum, each) => sum + each.off, 0);
      return {
        code: used.code,
        discount_type: used.kind === 'percent' ? 'percent' : 'fixed_cart',
        totals: { total_discount: text(total), total_discount_tax: '0', ...currency },
      };
    }),
    totals: {
      total_items: text(priced.items),
      total_discount: text(priced.discount),
      total_price: text(priced.total),
      total_tax: text(priced.tax),
      ...currency,
    },
    items_count: priced.lines.reduce((sum, line) => sum + line.quantity, 0),
    extensions: {},
  };
}
