import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { openDatabase } from '../src/db/database.js';
import { systemClock } from '../src/lib/clock.js';
import { createLogger } from '../src/lib/logger.js';
import { openQueueBackend } from '../src/queue/backend.js';
import { type Doorbell, openDoorbell } from '../src/queue/doorbell.js';
import { cachedFinder, storeFinder } from '../webhooks/find-store.js';
import { type Inbox, inboxWriter, openInbox } from '../webhooks/inbox.js';
import { createReceiver } from '../webhooks/receive.js';
import { beChild } from './child.js';
import { eventQueue, eventServer, insertEach } from './per-event.js';
import { KEYS, SECRET, SHARDS } from './population.js';

export interface ServerSettings {
  /** product: the real receiver; single: the same with an INSERT for each request. signature, insert, event: others on the same node:http. */
  mode: 'product' | 'single' | 'signature' | 'insert' | 'event';
  url: string;
  /** Where the queue is; `none` = nobody is rung. */
  queue: 'redis' | 'postgres' | 'none';
  redisUrl: string | null;
  prefix: string;
}

beChild(async (settings: ServerSettings) => {
  const server = await serverOf(settings);
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  return { port: async () => (server.address() as AddressInfo).port };
});

async function serverOf(settings: ServerSettings): Promise<Server> {
  const { mode, url, redisUrl, prefix } = settings;
  if (mode === 'signature') return eventServer(null);
  if (mode === 'insert') return eventServer(insertEach(url, null));
  if (mode === 'event') return eventServer(insertEach(url, eventQueue(redisUrl ?? '', prefix)));
  const intake = await openDatabase(url, {
    role: 'intake',
    max: mode === 'single' ? 16 : 4,
    statementTimeoutMs: 5_000,
  });
  const find = storeFinder(intake, { shards: SHARDS, ring: KEYS, shopifySecrets: [SECRET] });
  const bell = await bellOf(settings);
  const receive = createReceiver({
    findStore: cachedFinder(find, systemClock),
    inbox: mode === 'single' ? ungrouped(inboxWriter(intake)) : openInbox(inboxWriter(intake)),
    ring: (shards) => bell?.ring(shards),
    keys: KEYS,
    log: createLogger('error'),
  });
  return createServer((request, response) => {
    if (!receive(request, response)) response.writeHead(404).end();
  });
}

/** The same row, written alone. */
const ungrouped = (write: ReturnType<typeof inboxWriter>): Inbox => ({
  put: async (row) => (await write([row]))[0] ?? 'duplicate',
});

async function bellOf({ queue, url, redisUrl, prefix }: ServerSettings): Promise<Doorbell | null> {
  if (queue === 'none') return null;
  const log = createLogger('error');
  const backend = await openQueueBackend({
    redisUrl: queue === 'redis' ? redisUrl : null,
    databaseUrl: url,
    log,
    prefix,
  });
  return openDoorbell(backend, 'deliveries', log);
}
