import { pipeline } from 'node:stream/promises';
import type { Express, Request, Response } from 'express';
import { systemClock, type Clock } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { metrics } from '../lib/metrics.js';
import { type Incoming, invalidRequest, type Owner, POLICY_KINDS, type Reply, type Route } from './contract.js';
import { type DeskGate, ownerCaller } from './desk/owner-caller.js';
import type { Limiter } from './limits.js';
import { type FindStore, identify, type IdentityProofs, PROXY_PARAMETERS } from './storefront/identity.js';
import type { Shopper } from './storefront/verbs.js';

/** Proves a session token of Shopify's admin; null when it is not genuine. */
export type ProveMerchant = (token: string, now: number) => Promise<{ shop: string; user: string | null } | null>;

/** How callers are known and held to their limits. */
export interface Gate extends DeskGate {
  proofs: IdentityProofs;
  findStore: FindStore;
  merchant: ProveMerchant;
  limiter: Limiter;
  operatorToken: (given: string | undefined) => boolean;
  clock?: Clock;
}

/** Puts the routes on the app. Throws when one has no policy: then the server does not start. */
export function mount(app: Express, routes: readonly Route[], gate: Gate): void {
  for (const route of routes) {
    const policy = (route as { policy?: { kind?: string } }).policy;
    if (!POLICY_KINDS.includes(policy?.kind ?? ''))
      throw new AppError(
        'route_without_policy',
        500,
        `${route.method} ${route.path} says not who may call it: give it a policy.`,
      );
    app[route.method](route.path, (request, response) => serve(route, request, response, gate));
  }
  refuseUndeclared(app, routes);
}

/** A route that came past `mount` has no policy either. */
function refuseUndeclared(app: Express, routes: readonly Route[]): void {
  const declared = new Set(routes.map(({ method, path }) => `${method} ${path}`));
  for (const { route } of app.router.stack) {
    if (!route) continue;
    const methods = [...new Set(route.stack.map(({ method }) => method))];
    const stranger = methods.find((method) => !declared.has(`${method} ${route.path}`));
    if (stranger)
      throw new AppError(
        'route_without_policy',
        500,
        `${stranger} ${route.path} is not declared: use route() and mount().`,
      );
  }
}

async function serve(route: Route, request: Request, response: Response, gate: Gate): Promise<void> {
  const stop = metrics.requests.startTimer({ route: route.name });
  response.on('close', () => stop({ status: `${Math.floor(response.statusCode / 100)}xx` }));
  const search = new URLSearchParams(request.url.split('?')[1] ?? '');
  const incoming = await admitted(route, request, search, String(response.locals['id']), gate);
  const reply = await route.serve(incoming);
  await send(route, reply, response);
}

/** Who calls is settled first, then how often, and only then what. */
async function admitted(
  route: Route,
  request: Request,
  search: URLSearchParams,
  id: string,
  gate: Gate,
): Promise<Incoming> {
  const now = (gate.clock ?? systemClock).now();
  const address = request.ip ?? 'unknown';
  const caller = await callerOf(route, request, search, { ...gate, now, address });
  const { limiter } = gate;
  if (route.limit !== 'none') await limiter.count(route.limit, caller.key ?? address);
  return {
    id,
    params: request.params as Record<string, string>,
    query: single(search, caller.proxied),
    ...(route.takes ? { body: undefined, bytes: bytesOf(request, route.takes) } : { body: bodyOf(request) }),
    header: (name) => request.get(name),
    now,
    shopper: caller.shopper ?? null,
    merchant: caller.merchant ?? null,
    owner: caller.owner ?? null,
  };
}

interface Caller {
  shopper?: Shopper;
  merchant?: { shop: string; token: string };
  owner?: Owner;
  /** What is counted; absent = the address. */
  key?: string;
  proxied?: boolean;
}

async function callerOf(
  { policy }: Route,
  request: Request,
  search: URLSearchParams,
  gate: Gate & { now: number; address: string },
): Promise<Caller> {
  const { limiter, address, now } = gate;
  if (policy.kind === 'open') return {};
  await limiter.refuseIfSpent('unproved', address);
  try {
    const authorization = request.get('authorization');
    if (policy.kind === 'operator') return operator(authorization, gate);
    if (policy.kind === 'merchant') return await merchant(authorization, gate);
    if (policy.kind === 'owner') return await ownerCaller(request, policy.may, gate);
    const shopper = await identify({ authorization, search, now }, gate.proofs, gate.findStore);
    if (policy.customer === 'required' && shopper.customer === null)
      throw new AppError('guest', 403, 'Sign in to the shop first.');
    const { store, customer } = shopper;
    return {
      shopper,
      proxied: search.has('signature'),
      ...(customer === null ? {} : { key: `${store.program}/${store.id}/${customer}` }),
    };
  } catch (error) {
    if (error instanceof AppError && error.status === 401) await limiter.count('unproved', address);
    throw error;
  }
}

function operator(authorization: string | undefined, gate: Gate): Caller {
  if (!gate.operatorToken(authorization)) throw new AppError('not_found', 404, 'There is nothing of that name here.');
  return {};
}

async function merchant(authorization: string | undefined, gate: Gate & { now: number }): Promise<Caller> {
  const [, token] = /^Bearer ([\w.-]{1,4096})$/.exec(authorization ?? '') ?? [];
  const proved = token === undefined ? null : await gate.merchant(token, gate.now);
  if (!proved || token === undefined)
    throw new AppError(
      'unauthenticated',
      401,
      'The session token is missing, forged or expired: get a new one from App Bridge.',
      {
        headers: { 'x-shopify-retry-invalid-session-request': '1' },
      },
    );
  return { merchant: { shop: proved.shop, token }, key: `shop/${proved.shop}` };
}

/** Every parameter once; what the platform's proxy added is part of the proof and left out here. */
function single(search: URLSearchParams, proxied = false): Record<string, string> {
  const query: Record<string, string> = {};
  for (const [name, value] of search) {
    if (proxied && PROXY_PARAMETERS.includes(name)) continue;
    if (Object.hasOwn(query, name)) throw invalidRequest([{ where: `query.${name}`, problem: 'given more than once' }]);
    Object.defineProperty(query, name, { value, enumerable: true });
  }
  return query;
}

/** `express.json` leaves undefined where there was none, and refuses nothing by type: a body of another type is a 415. */
function bodyOf(request: Request): unknown {
  const sent = request.get('transfer-encoding') !== undefined || Number(request.get('content-length') ?? 0) > 0;
  if (sent && request.body === undefined)
    throw new AppError('unsupported', 415, 'Send JSON in UTF-8 (content-type: application/json), uncompressed.');
  return request.body;
}

/** The body unread; whoever reads it says how much is too much. */
function bytesOf(request: Request, type: string): AsyncIterable<Uint8Array> {
  if (!request.is(type))
    throw new AppError('unsupported', 415, `Send the file itself (content-type: ${type}), uncompressed.`);
  return request;
}

/** Only what the route's schema names leaves; an answer that does not fit it is a defect, not a leak. */
async function send(route: Route, { status, body, headers = {} }: Reply, response: Response): Promise<void> {
  if (!(status in route.answers) && status !== 304)
    throw new Error(`${route.name} answered ${status}, which it does not declare`);
  response.status(status).set(headers);
  const schema = route.answers[status];
  if (schema) response.json(schema.parse(body));
  else if (typeof body === 'string' || Buffer.isBuffer(body)) response.end(body);
  else if (isPieces(body)) await pipeline(body, response).catch((error: unknown) => brokeOff(error, response));
  else response.end();
}

const isPieces = (body: unknown): body is AsyncIterable<Uint8Array | string> =>
  typeof body === 'object' && body !== null && Symbol.asyncIterator in body;

/** Whoever asked went away, or it cannot be told to the end: what was begun is broken off, so that nobody takes it for whole. */
function brokeOff(error: unknown, response: Response): void {
  response.destroy();
  const left = error instanceof Error && 'code' in error && error.code === 'ERR_STREAM_PREMATURE_CLOSE';
  if (!left) throw error;
}
