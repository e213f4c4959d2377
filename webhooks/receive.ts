import { createHash } from 'node:crypto';
import type { IncomingMessage, ServerResponse } from 'node:http';
import type { Arrival, Claim } from '../src/commerce/inbound-platform.js';
import type { SealingKey } from '../src/lib/key-file.js';
import type { Logger } from '../src/lib/logger.js';
import { metrics } from '../src/lib/metrics.js';
import type { StepName } from '../src/lib/path-recorder.js';
import type { FindStore, FoundStore } from './find-store.js';
import { headersOf } from './headers.js';
import type { Inbox } from './inbox.js';
import { HANGS_UP, STATUS, type Outcome } from './outcome.js';
import { readRawBody } from './raw-body.js';
import { endpointOf, isIntakePath, type Endpoint } from './registry.js';
import { sealBody } from './sealed-body.js';

export interface ReceiverParts {
  findStore: FindStore;
  inbox: Inbox;
  /** Rung after the commit and never waited for. */
  ring(shards: Iterable<number>): void;
  /** Bodies are sealed under its first key. */
  keys: readonly SealingKey[];
  log: Logger;
  /** Told the first steps of a delivery, by its `watchKey`, for whoever watches. */
  watch?(key: string, step: StepName, detail: string): void;
  /** How long a body may take to arrive. */
  patienceMs?: number;
  /** How long it may take to be kept. */
  keepWithinMs?: number;
}

/** Shopify hangs up after 5 s: a late 200 tells it nothing more than an early 503. */
const KEEP_WITHIN_MS = 4_500;

/** What a delivery is known by before it has an id: two topics may have one body. */
export const watchKey = (topic: string, hash: Buffer): string => `${topic} ${hash.toString('hex')}`;

type Verdict = { outcome: Outcome; why?: string };

/**
 * The door for everything that platforms send: plain node:http, in front of Express, because the signature is over the
 * bytes as they came. Returns false for paths that are not its own. The answer follows the commit of the inbox row.
 */
export function createReceiver(parts: ReceiverParts): (request: IncomingMessage, response: ServerResponse) => boolean {
  return (request, response) => {
    const path = (request.url ?? '').split('?', 1)[0] as string;
    if (!isIntakePath(path)) return false;
    const endpoint = endpointOf(path);
    void judge(request, endpoint, parts)
      .catch((error: unknown): Verdict => {
        parts.log.error(
          { err: error, platform: endpoint?.platform.name },
          'a delivery could not be kept; its sender is asked to try again',
        );
        return { outcome: 'unavailable' };
      })
      .then((verdict) => answer(request, response, endpoint, verdict, parts.log));
    return true;
  };
}

async function judge(request: IncomingMessage, endpoint: Endpoint | null, parts: ReceiverParts): Promise<Verdict> {
  if (endpoint === null) return { outcome: 'no-such-endpoint' };
  if (request.method !== 'POST') return { outcome: 'not-post' };
  const headers = headersOf(request);
  const encoding = headers['content-encoding'];
  if (encoding !== undefined && encoding !== '' && encoding !== 'identity') return { outcome: 'encoded' };
  const body = await readRawBody(request, parts.patienceMs ?? 10_000);
  if (body.kind !== 'whole') return { outcome: body.kind };
  if (body.bytes.length === 0) return { outcome: 'malformed', why: 'no body' };
  const arrival: Arrival = { headers, body: body.bytes, token: endpoint.token };
  const claim = endpoint.platform.claim(arrival);
  if (claim.kind === 'malformed') return { outcome: 'malformed', why: claim.why };
  if (claim.kind === 'ping') return { outcome: 'ping' };
  return atLatest(receive(endpoint, arrival, claim, parts), parts.keepWithinMs ?? KEEP_WITHIN_MS);
}

/** What is kept after all, later, is what the sender's second try finds there. */
function atLatest(verdict: Promise<Verdict>, ms: number): Promise<Verdict> {
  let timer: NodeJS.Timeout;
  const late = new Promise<Verdict>((resolve) => {
    timer = setTimeout(() => resolve({ outcome: 'unavailable', why: `not kept within ${ms} ms` }), ms);
  });
  return Promise.race([verdict, late]).finally(() => clearTimeout(timer));
}

async function receive(
  endpoint: Endpoint,
  arrival: Arrival,
  claim: Extract<Claim, { kind: 'delivery' }>,
  parts: ReceiverParts,
): Promise<Verdict> {
  const { platform } = endpoint;
  const hash = createHash('sha256').update(arrival.body).digest();
  const watch = (step: StepName, detail: string) => parts.watch?.(watchKey(claim.topic, hash), step, detail);
  watch('webhook', `${platform.name} ${claim.topic}, ${arrival.body.length} bytes`);
  let found = await parts.findStore(platform.name, claim.store);
  if (found && !platform.isGenuine(arrival, found.secrets)) {
    // the secret may have changed a moment ago
    found = await parts.findStore(platform.name, claim.store, true);
    if (found && !platform.isGenuine(arrival, found.secrets)) return { outcome: 'not-genuine' };
  }
  if (!found) return { outcome: 'unknown-store' };
  watch('signature', 'genuine, over the bytes as they came');
  noticeVersion(endpoint, arrival, found, parts.log);
  const elsewhere = platform.isElsewhere?.(arrival, found.store) ?? null;
  if (elsewhere !== null) return { outcome: 'other-site', why: elsewhere };
  if (!platform.hears(claim.topic)) return { outcome: 'unheard', why: claim.topic };
  const kept = await keep(found, { body: arrival.body, hash }, claim, platform.sharesSecret, parts);
  watch('inbox', kept === 'stored' ? 'sealed and committed; answered 200' : kept);
  if (kept === 'stored') parts.ring([found.shard]);
  return { outcome: kept };
}

/** Stores of which it was said already, each with the version: one line tells it, the metric counts the rest. */
const told = new Set<string>();

/** A delivery in another version is read as well as it can be; people are told before something in it is misread. */
function noticeVersion({ platform }: Endpoint, arrival: Arrival, { store }: FoundStore, log: Logger): void {
  const version = platform.otherVersion?.(arrival) ?? null;
  if (version === null) return;
  metrics.otherVersions.inc({ platform: platform.name });
  const key = `${store.id} ${version}`;
  if (told.has(key) || told.size > 10_000) return;
  told.add(key);
  log.warn(
    { platform: platform.name, store: store.id, version },
    'webhooks come in another version than the one we read',
  );
}

function keep(
  { store, shard }: FoundStore,
  { body, hash }: { body: Buffer; hash: Buffer },
  claim: Extract<Claim, { kind: 'delivery' }>,
  sharedSecret: boolean,
  { inbox, keys }: ReceiverParts,
): Promise<Outcome> {
  return inbox.put({
    program: store.program,
    store: store.id,
    shard,
    topic: claim.topic,
    key: claim.key,
    subject: claim.subject,
    hash,
    body: sealBody(body, store.id, hash, keys),
    triggered: claim.triggered,
    sharedSecret,
  });
}

/** How long a refused sender may go on sending before the connection is cut; at once, it might never see the answer. */
const LINGER_MS = 500;

function answer(
  request: IncomingMessage,
  response: ServerResponse,
  endpoint: Endpoint | null,
  { outcome, why }: Verdict,
  log: Logger,
): void {
  const platform = endpoint?.platform.name ?? 'none';
  metrics.deliveries.inc({ platform, outcome });
  const status = STATUS[outcome];
  if (status >= 400) log.warn({ platform, outcome, why }, 'a delivery was refused');
  if (response.destroyed || response.headersSent) return;
  if (status < 300) return void response.writeHead(status, { 'content-length': 0 }).end();
  const headers: Record<string, string> = { 'content-type': 'text/plain; charset=utf-8', 'cache-control': 'no-store' };
  if (outcome === 'unavailable') headers['retry-after'] = '30';
  if (outcome === 'not-post') headers.allow = 'POST';
  if (HANGS_UP.has(outcome)) {
    headers.connection = 'close';
    const { socket } = request;
    request.on('error', () => {}).resume();
    const timer = setTimeout(() => socket.destroy(), LINGER_MS);
    socket.once('close', () => clearTimeout(timer));
  }
  response.writeHead(status, headers).end(outcome);
}
