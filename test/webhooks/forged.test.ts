import { gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { OTHER_SHOP, SHOP, theDoor, without, WOO_SECRET } from './door.js';
import { APP_SECRET, post, shopifyHeaders, sign, wooHeaders } from './receiver.js';

/** T1, T3: nobody else's word is taken for a store's. Real HTTP, real database. */
const door = theDoor();

describe('T1: any doubt of who speaks is 401, and leaves no row', () => {
  test('a flipped bit anywhere in body, signature or secret', async () => {
    const body = Buffer.from('{"id":450789469,"total_price":"10.00"}');
    const hmac = Buffer.from(sign(body, APP_SECRET), 'base64');
    const flip = (bytes: Buffer, bit: number) => {
      const copy = Buffer.from(bytes);
      copy[bit >> 3] = (copy[bit >> 3] as number) ^ (1 << (bit & 7));
      return copy;
    };
    await fc.assert(
      fc.asyncProperty(
        fc.oneof(
          fc.nat(body.length * 8 - 1).map((bit) => [flip(body, bit), hmac.toString('base64')] as const),
          fc.nat(255).map((bit) => [body, flip(hmac, bit).toString('base64')] as const),
          fc
            .nat(APP_SECRET.length * 8 - 1)
            .map((bit) => [body, sign(body, flip(Buffer.from(APP_SECRET), bit).toString('latin1'))] as const),
        ),
        async ([sent, signature]) => {
          expect((await door.toShopify(sent, shopifyHeaders(sent, { shop: SHOP, hmac: signature }))).status).toBe(401);
        },
      ),
      { numRuns: 400 },
    );
    expect(await door.rows()).toEqual([]);
  });

  const body = '{"id":1}';
  const wrong: [string, (hmac: string) => string][] = [
    ['nothing', () => ''],
    ['hex instead of base64', () => sign(body, APP_SECRET, 'hex')],
    ['a prefix', (hmac) => `sha256=${hmac}`],
    ['a trailing space within quotes', (hmac) => `"${hmac}"`],
    ['base64url', (hmac) => hmac.replaceAll('+', '-').replaceAll('/', '_').replace('=', '')],
    ['more than it', (hmac) => `${hmac}${hmac}`],
    ['a half of it', (hmac) => hmac.slice(0, 22)],
    [
      'other last bits that decode alike',
      (hmac) => `${hmac.slice(0, 42)}${String.fromCharCode((hmac.charCodeAt(42) as number) + 1)}=`,
    ],
  ];
  test.each(wrong)('a signature that is %s', (_, change) =>
    door.expectRefused(
      door.toShopify(body, shopifyHeaders(body, { shop: SHOP, hmac: change(sign(body, APP_SECRET)) })),
      401,
    ),
  );

  test.each([
    ['shopify', () => door.toShopify(body, without(shopifyHeaders(body, { shop: SHOP }), 'X-Shopify-Hmac-Sha256'))],
    [
      'woocommerce',
      () => door.toWoo(body, without(wooHeaders(body, { secret: WOO_SECRET }), 'X-WC-Webhook-Signature')),
    ],
  ])('unsigned (%s)', (_, send) => door.expectRefused(send(), 401));

  test.each(['X-Shopify-Hmac-Sha256', 'X-Shopify-Shop-Domain', 'X-Shopify-Topic', 'X-Shopify-Webhook-Id'])(
    'a doubled %s, though both are equal',
    async (name) => {
      const headers = shopifyHeaders(body, { shop: SHOP });
      const twice = headers.find(([key]) => key === name)!;
      await door.expectRefused(door.toShopify(body, [...headers, twice]), 401);
    },
  );
  test.each(['X-WC-Webhook-Signature', 'X-WC-Webhook-Topic', 'X-WC-Webhook-ID', 'X-WC-Webhook-Source'])(
    'a doubled %s',
    async (name) => {
      const headers = wooHeaders(body, { secret: WOO_SECRET });
      await door.expectRefused(door.toWoo(body, [...headers, [name, 'order.created']]), 401);
    },
  );

  test('both spellings of a header at once', () =>
    door.expectRefused(
      door.toShopify(body, [...shopifyHeaders(body, { shop: SHOP }), ['shopify-shop-domain', OTHER_SHOP]]),
      401,
    ));
  test('a store that nobody knows', async () => {
    await door.expectRefused(door.toShopify(body, shopifyHeaders(body, { shop: 'nobody.myshopify.com' })), 401);
    await door.expectRefused(
      post(door.receiver.url, '/webhooks/woocommerce/nobody', body, wooHeaders(body, { secret: WOO_SECRET })),
      401,
    );
  });
  test('a byte order mark, other line ends, other spelling of the same JSON: the signature is over the bytes', async () => {
    const headers = shopifyHeaders(body, { shop: SHOP });
    for (const sent of [`\ufeff${body}`, `${body}\n`, '{"id": 1}'])
      await door.expectRefused(door.toShopify(sent, headers), 401);
  });
  test('the bytes compressed, with the signature of the plain ones', () =>
    door.expectRefused(door.toShopify(gzipSync(body), shopifyHeaders(body, { shop: SHOP })), 401));
  test('one store\u2019s secret at another store\u2019s path', () =>
    door.expectRefused(door.toWoo(body, wooHeaders(body, { secret: APP_SECRET })), 401));
  test('55: a staging clone signs with the same secret, but calls itself something else', async () => {
    await door.expectRefused(
      door.toWoo(body, wooHeaders(body, { secret: WOO_SECRET, source: 'https://staging.beans.test/' })),
      401,
    );
    await door.expectRefused(
      door.toWoo(body, without(wooHeaders(body, { secret: WOO_SECRET }), 'X-WC-Webhook-Source')),
      401,
    );
    expect(
      (await door.toWoo(body, wooHeaders(body, { secret: WOO_SECRET, source: 'http://www.Beans.test' }))).status,
    ).toBe(200);
  });
});

describe('27, T3: one secret signs for every Shopify shop', () => {
  const body = '{"id":99,"admin_graphql_api_id":"gid://shopify/Order/99"}';
  const from = (shop: string, key: string) => door.toShopify(body, shopifyHeaders(body, { shop, key }));

  test('a body that was seen under one shop is refused under another', async () => {
    expect((await from(SHOP, 'a')).status).toBe(200);
    expect((await from(OTHER_SHOP, 'b')).status).toBe(401);
    expect((await door.rows()).map(({ store_id }) => store_id)).toEqual([door.shopifyStore]);
  });
  test('also when both come at once', async () => {
    const answers = await Promise.all(Array.from({ length: 20 }, (_, i) => from(i % 2 ? SHOP : OTHER_SHOP, `k${i}`)));
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(10).fill(200),
      ...Array<number>(10).fill(401),
    ]);
    expect(new Set((await door.rows()).map(({ store_id }) => store_id)).size).toBe(1);
  });
  test('again under its own shop with another key it is let in: what it does again is nothing', async () => {
    expect((await from(SHOP, 'a')).status).toBe(200);
    expect((await from(SHOP, 'c')).status).toBe(200);
  });
});
