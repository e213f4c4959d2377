import { readFileSync } from 'node:fs';
import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { renderBlock } from '../../extensions/liquid.js';

/**
 * A Shopify shop's theme, as much of it as our blocks touch: pages drawn by Liquid with the blocks in them, the theme's cart
 * (/cart.js, /cart/update.js, /discount/...), section rendering, and the app proxy in front of the service.
 */
export interface ThemeShop {
  url: string;
  cart: { quantity: number; codes: string[]; attributes: Record<string, string> };
  /** False = a theme whose cart takes no codes: only the link does. */
  takesCodes: boolean;
  /** Every path asked for, oldest first. */
  asked: string[];
  close(): Promise<void>;
}

const PRICE = 3600;
const OFF = 1800;

export async function startThemeShop(asset: string, service: string, customLang = 'en'): Promise<ThemeShop> {
  const shop: Omit<ThemeShop, 'url' | 'close'> = {
    cart: { quantity: 1, codes: [], attributes: {} },
    takesCodes: true,
    asked: [],
  };
  const total = () => Math.max(0, PRICE * shop.cart.quantity - OFF * shop.cart.codes.length);
  const facts = () => {
    const line = { id: 41, product_id: 7, variant_id: 41, quantity: shop.cart.quantity, gift_card: false };
    const items = [{ ...line, final_line_price: PRICE * shop.cart.quantity }];
    return { items, items_subtotal_price: PRICE * shop.cart.quantity, total_price: total() };
  };
  const ajax = () => ({
    ...facts(),
    currency: 'EUR',
    attributes: shop.cart.attributes,
    discount_codes: shop.cart.codes.map((code) => ({ code, applicable: true })),
  });
  const liquid = () => ({
    cart: { ...facts(), currency: { iso_code: 'EUR' }, taxes_included: false, item_count: shop.cart.quantity },
    request: { locale: { iso_code: customLang } },
  });
  const section = async () =>
    `<div id="shopify-section-main-cart"><p>Total <output id="total">${(total() / 100).toFixed(2)}</output></p>${await renderBlock('cart', liquid())}</div>`;
  const page = async () =>
    `<!doctype html><html lang="${customLang}"><meta charset="utf-8"><meta name="viewport" content="width=device-width">
<meta http-equiv="content-security-policy" content="default-src 'self'; style-src 'unsafe-inline'"><title>Cart</title>
<style>:root { color-scheme: light dark } body { margin: 0 auto; max-width: 640px; font: 16px/1.5 system-ui }</style>
<body><main><h1>Cart</h1>${await renderBlock('product', liquid(), { product: PRODUCT })}${await section()}
<form action="/cart/add"><select name="id" aria-label="Size"><option value="41">250 g</option><option value="42">1 kg</option></select></form></main>
${await renderBlock('launcher', liquid())}<script src="/tallymark.js" defer></script>`;

  const answers: [RegExp, (body: Record<string, unknown>, url: URL) => unknown][] = [
    [/^GET \/cart\.js$/, ajax],
    [
      /^POST \/cart\/(update|change)\.js$/,
      ({ discount, quantity, attributes }) => {
        if (typeof discount === 'string' && shop.takesCodes) shop.cart.codes = discount.split(',').filter(Boolean);
        if (typeof quantity === 'number') shop.cart.quantity = quantity;
        Object.assign(shop.cart.attributes, attributes);
        return ajax();
      },
    ],
    [
      /^GET \/discount\//,
      (_, url) => void shop.cart.codes.push(decodeURIComponent(url.pathname.split('/').at(-1) ?? '')),
    ],
    [/^GET \/$/, async (_, url) => (url.searchParams.has('sections') ? { 'main-cart': await section() } : null)],
  ];

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const url = new URL(request.url ?? '/', 'http://127.0.0.1');
    shop.asked.push(`${request.method} ${url.pathname}`);
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    const text = Buffer.concat(chunks).toString();
    if (url.pathname.startsWith('/apps/tallymark/')) return forward(request, url, text, response);
    if (url.pathname === '/tallymark.js')
      return void response.setHeader('content-type', 'text/javascript').end(readFileSync(asset));
    const found = answers.find(([pattern]) => pattern.test(`${request.method} ${url.pathname}`));
    if (!found) return void response.writeHead(404).end();
    const body = text ? (JSON.parse(text) as Record<string, unknown>) : {};
    const said = await found[1](body, url);
    if (said === null) return void response.setHeader('content-type', 'text/html').end(await page());
    response.setHeader('content-type', 'application/json').end(JSON.stringify(said ?? {}));
  }

  async function forward(request: IncomingMessage, url: URL, body: string, response: ServerResponse): Promise<void> {
    const key = request.headers['idempotency-key'];
    const path = url.pathname.replace('/apps/tallymark', '/storefront/v1') + url.search;
    const answered = await fetch(service + path, {
      method: request.method ?? 'GET',
      headers: { 'content-type': 'application/json', ...(typeof key === 'string' ? { 'idempotency-key': key } : {}) },
      ...(body ? { body } : {}),
    });
    response.writeHead(answered.status, { 'content-type': 'application/json' }).end(await answered.text());
  }

  const server = createServer(
    (request, response) => void answer(request, response).catch((why) => response.destroy(why)),
  );
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return Object.assign(shop, {
    url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    close: () => new Promise<void>((done) => (server.closeAllConnections(), server.close(() => done()))),
  });
}

const PRODUCT = {
  id: 7,
  selected_or_first_available_variant: { id: 41, price: 1200 },
  variants: [
    { id: 41, price: 1200 },
    { id: 42, price: 4800 },
  ],
};
