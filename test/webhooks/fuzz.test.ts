import { describe, expect, test } from '@jest/globals';
import fc from 'fast-check';
import { unsealBody } from '../../webhooks/sealed-body.js';
import { SHOP, theDoor, WOO_SECRET } from './door.js';
import { KEYS, post, shopifyHeaders, sign, wooHeaders, type Answered } from './receiver.js';

/** p: whatever comes, no 5xx; only what is genuine is kept. 2,000 bodies an endpoint, twenty at a time. */
const door = theDoor();
const header = fc.stringMatching(/^[\x21-\x7e]{0,40}$/);
const bytes = fc.oneof(
  fc.uint8Array({ maxLength: 300 }).map((array) => Buffer.from(array)),
  fc.json({ maxDepth: 4 }).map((text) => Buffer.from(text)),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text)),
);

type Send = (body: Buffer, genuine: boolean, one: string, other: string) => Promise<Answered>;
const ENDPOINTS: [string, Send][] = [
  [
    'shopify',
    (body, genuine, topic, shop) =>
      door.toShopify(body, shopifyHeaders(body, genuine ? { shop: SHOP } : { shop, topic, hmac: topic })),
  ],
  [
    'woocommerce',
    (body, genuine, topic, webhook) =>
      door.toWoo(body, wooHeaders(body, genuine ? { secret: WOO_SECRET } : { secret: 'x', topic, webhook })),
  ],
  [
    'reviews',
    (body, genuine, hmac) =>
      post(door.receiver.url, '/webhooks/reviews/judgeme/review-token', body, [
        ['JUDGEME-HMAC-SHA256', genuine ? sign(body, 'jm', 'hex') : hmac],
      ]),
  ],
];

describe.each(ENDPOINTS)('%s', (_, send) => {
  test('answers anything, and keeps only what is genuine', async () => {
    const twenty = fc.array(fc.tuple(bytes, fc.boolean(), header, header), { minLength: 20, maxLength: 20 });
    let genuine = 0;
    await fc.assert(
      fc.asyncProperty(twenty, async (requests) => {
        const answers = await Promise.all(requests.map((request) => send(...request)));
        expect(answers.filter(({ status }) => status >= 500)).toEqual([]);
        genuine += answers.filter(({ status }) => status === 200).length;
      }),
      { numRuns: 100 },
    );
    const kept = await door.rows();
    expect(kept.length).toBeGreaterThan(0);
    expect(kept.length).toBeLessThanOrEqual(genuine);
    for (const row of kept)
      expect(() => unsealBody(row.body, row.store_id as string, row.body_hash, KEYS)).not.toThrow();
  }, 120_000);
});
