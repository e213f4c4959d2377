import { createHash, randomBytes } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import type { WaitingRow } from '../../webhooks/claim.js';
import { openBody } from '../../webhooks/open-body.js';
import { readDelivery, sealBody, type ReadDelivery } from '../../webhooks/sealed-body.js';
import { aKnownStore, shopifySamples, wooDeliveries } from './captures.js';

/** T17, T28, F37: from the kept bytes to a reading. What cannot be read is refused with a reason, and never throws. */
const ring = [{ id: 'k1', key: randomBytes(32) }];
const store = aKnownStore();

function rowOf(topic: string, body: Buffer | string): WaitingRow {
  const bytes = Buffer.from(body);
  const hash = createHash('sha256').update(bytes).digest();
  const kept = { key: null, subject: null, triggered: null, received: 0, attempts: 0 };
  return {
    id: '1',
    program: '1',
    store: store.id,
    topic,
    hash,
    body: sealBody(bytes, store.id, hash, ring),
    ...kept,
  };
}

const readShopify = (topic: string, body: Buffer | string): ReadDelivery =>
  readDelivery(rowOf(topic, body), 'shopify', store, ring);

describe('what is no body of its topic is refused, without quoting it', () => {
  test.each([
    ['no JSON', 'orders/create', 'secret text', /^the body is not JSON$/],
    ['a byte order mark', 'orders/create', '\ufeff{"id":1}', /not JSON/],
    ['a depth bomb', 'orders/create', '['.repeat(500_000), /deeper than 100/],
    ['deep in a string, which is none', 'orders/delete', `{"id":1,"x":"${'['.repeat(1000)}"}`, null],
    ['an array', 'orders/create', '[]', /not what orders\/create looks like \(the body: invalid_type\)/],
    [
      'another resource',
      'orders/create',
      '{"id":1,"admin_graphql_api_id":"gid://shopify/Customer/1"}',
      /admin_graphql_api_id/,
    ],
    ['no WooCommerce topic', 'customers/redact', '{"id":1}', /shop_domain/],
  ])('%s', (_, topic, body, why) => {
    const read = readShopify(topic, body);
    if (why === null) expect(read).toEqual({ kind: 'order-removed', id: '1' });
    else expect(read).toEqual({ kind: 'refused', why: expect.stringMatching(why) });
    expect(JSON.stringify(read)).not.toContain('secret');
  });

  test('a body whose retention time is over, a platform that is gone', () => {
    expect(readDelivery({ ...rowOf('orders/create', '{}'), body: null }, 'shopify', store, ring)).toMatchObject({
      kind: 'refused',
    });
    expect(readDelivery(rowOf('orders/create', '{}'), 'ecwid', store, ring)).toMatchObject({ kind: 'refused' });
  });
  test('a lost key is no fault of the body: it throws, and is tried again', () => {
    expect(() =>
      readDelivery(rowOf('orders/create', '{}'), 'shopify', store, [{ id: 'k2', key: randomBytes(32) }]),
    ).toThrow(/key/);
  });
});

describe('T17: amounts that are none', () => {
  const [sample] = shopifySamples().filter(({ name }) => name.startsWith('27'));
  const withPrice = (price: string) => {
    const text = sample!.bytes.toString();
    return readShopify(sample!.topic, text.replace(/"total_price":"[^"]*"/, `"total_price":${price}`));
  };
  test.each([
    '"1e309"',
    '"Infinity"',
    '"0x10"',
    '"\uff11\uff12"',
    '"NaN"',
    '1e40',
    '""',
    '"--1"',
    `"${'9'.repeat(400)}"`,
    'null',
    '[]',
  ])('%s is refused', (price) => expect(withPrice(price)).toMatchObject({ kind: 'refused' }));
  test('-0, and more digits than a float holds, are exact', () => {
    expect(withPrice('"-0.00"')).toMatchObject({ kind: 'order' });
    const large = sample!.bytes.toString().replaceAll('"199.00"', '"9007199254740.93"');
    expect(readShopify(sample!.topic, large)).toMatchObject({ order: { lines: [{ net: 900719925474093 - 1791 }] } });
  });
  test('above 10^15 minor units is refused, not rounded', () => {
    const huge = sample!.bytes.toString().replaceAll('"199.00"', '"99999999999999.99"');
    expect(readShopify(sample!.topic, huge)).toEqual({ kind: 'refused', why: 'an amount is above 10^15 minor units' });
  });
});

describe('ids above 2^53', () => {
  test.each([
    ['{"id":820982911946154508}', { id: '820982911946154508' }],
    ['[9007199254740993, -9007199254740993,1]', ['9007199254740993', '-9007199254740993', 1]],
    [
      '{"a":"9007199254740993 \\" 9007199254740993","b":0.2439023333333333333}',
      { a: '9007199254740993 " 9007199254740993', b: 0.24390233333333333 },
    ],
    ['9007199254740993', '9007199254740993'],
    ['[1234567890123456e2,1e1234567890123456789]', [123456789012345600, Infinity]],
  ])('%s keeps every digit', (text, value) => expect(openBody(Buffer.from(text))).toEqual(value));

  test('p: everything else is what JSON.parse makes of it', () =>
    fc.assert(
      fc.property(fc.json({ maxDepth: 6 }), (text) => {
        fc.pre(!/\d{16}/.test(text));
        expect(openBody(Buffer.from(text))).toEqual(JSON.parse(text));
      }),
    ));
});

describe('p: mutated bodies are read or refused, never a defect', () => {
  const junk = fc.oneof(
    fc.constantFrom(null, true, -1, 1.5, '', 'x', [], {}, '\0', '\ud800', 1e300, '-1.00', '9'.repeat(20)),
    fc.jsonValue({ maxDepth: 2 }),
  );
  const samples: [string, string, string][] = [
    ...shopifySamples().map(({ topic, body }): [string, string, string] => ['shopify', topic, JSON.stringify(body)]),
    ...wooDeliveries()
      .filter((_, i) => i % 7 === 0)
      .flatMap(({ headers, body }): [string, string, string][] => {
        const topic = headers.find(([name]) => name === 'X-WC-Webhook-Topic')?.[1];
        return topic === undefined ? [] : [['woocommerce', topic, body.toString()]];
      }),
    ['reviews/judgeme', 'review', JSON.stringify(judgemeBody())],
  ];

  test('5,000 of them: fields dropped, renamed, swapped for another type', () =>
    fc.assert(
      fc.property(
        fc.constantFrom(...samples),
        fc.array(fc.tuple(fc.nat(), junk, fc.nat(2)), { minLength: 1, maxLength: 4 }),
        (sample, changes) => {
          const [platform, topic, original] = sample;
          const body: unknown = JSON.parse(original);
          for (const [at, value, how] of changes) mutate(body, at, value, how);
          const read = readDelivery(rowOf(topic, JSON.stringify(body)), platform, store, ring);
          expect(typeof read.kind).toBe('string');
          if (read.kind === 'order') expectStorable(read.order);
        },
      ),
      { numRuns: 5_000 },
    ));

  /** Everything that Postgres must take: whole numbers within bounds, no NUL, no half surrogates. */
  function expectStorable(order: unknown): void {
    const text = JSON.stringify(order, (_, value: unknown) => {
      if (typeof value === 'number' && !Number.isSafeInteger(value)) throw new Error(`not whole: ${value}`);
      return value;
    });
    expect(text).not.toMatch(/\\u0000|\\ud[89a-f]/i);
  }

  function mutate(root: unknown, at: number, value: unknown, how: number): void {
    const places: [Record<string, unknown>, string][] = [];
    const walk = (node: unknown): void => {
      if (typeof node !== 'object' || node === null) return;
      for (const [key, child] of Object.entries(node)) {
        places.push([node as Record<string, unknown>, key]);
        walk(child);
      }
    };
    walk(root);
    const place = places[at % Math.max(1, places.length)];
    if (!place) return;
    const [holder, key] = place;
    if (how === 0) holder[key] = value;
    else if (Array.isArray(holder)) holder.splice(Number(key), 1);
    else {
      if (how === 1) holder[`${key}_x`] = holder[key];
      delete holder[key];
    }
  }
});

function judgemeBody(): { review: Record<string, unknown> } {
  const file = readFileSync(join(process.cwd(), 'test/fixtures/reviews/judgeme-review.json'), 'utf8');
  return (JSON.parse(file) as { body: { review: Record<string, unknown> } }).body;
}

describe('C3: reviews of Judge.me', () => {
  const read = (overrides: Record<string, unknown> = {}) => {
    const { review } = judgemeBody();
    return readDelivery(
      rowOf('review/updated', JSON.stringify({ review: { ...review, ...overrides } })),
      'reviews/judgeme',
      store,
      ring,
    );
  };
  test('are states with their own version, product, member and mailbox', () => {
    expect(read()).toEqual({
      kind: 'review',
      review: {
        id: '501',
        provider: 'judgeme',
        at: Date.parse('2026-03-03T10:00:00Z'),
        written: Date.parse('2026-03-02T10:00:00Z'),
        product: '632910392',
        customer: '207119551',
        email: 'ana@example.test',
        status: 'approved',
        photo: false,
      },
    });
  });
  test.each([
    [{ published: true, curated: 'ok' }, 'approved'],
    [{ published: false, curated: 'not-yet' }, 'pending'],
    [{ published: null, curated: null }, 'pending'],
    [{ curated: 'spam' }, 'spam'],
    [{ hidden: true }, 'removed'],
  ])('64: %j is %s', (state, status) => expect(read(state)).toMatchObject({ review: { status } }));
  test('a photo counts when it is there', () => {
    expect(read({ has_published_pictures: null, pictures: [{ urls: {} }] })).toMatchObject({ review: { photo: true } });
  });
});
