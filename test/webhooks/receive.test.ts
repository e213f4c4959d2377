import { connect } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';
import { deflateSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from '@jest/globals';
import { API_VERSION } from '../../src/commerce/shopify-api-version.js';
import { openDatabase } from '../../src/db/database.js';
import { metrics } from '../../src/lib/metrics.js';
import { unsealBody } from '../../webhooks/sealed-body.js';
import { wooDeliveries } from './captures.js';
import { replaced, SHOP, theDoor, without, WOO_SECRET } from './door.js';
import {
  KEYS,
  post,
  PREVIOUS_SECRET,
  SHARDS,
  shopifyHeaders,
  sign,
  startReceiver,
  wooHeaders,
  type RawHeaders,
} from './receiver.js';

/** T1, T2: what the door lets in, over real HTTP and the real database. Nothing but a missing database is a 5xx. */
const door = theDoor();

describe('a genuine delivery', () => {
  test('59: of another API version is kept like any other, and counted for an alert', async () => {
    metrics.otherVersions.reset();
    const counted = async () => (await metrics.otherVersions.get()).values.map(({ value }) => value);
    const send = (version: string, id: number) => {
      const body = `{"id":${id}}`;
      const headers = shopifyHeaders(body, { shop: SHOP });
      return door.toShopify(body, [...headers, ['X-Shopify-API-Version', version]]);
    };
    expect(await send(API_VERSION, 59_001)).toMatchObject({ status: 200 });
    expect(await counted()).toEqual([]);
    expect(await send('2027-01', 59_002)).toMatchObject({ status: 200 });
    expect(await counted()).toEqual([1]);
    expect((await door.rows()).map(({ subject }) => subject)).toEqual(['order:59001', 'order:59002']);
  });

  test('is committed, sealed, before the 200; then its shard is rung', async () => {
    const body = '{"id":450789469,"note":"h\u00e9"}';
    expect(await door.toShopify(body)).toMatchObject({ status: 200, text: '' });
    const [row] = await door.rows();
    expect(row).toMatchObject({
      program_id: door.program,
      store_id: door.shopifyStore,
      shard: Number(door.program) % SHARDS,
      topic: 'orders/create',
      subject: 'order:450789469',
      status: 0,
      triggered_at: new Date('2026-03-02T10:00:00.500Z'),
    });
    expect(row!.body.includes('450789469')).toBe(false);
    expect(unsealBody(row!.body, door.shopifyStore, row!.body_hash, KEYS).toString()).toBe(body);
    expect(() => unsealBody(row!.body, door.wooStore, row!.body_hash, KEYS)).toThrow(/another place/);
    expect(door.receiver.rung).toEqual([Number(door.program) % SHARDS]);
  });

  test('may be signed with the previous secret, and come under the lower-case names', async () => {
    const body = '{"id":1}';
    expect((await door.toShopify(body, shopifyHeaders(body, { shop: SHOP, secret: PREVIOUS_SECRET }))).status).toBe(
      200,
    );
    const newer = shopifyHeaders(body, { shop: SHOP }).map(([name, value]): [string, string] => [
      name.toLowerCase().replace(/^x-shopify/, 'shopify'),
      value,
    ]);
    expect((await door.toShopify(body, newer)).status).toBe(200);
    expect(await door.rows()).toHaveLength(2);
  });

  test('again under the same key is a 200 that does nothing', async () => {
    const body = '{"id":7}';
    const headers = shopifyHeaders(body, { shop: SHOP });
    for (let i = 0; i < 3; i++) expect((await door.toShopify(body, headers)).status).toBe(200);
    expect(await door.rows()).toHaveLength(1);
    expect(door.receiver.rung).toHaveLength(1);
  });

  test('of a topic of which nothing is kept is a 200 without a row', () =>
    door.expectRefused(
      door.toShopify('{"id":1}', shopifyHeaders('{"id":1}', { shop: SHOP, topic: 'carts/update' })),
      200,
    ));

  test('the vectors of the platforms pass', async () => {
    expect(sign('{"id":1}', 'hush')).toBe('VnKUjZsLuN5iZWjn5EntcBVCF9kMN43LglzCE1/GSeY=');
    expect(sign('{"id":1}', 'whsec')).toBe('zC8fc2J1qFdixyP4o8Kfvsu3wUJ60d2+FFia1JA2pik=');
    expect(sign('{"id":1}', 'whsec', 'hex')).toBe('cc2f1f736275a85762c723f8a3c29fbecbb7c1427ad1ddbe14589ad49036a629');
  });

  test('of a review app is kept under its own secret, in hex', async () => {
    const body = '{"review":{"id":1}}';
    const to = (hmac: string) =>
      post(door.receiver.url, '/webhooks/reviews/judgeme/review-token', body, [['JUDGEME-HMAC-SHA256', hmac]]);
    expect((await to(sign(body, 'jm', 'base64'))).status).toBe(401);
    expect((await to(sign(body, 'jm', 'hex'))).status).toBe(200);
    expect((await door.rows()).map(({ topic }) => topic)).toEqual(['review']);
  });
});

describe('what is malformed has its stated answer', () => {
  const body = '{"id":1}';
  test.each(['X-Shopify-Topic', 'X-Shopify-Shop-Domain', 'X-Shopify-Webhook-Id'])('no %s: 400', (name) =>
    door.expectRefused(door.toShopify(body, without(shopifyHeaders(body, { shop: SHOP }), name)), 400),
  );
  test.each(['X-WC-Webhook-Topic', 'X-WC-Webhook-ID'])('no %s: 400', (name) =>
    door.expectRefused(door.toWoo(body, without(wooHeaders(body, { secret: WOO_SECRET }), name)), 400),
  );
  test('a shop domain or topic that is none: 400', async () => {
    const headers = shopifyHeaders(body, { shop: SHOP });
    for (const domain of ['evil.test', 'a.myshopify.com.evil.test', 'x'.repeat(300), "a'--.myshopify.com"])
      await door.expectRefused(door.toShopify(body, replaced(headers, 'X-Shopify-Shop-Domain', domain)), 400);
    await door.expectRefused(door.toShopify(body, replaced(headers, 'X-Shopify-Topic', 'orders create')), 400);
  });
  test('no body: 400', () => door.expectRefused(door.toShopify(''), 400));
  test('an unknown platform: 404; no token: 400; not POST: 405', async () => {
    await door.expectRefused(post(door.receiver.url, '/webhooks/ecwid/x', body, []), 404);
    await door.expectRefused(
      post(door.receiver.url, '/webhooks/woocommerce', body, wooHeaders(body, { secret: WOO_SECRET })),
      400,
    );
    await door.expectRefused(post(door.receiver.url, '/webhooks/shopify', '', [], 'GET'), 405);
  });
  test('any content encoding: 415, decided before the body is read', async () => {
    const packed: [string, Buffer][] = [
      ['gzip', gzipSync(body)],
      ['deflate', deflateSync(body)],
      ['br', Buffer.from(body)],
      ['gzip, identity', gzipSync(gzipSync(body))],
    ];
    for (const [encoding, bytes] of packed)
      await door.expectRefused(
        door.toShopify(bytes, [...shopifyHeaders(bytes, { shop: SHOP }), ['Content-Encoding', encoding]]),
        415,
      );
    expect(
      (await door.toShopify(body, [...shopifyHeaders(body, { shop: SHOP }), ['Content-Encoding', 'identity']])).status,
    ).toBe(200);
  });
  test('more than 2 MB: 413, whether it is announced or not', async () => {
    const large = Buffer.alloc(2 * 1024 * 1024 + 1, 0x20);
    await door.expectRefused(door.toShopify(large, shopifyHeaders(large, { shop: SHOP })), 413);
    await door.expectRefused(chunked(large), 413);
  });
  test('2 MB to the byte is let in', async () => {
    const most = Buffer.alloc(2 * 1024 * 1024, 0x20);
    expect((await door.toShopify(most)).status).toBe(200);
  });
  test('a body that stops coming: 408', async () => {
    const answer = await raw(`POST /webhooks/shopify HTTP/1.1\r\nHost: x\r\nContent-Length: 100\r\n\r\n{"id"`);
    expect(answer).toMatch(/^HTTP\/1\.1 408 /);
    expect(await door.rows()).toEqual([]);
  });
  test('a body that is cut off leaves nothing, and the door stays open', async () => {
    const headers = shopifyHeaders(body, { shop: SHOP });
    const head = headers.map(([name, value]) => `${name}: ${value}\r\n`).join('');
    const socket = connect(new URL(door.receiver.url).port as unknown as number, '127.0.0.1');
    socket.write(`POST /webhooks/shopify HTTP/1.1\r\nHost: x\r\n${head}Content-Length: 100\r\n\r\n${body}`);
    await sleep(50);
    socket.destroy();
    await sleep(50);
    expect(await door.rows()).toEqual([]);
    expect((await door.toShopify(body)).status).toBe(200);
  });
  test('other paths are not its business', async () => {
    expect((await post(door.receiver.url, '/webhook', body, [])).status).toBe(299);
  });

  function chunked(bytes: Buffer): Promise<{ status: number }> {
    return fetch(`${door.receiver.url}/webhooks/shopify`, {
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
      const socket = connect(Number(new URL(door.receiver.url).port), '127.0.0.1');
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
    expect((await door.toShopify(body)).status).toBe(200);
    const [row] = await door.rows();
    expect(unsealBody(row!.body, door.shopifyStore, row!.body_hash, KEYS).equals(body)).toBe(true);
  });
});

test('without its database: 503 with Retry-After, the only 5xx there is', async () => {
  const intake = await openDatabase(door.db.url, { role: 'intake', max: 1 });
  const deaf = await startReceiver({ intake });
  await intake.close();
  const answer = await post(deaf.url, '/webhooks/shopify', '{"id":1}', shopifyHeaders('{"id":1}', { shop: SHOP }));
  await deaf.close();
  expect(answer).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
  expect(await door.rows()).toEqual([]);
});

test('held up by its database: 503 while the sender still listens; kept after all, the second try finds it there', async () => {
  const inTheWay = await door.db.owner.pool.connect();
  const hurried = await startReceiver(door.db, 2_000, 50);
  const headers = shopifyHeaders('{"id":1}', { shop: SHOP });
  const send = (url: string) => post(url, '/webhooks/shopify', '{"id":1}', headers);
  try {
    await inTheWay.query('begin; lock table inbox in access exclusive mode');
    expect(await send(hurried.url)).toMatchObject({ status: 503, headers: { 'retry-after': '30' } });
  } finally {
    await inTheWay.query('rollback');
    inTheWay.release();
    await hurried.close();
  }
  expect((await send(door.receiver.url)).status).toBe(200);
  expect(await door.rows()).toHaveLength(1);
});

describe('pings', () => {
  test.each(
    wooDeliveries()
      .filter(({ headers }) => !headers.some(([name]) => name === 'X-WC-Webhook-Topic'))
      .slice(0, 3),
  )('the recorded $name: exactly 200, no row', async ({ body }) => {
    const form: RawHeaders = [['Content-Type', 'application/x-www-form-urlencoded']];
    await door.expectRefused(post(door.receiver.url, '/webhooks/woocommerce/token-1', body, form), 200);
    await door.expectRefused(post(door.receiver.url, '/webhooks/woocommerce/not-yet-known', body, form), 200);
  });
  test('anything else unsigned is none', () =>
    door.expectRefused(post(door.receiver.url, '/webhooks/woocommerce/token-1', 'webhook_id=1&x=1', []), 400));
});

describe('load', () => {
  test('25: 500 orders within a second under one delivery id: all are there, each once', async () => {
    const bodies = Array.from({ length: 500 }, (_, i) => `{"id":${i + 1},"status":"completed"}`);
    const sent = bodies.flatMap((body) => [body, body]);
    const answers = await Promise.all(sent.map((body) => door.toWoo(body)));
    expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([200]));
    const kept = await door.rows();
    expect(kept).toHaveLength(500);
    expect(new Set(kept.map(({ subject }) => subject)).size).toBe(500);
  });

  test('equal pokes are all kept: each says that something changed', async () => {
    const body = '{"action":"woocommerce_order_status_changed","arg":19}';
    const topic = 'action.woocommerce_order_status_changed';
    await Promise.all(
      Array.from({ length: 5 }, () => door.toWoo(body, wooHeaders(body, { secret: WOO_SECRET, topic }))),
    );
    expect(await door.rows()).toHaveLength(5);
  });
});
