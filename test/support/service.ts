import { createHmac, randomBytes } from 'node:crypto';
import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import type { OutboundPlatform } from '../../src/commerce/outbound-platform.js';
import { inTransaction } from '../../src/db/database.js';
import type { Clock, Millis } from '../../src/lib/clock.js';
import type { SealingKey } from '../../src/lib/key-file.js';
import { createLogger } from '../../src/lib/logger.js';
import { seal } from '../../src/lib/seal.js';
import { type Work, runEffects } from '../../src/jobs/run-effects.js';
import { makeLoyalty } from '../../src/loyalty/make-loyalty.js';
import type { Loyalty } from '../../src/loyalty/context.js';
import { foundProgram, installStore } from '../../src/loyalty/store-life.js';
import { join } from '../../src/loyalty/join.js';
import { type ProgramRules, programRules } from '../../src/rules/program-rules.js';
import { WEBHOOK_SECRET, secretPlace, storeFinder } from '../../webhooks/find-store.js';
import { inboxWriter, openInbox } from '../../webhooks/inbox.js';
import type { ProcessParts } from '../../webhooks/process-parts.js';
import { processShard } from '../../webhooks/process.js';
import { createReceiver } from '../../webhooks/receive.js';
import type { TestDatabase } from './database.js';

export const APP_SECRET = 'shpss_test_secret';
export const WOO_SECRET = 'woo-test-secret';
const REVIEWS_SECRET = 'judgeme-test-secret';
export const SHARDS = 4;

/** A clock that stands still until a test moves it. */
export class TestClock implements Clock {
  private time: Millis;
  constructor(time: Millis | string) {
    this.time = typeof time === 'string' ? Date.parse(time) : time;
  }
  now(): Millis {
    return this.time;
  }
  set(time: Millis | string): void {
    this.time = typeof time === 'string' ? Date.parse(time) : time;
  }
  advance(ms: Millis): void {
    this.time += ms;
  }
}

/** Five points in the plain form that most tests want: 1 point a euro, nothing pending, nothing expires. */
export const PLAIN_RULES: ProgramRules = programRules.parse({
  zone: 'Europe/Amsterdam',
  money: { code: 'EUR', exponent: 2 },
  units: { points: { rounding: 'floor', value: '1', expiry: { kind: 'none' }, clawback: 'debt' } },
  earning: [{ id: 'base', kind: 'rate', points: '1', per: 100 }],
  joining: { gives: 10 },
  rewards: [
    { id: 'five', kind: 'amount-off', points: 50, off: 500 },
    { id: 'slide', kind: 'slider', step: 10, off: 100 },
    { id: 'tenth', kind: 'percent-off', points: 30, percent: 10 },
    { id: 'ship', kind: 'free-shipping', points: 20 },
  ],
});

export interface TestService {
  url: string;
  clock: TestClock;
  loyalty: Loyalty;
  parts: ProcessParts;
  work: Work;
  keys: readonly SealingKey[];
  program(rules?: ProgramRules, name?: string): Promise<string>;
  store(
    program: string,
    platform: 'shopify' | 'woocommerce',
    options?: { key?: string; url?: string; money?: string; installation?: string },
  ): Promise<{ id: string; key: string }>;
  member(
    program: string,
    store: string,
    customer: string,
    person?: {
      email?: string | undefined;
      phone?: string | null;
      name?: string;
      referral?: string;
      emailVerified?: boolean;
    },
    at?: Millis,
  ): Promise<string>;
  shopify(store: { key: string }, topic: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  woo(store: { key: string }, topic: string, body: unknown, headers?: Record<string, string>): Promise<Response>;
  /** What Judge.me says for the store, signed with the store's own secret. */
  judgeme(store: { key: string }, body: unknown, topic?: string | null): Promise<Response>;
  /** Works on everything that waits, deliveries and effects, until nothing does. */
  drain(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * The service as one process runs it, with its receiver on loopback, real Postgres and a clock of the test's; the test says
 * when the worker works. `platforms` answers for the platforms' APIs.
 */
export async function startService(
  db: TestDatabase,
  options: { clock?: TestClock; platforms?: (store: string) => OutboundPlatform } = {},
): Promise<TestService> {
  const clock = options.clock ?? new TestClock('2026-03-01T12:00:00Z');
  const keys: SealingKey[] = [{ id: 'k1', key: randomBytes(32) }];
  const log = createLogger('silent');
  const loyalty = makeLoyalty(keys, SHARDS);
  const platformOf = async (_program: string, store: string) => {
    const platform = options.platforms?.(store);
    if (!platform) throw new Error('this test has no platform to ask');
    return platform;
  };
  const parts: ProcessParts = {
    db: db.app,
    clock,
    keys,
    loyalty,
    platformOf,
    ringEffects: () => {},
    begin: () => {},
    watch: () => {},
  };
  const work: Work = { db: db.app, clock, platformOf, shards: SHARDS, noticed: () => {} };
  const findStore = storeFinder(db.app, { shards: SHARDS, ring: keys, shopifySecrets: [APP_SECRET] });
  const inbox = openInbox(inboxWriter(db.app));
  const server = createServer(createReceiver({ findStore, inbox, ring: () => {}, keys, log }));
  const url = await listen(server);
  const post = (path: string, body: string, headers: Record<string, string>) =>
    fetch(`${url}${path}`, { method: 'POST', body, headers: { 'content-type': 'application/json', ...headers } });
  return {
    url,
    clock,
    loyalty,
    parts,
    work,
    keys,
    program: (rules = PLAIN_RULES, name = 'Bean Club') =>
      inTransaction(db.owner, 'intake', (tx) => foundProgram(tx, { name, rules, at: 0 })),
    store: (program, platform, { key, url: site, money = 'EUR', installation = null } = {}) => {
      const name =
        key ??
        (platform === 'shopify' ? `s${randomBytes(4).toString('hex')}.myshopify.com` : randomBytes(12).toString('hex'));
      return addStore(db, keys, clock, {
        program,
        platform,
        key: name,
        url: site ?? `http://${name}/`,
        money,
        installation,
      });
    },
    member: (program, store, customer, person = {}, at = clock.now()) =>
      inTransaction(db.app, { programs: [program] }, async (tx) => {
        const known = {
          email: person.email ?? null,
          phone: person.phone ?? null,
          name: person.name ?? null,
          emailVerified: person.emailVerified ?? false,
        };
        const joining = {
          program,
          store,
          customer,
          person: known,
          referral: person.referral ?? null,
          consentText: null,
        };
        return (await join(tx, { ...joining, at }, loyalty)).member;
      }),
    shopify: (store, topic, body, headers = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      return post('/webhooks/shopify', text, {
        'x-shopify-topic': topic,
        'x-shopify-shop-domain': store.key,
        'x-shopify-webhook-id': randomBytes(8).toString('hex'),
        'x-shopify-api-version': '2026-10',
        'x-shopify-triggered-at': new Date(clock.now()).toISOString(),
        'x-shopify-hmac-sha256': createHmac('sha256', APP_SECRET).update(text).digest('base64'),
        ...headers,
      });
    },
    woo: (store, topic, body, headers = {}) => {
      const text = typeof body === 'string' ? body : JSON.stringify(body);
      const [resource = '', event = ''] = topic.split('.');
      return post(`/webhooks/woocommerce/${store.key}`, text, {
        'x-wc-webhook-source': `http://${store.key}/`,
        'x-wc-webhook-topic': topic,
        'x-wc-webhook-resource': resource,
        'x-wc-webhook-event': event,
        'x-wc-webhook-id': '1',
        'x-wc-webhook-delivery-id': randomBytes(8).toString('hex'),
        'x-wc-webhook-signature': createHmac('sha256', WOO_SECRET).update(text).digest('base64'),
        ...headers,
      });
    },
    judgeme: (store, body, topic = 'review/updated') => {
      const text = JSON.stringify(body);
      const signature = createHmac('sha256', REVIEWS_SECRET).update(text).digest('hex');
      return post(`/webhooks/reviews/judgeme/${reviewsToken(store.key)}`, text, {
        'judgeme-hmac-sha256': signature,
        ...(topic !== null && { 'x-judgeme-topic': topic }),
      });
    },
    drain: () => drain(parts, work),
    stop: async () => {
      server.closeAllConnections();
      await new Promise((done) => server.close(done));
    },
  };
}

/** What is done for a program calls for more in its own shard alone: where nothing was found nobody looks again. */
async function drain(parts: ProcessParts, work: Work): Promise<void> {
  let busy = Array.from({ length: SHARDS }, (_, shard) => shard);
  while (busy.length > 0) {
    const asked = busy;
    busy = [];
    for (const shard of asked) {
      const done = (await processShard(parts, shard)) + (await runEffects(work, shard));
      if (done > 0) busy.push(shard);
    }
  }
}

/** What stands in the path of the store's review webhooks. */
const reviewsToken = (key: string) => `reviews-of-${key.replaceAll('.', '-')}`;

async function addStore(
  db: TestDatabase,
  keys: readonly SealingKey[],
  clock: Clock,
  store: { program: string; platform: string; key: string; url: string; money: string; installation: string | null },
): Promise<{ id: string; key: string }> {
  return inTransaction(db.owner, { programs: [store.program] }, async (tx) => {
    const { id } = await installStore(tx, { ...store, zone: 'Europe/Amsterdam' }, clock.now());
    for (const [kind, secret] of [
      [WEBHOOK_SECRET, WOO_SECRET],
      ['reviews/judgeme', REVIEWS_SECRET],
    ] as const) {
      await tx.prepared(
        'test_secret',
        `insert into store_secret (program_id, store_id, kind, sealed) values ($1, $2, $3, $4)
         on conflict do nothing`,
        [store.program, id, kind, seal(Buffer.from(secret), secretPlace(id, kind), keys)],
      );
    }
    await tx.prepared('test_reviews', 'update store set settings = $2 where id = $1', [
      id,
      JSON.stringify({ reviews: { judgeme: { token: reviewsToken(store.key) } } }),
    ]);
    return { id, key: store.key };
  });
}

function listen(server: Server): Promise<string> {
  return new Promise((resolve) => {
    server.listen(0, '127.0.0.1', () => resolve(`http://127.0.0.1:${(server.address() as AddressInfo).port}`));
  });
}
