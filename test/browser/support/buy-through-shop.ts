/** A shopper of a demo shop without a browser: does what its pages would. */
export interface Buyer {
  /** Pieces of the product at this place of the shelf; gives the order's id. */
  buy(pieces: number, product?: number): Promise<string>;
  /** One piece of an order's first line goes back. */
  returnOne(order: string): Promise<void>;
  /** Takes a reward for what is put into the cart for it; it is held, not used. */
  redeem(reward: string): Promise<void>;
  /** A review that the shop lets stand. */
  review(rating: number): Promise<void>;
}

interface Order {
  id: string;
  lines: { id: string; quantity: number }[];
}

/** Makes an account, joins, and comes back as who can buy. */
export async function joinShop(shop: string, firstName: string): Promise<Buyer> {
  const ask = asker(shop);
  const email = `${firstName.toLowerCase()}@example.test`;
  const { token, apiBase } = await ask<{ token: string | null; apiBase: string }>('POST', '/shop/register', {
    ...{ email, firstName, lastName: 'Test', password: 'demo' },
  });
  const proof: Record<string, string> = token === null ? {} : { authorization: `Bearer ${token}` };
  await ask('POST', `${apiBase}/join`, {}, proof);
  const { products } = await ask<{ products: { id: string }[] }>('GET', '/shop/products');
  const put = (product: number, quantity: number) =>
    ask<{ loyalty: unknown }>('POST', '/shop/cart/lines', { product: products[product]?.id, quantity });
  return {
    async buy(pieces, product = 0) {
      await put(product, pieces);
      return (await ask<Order>('POST', '/shop/checkout', { email })).id;
    },
    async returnOne(order) {
      const { orders } = await ask<{ orders: Order[] }>('GET', '/shop/orders');
      const line = orders.find(({ id }) => id === order)?.lines[0]?.id;
      await ask('POST', `/shop/orders/${order}/refund`, { lines: [{ line, quantity: 1 }] });
    },
    async redeem(reward) {
      const { loyalty } = await put(0, 4);
      const key = { 'idempotency-key': crypto.randomUUID() };
      await ask('POST', `${apiBase}/redeem`, { reward, cart: loyalty }, { ...proof, ...key });
      await put(0, 0);
    },
    async review(rating) {
      const wish = { product: products[0]?.id, rating, text: 'Bright and clean.' };
      const { id } = await ask<{ id: string }>('POST', '/shop/reviews', wish);
      await ask('POST', `/shop/reviews/${id}/moderate`, { status: 'approved' });
    },
  };
}

/** Joins and buys pieces of the first product. */
export async function joinAndBuy(shop: string, firstName: string, pieces: number): Promise<void> {
  await (await joinShop(shop, firstName)).buy(pieces);
}

/** Asks a shop's own JSON API, as one session. */
function asker(shop: string) {
  let cookie = '';
  return async <T>(method: string, path: string, body?: object, more: Record<string, string> = {}): Promise<T> => {
    const answer = await fetch(path.startsWith('http') ? path : shop + path, {
      method,
      headers: { cookie, 'content-type': 'application/json', ...more },
      ...(body ? { body: JSON.stringify(body) } : {}),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return (text === '' ? null : JSON.parse(text)) as T;
  };
}
