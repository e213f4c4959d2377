import { createHmac, randomBytes } from 'node:crypto';
import { setTimeout as sleep } from 'node:timers/promises';
import { expect } from '@jest/globals';
import pg from 'pg';
import type { Faults } from '../../demo/stores/faults.js';
import { type WooStore, startWooStore } from '../../demo/stores/woocommerce/start.js';
import { orderJson } from '../../demo/stores/woocommerce/represent.js';
import { phpJson } from '../../demo/stores/woocommerce/webhooks.js';
import type { Order } from '../../demo/stores/shop/model.js';
import { type Database, type Tx, openDatabase } from '../../src/db/database.js';
import { verify } from '../../src/ledger/verify.js';
import { parseKeys } from '../../src/lib/key-file.js';
import { join } from '../../src/loyalty/join.js';
import { makeLoyalty } from '../../src/loyalty/make-loyalty.js';
import { replayProgram } from '../../src/loyalty/replay-program.js';
import { signShopper } from '../../src/platforms/woocommerce/shopper-token.js';
import { type Registered, registerStore } from '../../src/stores/register-store.js';
import { saveSecret } from '../../src/stores/secrets.js';
import { until } from '../support/redis.js';
import { PLAIN_RULES, TestClock } from '../support/service.js';
import { freePort, KEYS, type Processes, processes } from './processes.js';

const SECRETS = { webhook: randomBytes(24).toString('base64url'), shopper: randomBytes(24).toString('base64url') };
const JOINING = 10;
const HOUR = 3_600_000;

export interface StageOptions {
  databaseUrl: string;
  redisUrl?: string | null;
  /** How many customers of the shop become members. */
  members?: number;
  /** The platform stays silent to questions about orders and takes no subscriptions, so that nothing but deliveries tells. */
  silent?: boolean;
  /** How the shop misbehaves. */
  faults?: Faults;
}

/** The service in processes of its own, a WooCommerce shop that it is connected to, and somebody who looks at both. */
export interface Stage {
  url: string;
  shop: WooStore;
  run: Processes;
  program: string;
  store: string;
  /** The platform's customer ids of the members. */
  customers: string[];
  sql<Row = Record<string, unknown>>(text: string, values?: unknown[]): Promise<Row[]>;
  /** Two seconds pass at the shop: it stamps its changes by the second. */
  pass(): void;
  /** Places an order of a random member at the shop, two seconds after the last thing that happened there. */
  order(random: () => number): Order;
  cancel(order: Order): void;
  /** Posts the order as it is now, as the shop does; gives the status, or 0 when there was no answer. */
  deliver(order: Order, topic?: 'created' | 'updated'): Promise<number>;
  /** Posts it again and again until it is answered with 200, as a patient platform does. */
  insist(order: Order, topic?: 'created' | 'updated'): Promise<void>;
  waiting(): Promise<{ inbox: number; outbox: number }>;
  /** Waits until no delivery waits; with `effects`, until no effect does either. Gives the milliseconds that it took. */
  drained(withinMs: number, effects?: boolean): Promise<number>;
  /** What a member has by the simplest arithmetic there is: whole euros of each order that stands, and the joining gift. */
  oracle(): Record<string, number>;
  balances(): Promise<Record<string, number>>;
  /** `verify` is clean, and the replay of all that is known has nothing to post. */
  expectBooks(): Promise<void>;
  /** Every delivered order decided once, `verify` clean, replay without differences, balances equal to the oracle's. */
  expectSound(): Promise<void>;
  api(
    customer: string,
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  close(): Promise<void>;
}

export async function setStage(options: StageOptions): Promise<Stage> {
  const clock = new TestClock(Date.now() - HOUR);
  const shop = await startWooStore({ clock, ...(options.faults ? { faults: options.faults } : {}) });
  if (options.silent) shop.faults.answer({ kind: 'status', status: 503, on: /\/(webhooks|orders)\b/, times: 1e9 });
  const db = await openDatabase(options.databaseUrl, { role: 'app', max: 4, onIdleError: () => undefined });
  const owner = new pg.Pool({ connectionString: options.databaseUrl, max: 2 });
  owner.on('error', () => undefined);
  const key = randomBytes(12).toString('hex');
  const PORT = await freePort();
  const url = `http://127.0.0.1:${PORT}`;
  shop.connect({ store: key, shopperSecret: SECRETS.shopper, apiBase: url });
  const customers = Array.from(
    { length: options.members ?? 8 },
    (_, i) => shop.addCustomer({ email: `m${i}@example.test` }).id,
  );
  const ref = await connect(db, shop, key, customers);
  const run = await processes({
    DATABASE_URL: options.databaseUrl,
    PORT,
    PUBLIC_URL: url,
    ...(options.redisUrl ? { REDIS_URL: options.redisUrl } : {}),
  });
  const delivered = new Set<Order>();
  const sql = async <Row>(text: string, values: unknown[] = []) => (await owner.query(text, values)).rows as Row[];

  const stage: Stage = {
    url,
    shop,
    run,
    ...ref,
    customers,
    sql,
    pass: () => clock.advance(2_000),
    order(random) {
      stage.pass();
      const products = shop.shop.state.products;
      const product = products[Math.floor(random() * products.length)];
      const customer = customers[Math.floor(random() * customers.length)] ?? null;
      const lines = [{ product: product?.id ?? '', quantity: 1 + Math.floor(random() * 3) }];
      return shop.placeOrder({ customer, lines, complete: true });
    },
    cancel(order) {
      stage.pass();
      shop.cancel(order.id);
    },
    async deliver(order, topic = 'created') {
      const status = await post(url, key, shop, order, topic);
      if (status === 200) delivered.add(order);
      return status;
    },
    async insist(order, topic) {
      for (let pause = 50; (await stage.deliver(order, topic)) !== 200; pause = Math.min(pause * 2, 500))
        await sleep(pause);
    },
    waiting: async () => {
      const [row] = await sql<{ inbox: number; outbox: number }>(
        'select (select count(*)::int from inbox where status = 0) as inbox, (select count(*)::int from outbox where status = 0) as outbox',
      );
      return row ?? { inbox: -1, outbox: -1 };
    },
    async drained(withinMs, effects = false) {
      const begun = performance.now();
      const empty = async () => {
        const { inbox, outbox } = await stage.waiting();
        return inbox === 0 && (!effects || outbox === 0);
      };
      await until(empty, withinMs, `nothing waits: ${JSON.stringify(await stage.waiting())}`);
      return performance.now() - begun;
    },
    oracle() {
      const points = Object.fromEntries(customers.map((customer) => [customer, JOINING]));
      for (const order of delivered) {
        const net = order.lines.reduce((sum, line) => sum + line.after.net, 0);
        if (order.customer !== null && order.status !== 'cancelled')
          points[order.customer] = (points[order.customer] ?? 0) + Math.floor(net / 100);
      }
      return points;
    },
    async balances() {
      const rows = await sql<{ customer: string; points: string }>(
        `select l.customer, sum(a.balance)::text as points from customer_link l
         join account a on a.program_id = l.program_id and a.member_id = l.member_id and a.kind in ('available', 'pending', 'debt')
         where l.program_id = $1 group by l.customer`,
        [ref.program],
      );
      return Object.fromEntries(rows.map((row) => [row.customer, Number(row.points)]));
    },
    async expectBooks() {
      expect(await verify(db, { program: ref.program })).toEqual([]);
      expect((await replayProgram(db, ref.program, Date.now())).differences).toEqual([]);
      expect(await sql('select id, topic, error from inbox where status = 2')).toEqual([]);
    },
    async expectSound() {
      const rows = await sql<{ activity: string }>("select activity from decision where activity like 'order:%'");
      const decided = rows.map(({ activity }) => activity.slice(activity.indexOf('/') + 1));
      expect(decided.sort()).toEqual([...delivered].map((order) => order.id).sort());
      await stage.expectBooks();
      expect(await stage.balances()).toEqual(stage.oracle());
    },
    api: (customer, method, path, body, headers = {}) =>
      fetch(`${url}/storefront/v1${path}`, {
        method,
        headers: {
          authorization: `Bearer ${signShopper({ store: key, customer }, SECRETS.shopper, Date.now())}`,
          'content-type': 'application/json',
          ...headers,
        },
        ...(body === undefined ? {} : { body: JSON.stringify(body) }),
      }),
    async close() {
      await run.end();
      await shop.close();
      await Promise.all([db.close(), owner.end()]);
    },
  };
  return stage;
}

/** A program of a day ago with this shop in it, whose customers joined two hours ago: before the shop's clock begins. */
async function connect(
  db: Database,
  shop: WooStore,
  key: string,
  customers: readonly string[],
): Promise<{ program: string; store: string }> {
  const ring = parseKeys(KEYS);
  const now = Date.now();
  const arriving = {
    platform: 'woocommerce',
    key,
    url: shop.url,
    name: 'Roastery',
    installation: null,
    money: { code: 'EUR', exponent: 2 },
    zone: 'Europe/Amsterdam',
  };
  const [rest] = shop.keys;
  const keys = { consumerKey: rest?.key, consumerSecret: rest?.secret };
  const loyalty = makeLoyalty(ring, 4);
  const settle = async (tx: Tx, { id: store, program }: Registered) => {
    const ref = { program, store };
    await saveSecret(tx, { ...ref, kind: 'woocommerce-keys' }, JSON.stringify(keys), ring);
    await saveSecret(tx, { ...ref, kind: 'webhook' }, SECRETS.webhook, ring);
    await saveSecret(tx, { ...ref, kind: 'shopper' }, SECRETS.shopper, ring);
    const nobody = { person: null, referral: null, consentText: null, at: now - 2 * HOUR };
    for (const customer of customers) await join(tx, { ...ref, customer, ...nobody }, loyalty);
  };
  const { id: store, program } = await registerStore(db, arriving, now - 24 * HOUR, settle, PLAIN_RULES);
  return { program, store };
}

async function post(url: string, key: string, shop: WooStore, order: Order, event: string): Promise<number> {
  const body = phpJson(orderJson(order, { shop: shop.shop, home: shop.url }));
  const headers = {
    'content-type': 'application/json',
    'x-wc-webhook-source': `${shop.url}/`,
    'x-wc-webhook-topic': `order.${event}`,
    'x-wc-webhook-resource': 'order',
    'x-wc-webhook-event': event,
    'x-wc-webhook-id': '1',
    'x-wc-webhook-delivery-id': randomBytes(8).toString('hex'),
    'x-wc-webhook-signature': createHmac('sha256', SECRETS.webhook).update(body).digest('base64'),
  };
  const request = { method: 'POST', body, headers, signal: AbortSignal.timeout(10_000) };
  return fetch(`${url}/webhooks/woocommerce/${key}`, request).then(
    async (answer) => {
      await answer.arrayBuffer();
      return answer.status;
    },
    () => 0,
  );
}
