import { createHmac, randomBytes } from 'node:crypto';
import { createServer, request as httpRequest, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import pino from 'pino';
import { systemClock } from '../../src/lib/clock.js';
import type { SealingKey } from '../../src/lib/key-file.js';
import { seal } from '../../src/lib/seal.js';
import { cachedFinder, secretPlace, storeFinder } from '../../webhooks/find-store.js';
import { inboxWriter, openInbox } from '../../webhooks/inbox.js';
import { createReceiver } from '../../webhooks/receive.js';
import type { TestDatabase } from '../support/database.js';
import { aStore } from '../support/rows.js';

export const SHARDS = 4;
export const APP_SECRET = 'shpss_current';
export const PREVIOUS_SECRET = 'shpss_previous';
export const KEYS: readonly SealingKey[] = [{ id: 'k1', key: randomBytes(32) }];

/** The real receiver on a real socket, over the real database. `rung` = shards in the order of their rings. */
export interface TestReceiver {
  url: string;
  rung: number[];
  close(): Promise<void>;
}

export async function startReceiver(
  db: Pick<TestDatabase, 'intake'>,
  patienceMs = 2_000,
  keepWithinMs?: number,
): Promise<TestReceiver> {
  const rung: number[] = [];
  const find = storeFinder(db.intake, { shards: SHARDS, ring: KEYS, shopifySecrets: [APP_SECRET, PREVIOUS_SECRET] });
  const receive = createReceiver({
    findStore: cachedFinder(find, systemClock),
    inbox: openInbox(inboxWriter(db.intake)),
    ring: (shards) => rung.push(...shards),
    keys: KEYS,
    log: pino({ level: 'silent' }),
    patienceMs,
    ...(keepWithinMs !== undefined && { keepWithinMs }),
  });
  const server = createServer((request, response) => {
    if (!receive(request, response)) response.writeHead(299).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  return { url: `http://127.0.0.1:${(server.address() as AddressInfo).port}`, rung, close: () => stop(server) };
}

function stop(server: Server): Promise<void> {
  server.closeAllConnections();
  return new Promise((resolve) => server.close(() => resolve()));
}

/** A store whose webhooks are signed with `secret` (kind `webhook`, or `reviews/<provider>`). */
export async function aSigningStore(
  db: TestDatabase,
  program: string,
  store: Parameters<typeof aStore>[2],
  secret: string,
  kind = 'webhook',
): Promise<string> {
  const id = await aStore(db, program, store);
  await db.sql('insert into store_secret (program_id, store_id, kind, sealed) values ($1, $2, $3, $4)', [
    program,
    id,
    kind,
    seal(Buffer.from(secret), secretPlace(id, kind), KEYS),
  ]);
  return id;
}

export const sign = (body: Buffer | string, secret: string, encoding: 'base64' | 'hex' = 'base64') =>
  createHmac('sha256', secret).update(body).digest(encoding);

/** Raw names and values, so that a header can come twice. */
export type RawHeaders = [string, string][];

export function shopifyHeaders(
  body: Buffer | string,
  {
    shop,
    topic = 'orders/create',
    key = randomBytes(8).toString('hex'),
    secret = APP_SECRET,
    hmac = sign(body, secret),
  }: { shop: string; topic?: string; key?: string; secret?: string; hmac?: string },
): RawHeaders {
  return [
    ['X-Shopify-Topic', topic],
    ['X-Shopify-Hmac-Sha256', hmac],
    ['X-Shopify-Shop-Domain', shop],
    ['X-Shopify-Webhook-Id', key],
    ['X-Shopify-Triggered-At', '2026-03-02T10:00:00.5Z'],
    ['Content-Type', 'application/json'],
  ];
}

export function wooHeaders(
  body: Buffer | string,
  {
    secret,
    topic = 'order.updated',
    webhook = '2',
    source = 'https://beans.test/',
    deliveryId = 'same',
  }: { secret: string; topic?: string; webhook?: string; source?: string; deliveryId?: string },
): RawHeaders {
  const [resource = '', ...event] = topic.split('.');
  return [
    ['Content-Type', 'application/json'],
    ['X-WC-Webhook-Source', source],
    ['X-WC-Webhook-Topic', topic],
    ['X-WC-Webhook-Resource', resource],
    ['X-WC-Webhook-Event', event.join('.')],
    ['X-WC-Webhook-Signature', sign(body, secret)],
    ['X-WC-Webhook-ID', webhook],
    ['X-WC-Webhook-Delivery-ID', deliveryId],
  ];
}

export interface Answered {
  status: number;
  headers: NodeJS.Dict<string | string[]>;
  text: string;
}

/** One POST as raw as it gets; rejects when the connection is cut before an answer. */
export function post(
  url: string,
  path: string,
  body: Buffer | string,
  headers: RawHeaders,
  method = 'POST',
): Promise<Answered> {
  return new Promise((resolve, reject) => {
    const bytes = Buffer.from(body);
    const flat = [['Host', 'door.test'], ...headers, ['Content-Length', String(bytes.length)]].flat();
    const request = httpRequest(`${url}${path}`, { method, headers: flat as never }, (response) => {
      let text = '';
      response.setEncoding('utf8');
      response.on('data', (chunk: string) => (text += chunk));
      response.on('end', () => resolve({ status: response.statusCode ?? 0, headers: response.headers, text }));
    });
    request.on('error', reject);
    request.end(bytes);
  });
}
