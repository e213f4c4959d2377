import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { afterAll, afterEach, beforeAll, describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { openDatabase } from '../../src/db/database.js';
import { open } from '../../src/lib/seal.js';
import { bodyPlace } from '../../webhooks/sealed-body.js';
import { testDatabase } from '../support/database.js';
import { aProgram } from '../support/rows.js';
import { wooDeliveries } from './captures.js';
import {
  APP_SECRET,
  aSigningStore,
  KEYS,
  post,
  PREVIOUS_SECRET,
  SHARDS,
  shopifyHeaders,
  sign,
  startReceiver,
  wooHeaders,
  type RawHeaders,
  type TestReceiver,
} from './receiver.js';

/** T1, T2, T3: what the door lets in, over real HTTP and the real database. Nothing but a missing database is a 5xx. */
const db = testDatabase();
const WOO_SECRET = 'whsec-loyalty-test-0123456789';
const SHOP = 'door.myshopify.com';
let receiver: TestReceiver;
let program: string;
let shopifyStore: string;
let wooStore: string;

beforeAll(async () => {
  program = await aProgram(db);
  shopifyStore = await aSigningStore(db, program, { platform: 'shopify', key: SHOP }, 'unused');
  wooStore = await aSigningStore(
    db,
    program,
    { platform: 'woocommerce', key: 'token-1', url: 'https://beans.test' },
    WOO_SECRET,
  );
  await aSigningStore(db, await aProgram(db), { platform: 'shopify', key: 'other.myshopify.com' }, 'unused');
  const reviews = { reviews: { judgeme: { token: 'review-token' } } };
  await aSigningStore(
    db,
    program,
    { platform: 'shopify', key: 'rated.myshopify.com', settings: reviews },
    'jm',
    'reviews/judgeme',
  );
  receiver = await startReceiver(db);
});
afterAll(() => receiver.close());
afterEach(async () => {
  await db.sql('delete from inbox');
  receiver.rung.length = 0;
});

const rows = () =>
  db.sql<Record<string, unknown> & { body: Buffer; body_hash: Buffer }>('select * from inbox order by id');
const toShopify = (body: Buffer | string, headers: RawHeaders = shopifyHeaders(body, { shop: SHOP })) =>
  post(receiver.url, '/webhooks/shopify', body, headers);
const toWoo = (body: Buffer | string, headers: RawHeaders = wooHeaders(body, { secret: WOO_SECRET })) =>
  post(receiver.url, '/webhooks/woocommerce/token-1', body, headers);
const without = (headers: RawHeaders, name: string) =>
  headers.filter(([key]) => key.toLowerCase() !== name.toLowerCase());
const replaced = (headers: RawHeaders, name: string, value: string): RawHeaders =>
  headers.map(([key, before]) => [key, key.toLowerCase() === name.toLowerCase() ? value : before]);

async function expectRefused(answer: Promise<{ status: number }>, status: number): Promise<void> {
  expect((await answer).status).toBe(status);
  expect(await rows()).toEqual([]);
  expect(receiver.rung).toEqual([]);
}

describe('a genuine delivery', () => {
  test('is committed, sealed, before the 200; then its shard is rung', async () => {
    const body = '{"id":450789469,"note":"h\u00e9"}';
    expect(await toShopify(body)).toMatchObject({ status: 200, text: '' });
    const [row] = await rows();
    expect(row).toMatchObject({
      program_id: program,
      store_id: shopifyStore,
      shard: Number(program) % SHARDS,
      topic: 'orders/create',
      subject: 'order:450789469',
      status: 0,
      triggered_at: new Date('2026-03-02T10:00:00.500Z'),
    });
    expect(row!.body.includes('450789469')).toBe(false);
    expect(open(row!.body, bodyPlace(shopifyStore, row!.body_hash), KEYS).toString()).toBe(body);
    expect(() => open(row!.body, bodyPlace(wooStore, row!.body_hash), KEYS)).toThrow(/another place/);
    expect(receiver.rung).toEqual([Number(program) % SHARDS]);
  });

  test('may be signed with the previous secret, and come under the lower-case names', async () => {
    const body = '{"id":1}';
    expect((await toShopify(body, shopifyHeaders(body, { shop: SHOP, secret: PREVIOUS_SECRET }))).status).toBe(200);
    const newer = shopifyHeaders(body, { shop: SHOP }).map(([name, value]): [string, string] => [
      name.toLowerCase().replace(/^x-shopify/, 'shopify'),
      value,
    ]);
    expect((await toShopify(body, newer)).status).toBe(200);
    expect(await rows()).toHaveLength(2);
  });

  test('again under the same key is a 200 that does nothing', async () => {
    const body = '{"id":7}';
    const headers = shopifyHeaders(body, { shop: SHOP });
    for (let i = 0; i < 3; i++) expect((await toShopify(body, headers)).status).toBe(200);
    expect(await rows()).toHaveLength(1);
    expect(receiver.rung).toHaveLength(1);
  });

  test('of a topic of which nothing is kept is a 200 without a row', () =>
    expectRefused(toShopify('{"id":1}', shopifyHeaders('{"id":1}', { shop: SHOP, topic: 'carts/update' })), 200));

  test('the vectors of the platforms pass', async () => {
    expect(sign('{"id":1}', 'hush')).toBe('VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=');
    expect(sign('{"id":1}', 'whsec')).toBe('zC8fc2J1qFdixyP4o8Kfvsu3wUJ60d2+FFia1JA2pik=');
    expect(sign('{"id":1}', 'whsec', 'hex')).toBe('cc2f1f736275a85762c723f8a3c29fbecbb7c1427ad1ddbe14589ad49036a629');
  });

  test('of a review app is kept under its own secret, in hex', async () => {
    const body = '{"review":{"id":1}}';
    const to = (hmac: string) =>
      post(receiver.url, '/webhooks/reviews/judgeme/review-token', body, [['JUDGEME-HMAC-SHA256', hmac]]);
    expect((await to(sign(body, 'jm', 'base64'))).status).toBe(401);
    expect((await to(sign(body, 'jm', 'hex'))).status).toBe(200);
    expect((await rows()).map(({ topic }) => topic)).toEqual(['review']);
  });
});

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
          expect((await toShopify(sent, shopifyHeaders(sent, { shop: SHOP, hmac: signature }))).status).toBe(401);
        },
      ),
      { numRuns: 400 },
    );
    expect(await rows()).toEqual([]);
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
    expectRefused(toShopify(body, shopifyHeaders(body, { shop: SHOP, hmac: change(sign(body, APP_SECRET)) })), 401),
  );

  test.each([
    ['shopify', () => toShopify(body, without(shopifyHeaders(body, { shop: SHOP }), 'X-Shopify-Hmac-Sha256'))],
    ['woocommerce', () => toWoo(body, without(wooHeaders(body, { secret: WOO_SECRET }), 'X-WC-Webhook-Signature'))],
  ])('unsigned (%s)', (_, send) => expectRefused(send(), 401));

  test.each(['X-Shopify-Hmac-Sha256', 'X-Shopify-Shop-Domain', 'X-Shopify-Topic', 'X-Shopify-Webhook-Id'])(
    'a doubled %s, though both are equal',
    async (name) => {
      const headers = shopifyHeaders(body, { shop: SHOP });
      const twice = headers.find(([key]) => key === name)!;
      await expectRefused(toShopify(body, [...headers, twice]), 401);
    },
  );
  test.each(['X-WC-Webhook-Signature', 'X-WC-Webhook-Topic', 'X-WC-Webhook-ID', 'X-WC-Webhook-Source'])(
    'a doubled %s',
    async (name) => {
      const headers = wooHeaders(body, { secret: WOO_SECRET });
      await expectRefused(toWoo(body, [...headers, [name, 'order.created']]), 401);
    },
  );

  test('both spellings of a header at once', () =>
    expectRefused(
      toShopify(body, [...shopifyHeaders(body, { shop: SHOP }), ['shopify-shop-domain', 'other.myshopify.com']]),
      401,
    ));
  test('a store that nobody knows', async () => {
    await expectRefused(toShopify(body, shopifyHeaders(body, { shop: 'nobody.myshopify.com' })), 401);
    await expectRefused(
      post(receiver.url, '/webhooks/woocommerce/nobody', body, wooHeaders(body, { secret: WOO_SECRET })),
      401,
    );
  });
  test('a byte order mark, other line ends, other spelling of the same JSON: the signature is over the bytes', async () => {
    const headers = shopifyHeaders(body, { shop: SHOP });
    for (const sent of [`\ufeff${body}`, `${body}\n`, '{"id": 1}']) await expectRefused(toShopify(sent, headers), 401);
  });
  test('the bytes compressed, with the signature of the plain ones', () =>
    expectRefused(toShopify(gzipSync(body), shopifyHeaders(body, { shop: SHOP })), 401));
  test('one store\u2019s secret at another store\u2019s path', () =>
    expectRefused(toWoo(body, wooHeaders(body, { secret: APP_SECRET })), 401));
  test('55: a staging clone signs with the same secret, but calls itself something else', async () => {
    await expectRefused(
      toWoo(body, wooHeaders(body, { secret: WOO_SECRET, source: 'https://staging.beans.test/' })),
      401,
    );
    await expectRefused(toWoo(body, without(wooHeaders(body, { secret: WOO_SECRET }), 'X-WC-Webhook-Source')), 401);
    expect((await toWoo(body, wooHeaders(body, { secret: WOO_SECRET, source: 'http://www.Beans.test' }))).status).toBe(
      200,
    );
  });
});

describe('27, T3: one secret signs for every Shopify shop', () => {
  const body = '{"id":99,"admin_graphql_api_id":"gid://shopify/Order/99"}';
  const from = (shop: string, key: string) => toShopify(body, shopifyHeaders(body, { shop, key }));

  test('a body that was seen under one shop is refused under another', async () => {
    expect((await from(SHOP, 'a')).status).toBe(200);
    expect((await from('other.myshopify.com', 'b')).status).toBe(401);
    expect((await rows()).map(({ store_id }) => store_id)).toEqual([shopifyStore]);
  });
  test('also when both come at once', async () => {
    const answers = await Promise.all(
      Array.from({ length: 20 }, (_, i) => from(i % 2 ? SHOP : 'other.myshopify.com', `k${i}`)),
    );
    expect(answers.map(({ status }) => status).sort()).toEqual([
      ...Array<number>(10).fill(200),
      ...Array<number>(10).fill(401),
    ]);
    expect(new Set((await rows()).map(({ store_id }) => store_id)).size).toBe(1);
  });
  test('again under its own shop with another key it is let in: what it does again is nothing', async () => {
    expect((await from(SHOP, 'a')).status).toBe(200);
    expect((await from(SHOP, 'c')).status).toBe(200);
  });
});

describe('what is malformed has its stated answer', () => {
  const body = '{"id":1}';
  test.each(['X-Shopify-Topic', 'X-Shopify-Shop-Domain', 'X-Shopify-Webhook-Id'])('no %s: 400', (name) =>
    expectRefused(toShopify(body, without(shopifyHeaders(body, { shop: SHOP }), name)), 400),
  );
  test.each(['X-WC-Webhook-Topic', 'X-WC-Webhook-ID'])('no %s: 400', (name) =>
    expectRefused(toWoo(body, without(wooHeaders(body, { secret: WOO_SECRET }), name)), 400),
  );
  test('a shop domain or topic that is none: 400', async () => {
    const headers = shopifyHeaders(body, { shop: SHOP });
    for (const domain of ['evil.test', 'a.myshopify.com.evil.test', 'x'.repeat(300), "a'--.myshopify.com"])
      await expectRefused(toShopify(body, replaced(headers, 'X-Shopify-Shop-Domain', domain)), 400);
    await expectRefused(toShopify(body, replaced(headers, 'X-Shopify-Topic', 'orders create')), 400);
  });
  test('no body: 400', () => expectRefused(toShopify(''), 400));
  test('an unknown platform: 404; no token: 400; not POST: 405', async () => {
    await expectRefused(post(receiver.url, '/webhooks/ecwid/x', body, []), 404);
    await expectRefused(
      post(receiver.url, '/webhooks/woocommerce', body, wooHeaders(body, { secret: WOO_SECRET })),
      400,
    );
    await expectRefused(post(receiver.url, '/webhooks/shopify', '', [], 'GET'), 405);
  });
  test('any content encoding: 415, decided before the body is read', async () => {
    const packed: [string, Buffer][] = [
      ['gzip', gzipSync(body)],
      ['deflate', deflateSync(body)],
      ['br', Buffer.from(body)],
      ['gzip, identity', gzipSync(gzipSync(body))],
    ];
    for (const [encoding, bytes] of packed)
      await expectRefused(
        toShopify(bytes, [...shopifyHeaders(bytes, { shop: SHOP }), ['Content-Encoding', encoding]]),
        415,
      );
    expect(
      (await toShopify(body, [...shopifyHeaders(body, { shop: SHOP }), ['Content-Encoding', 'identity']])).status,
    ).toBe(200);
  });
  test('more than 2 MB: 413, whether it is announced or not', async () => {
    const large = Buffer.alloc(2 * 1024 * 1024 + 1, 0x20);
    await expectRefused(toShopify(large, shopifyHeaders(large, { shop: SHOP })), 413);
    await expectRefused(chunked(large), 413);
  });
  test('2 MB to the byte is let in', async () => {
    const most = Buffer.alloc(2 * 1024 * 1024, 0x20);
    expect((await toShopify(most)).status).toBe(200);
  });
  test('a body that stops coming: 408', async () => {
    const answer = await raw(`POST /webhooks/shopify HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"id"`);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(await rows()).toEqual([]);
  });
  test('a body that is cut off leaves nothing, and the door stays open', async () => {
    const headers = shopifyHeaders(body, { shop: SHOP });
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const socket = connect(new URL(receiver.url).port as unknown as number, '127.0.0.1');
    socket.write(`POST /webhooks/shopify HTTP/1.1\r\nHost: x\r\n${head}Content-Length: 100\r\n\r\n${body}`);
    await sleep(50);
    socket.destroy();
    await sleep(50);
    expect(await rows()).toEqual([]);
    expect((await toShopify(body)).status).toBe(200);
  });
  test('other paths are not its business', async () => {
    expect((await post(receiver.url, '/webhook', body, [])).status).toBe(299);
  });

  function chunked(bytes: Buffer): Promise<{ status: number }> {
    return fetch(`${receiver.url}/webhooks/shopify`, {
      method: 'POST',
      headers: Object.fromEntries(shopifyHeaders(bytes, { shop: SHOP })),
      body: new ReadableStream({
        start(controller) {
          controller.enqueue(bytes);
          controller.close();
        },
      }),
      duplex: 'half',
    } as RequestInit);
  }

  function raw(text: string): Promise<string> {
    return new Promise((resolve, reject) => {
      const socket = connect(Number(new URL(receiver.url).port), '127.0.0.1');
      let answer = '';
      socket.setEncoding('utf8').on('data', (chunk: string) => (answer += chunk));
      socket.on('close', () => resolve(answer)).on('error', reject);
      socket.write(text);
    });
  }
});

describe('genuine but unreadable bytes are kept as they are: the reader gives the reason', () => {
  const bodies: [string, Buffer][] = [
    ['no JSON', Buffer.from('not json')],
    ['NUL bytes', Buffer.from('{"id":1,"note":"a\0b"}')],
    ['bytes that are no UTF-8', Buffer.from([0x7b, 0xff, 0xfe, 0x00, 0x7d])],
    ['lone surrogates', Buffer.from('{"id":1,"email":"\\ud800@x.test"}')],
    ['a depth bomb', Buffer.from('['.repeat(500_000))],
    ['__proto__', Buffer.from('{"__proto__":{"id":1},"id":2}')],
  ];
  test.each(bodies)('%s: 200 and its row, byte for byte', async (_, body) => {
    expect((await toShopify(body)).status).toBe(200);
    const [row] = await rows();
    expect(open(row!.body, bodyPlace(shopifyStore, row!.body_hash), KEYS).equals(body)).toBe(true);
  });
});

test('without its database: 503 with Retry-After, the only 5xx there is', async () => {
  const intake = await openDatabase(db.url, { role: 'intake', max: 1 });
  const deaf = await startReceiver({ intake });
  await intake.close();
  const answer = await post(deaf.url, '/webhooks/shopify', '{"id":1}', shopifyHeaders('{"id":1}', { shop: SHOP }));
  await deaf.close();
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
  expect(await rows()).toEqual([]);
});

describe('pings', () => {
  test.each(
    wooDeliveries()
      .filter(({ headers }) => !headers.some(([name]) => name === 'X-WC-Webhook-Topic'))
      .slice(0, 3),
  )('the recorded $name: exactly 200, no row', async ({ body }) => {
    const form: RawHeaders = [['Content-Type', 'application/x-www-form-urlencoded']];
    await expectRefused(post(receiver.url, '/webhooks/woocommerce/token-1', body, form), 200);
    await expectRefused(post(receiver.url, '/webhooks/woocommerce/not-yet-known', body, form), 200);
  });
  test('anything else unsigned is none', () =>
    expectRefused(post(receiver.url, '/webhooks/woocommerce/token-1', 'webhook_id=1&x=1', []), 400));
});

describe('load', () => {
  test('25: 500 orders within a second under one delivery id: all are there, each once', async () => {
    const bodies = Array.from({ length: 500 }, (_, i) => `{"id":${i + 1},"status":"completed"}`);
    const sent = bodies.flatMap((body) => [body, body]);
    const answers = await Promise.all(sent.map((body) => toWoo(body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const kept = await rows();
    expect(kept).toHaveLength(500);
    expect(new Set(kept.map(({ subject }) => subject)).size).toBe(500);
  });

  test('equal pokes are all kept: each says that something changed', async () => {
    const body = '{"action":"woocommerce_order_status_changed","arg":19}';
    const topic = 'action.woocommerce_order_status_changed';
    await Promise.all(Array.from({ length: 5 }, () => toWoo(body, wooHeaders(body, { secret: WOO_SECRET, topic }))));
    expect(await rows()).toHaveLength(5);
  });
});

describe('p: whatever comes, no 5xx and no row without a genuine signature', () => {
  const header = fc.stringMatching(/^[\x21-\x7e]{0,40}$/);
  const anything = fc.oneof(
    fc.uint8Array({ maxLength: 300 }).map((bytes) => Buffer.from(bytes)),
    fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
    fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
  );
  const RUNS = { numRuns: 2_000 };
  const MANY = 120_000;

  test(
    'shopify',
    () =>
      fc
        .assert(
          fc.asyncProperty(anything, header, header, fc.boolean(), async (body, topic, shop, genuine) => {
            const headers = shopifyHeaders(body, genuine ? { shop: SHOP } : { shop, topic, hmac: topic });
            expect((await toShopify(body, headers)).status).toBeLessThan(500);
          }),
          RUNS,
        )
        .then(expectOnlyGenuine),
    MANY,
  );

  test(
    'woocommerce',
    () =>
      fc
        .assert(
          fc.asyncProperty(anything, header, header, fc.boolean(), async (body, topic, webhook, genuine) => {
            const headers = wooHeaders(body, genuine ? { secret: WOO_SECRET } : { secret: 'x', topic, webhook });
            expect((await toWoo(body, headers)).status).toBeLessThan(500);
          }),
          RUNS,
        )
        .then(expectOnlyGenuine),
    MANY,
  );

  test(
    'reviews',
    () =>
      fc
        .assert(
          fc.asyncProperty(anything, header, fc.boolean(), async (body, text, genuine) => {
            const hmac = genuine ? sign(body, 'jm', 'hex') : text;
            const answer = await post(receiver.url, '/webhooks/reviews/judgeme/review-token', body, [
              ['JUDGEME-HMAC-SHA256', hmac],
            ]);
            expect(answer.status).toBeLessThan(500);
          }),
          RUNS,
        )
        .then(expectOnlyGenuine),
    MANY,
  );

  async function expectOnlyGenuine(): Promise<void> {
    const kept = await rows();
    expect(kept.length).toBeGreaterThan(0);
    for (const row of kept)
      expect(() => open(row.body, bodyPlace(row.store_id as string, row.body_hash), KEYS)).not.toThrow();
  }
});
