import express, { type Express } from 'express';
import helmet from 'helmet';
import { requestId } from '../lib/ids.js';
import type { Logger } from '../lib/logger.js';
import type { Route } from './contract.js';
import { nothingHere, sayErrors } from './errors.js';
import { type Gate, mount } from './mount.js';

export interface AppOptions {
  routes: readonly Route[];
  gate: Gate;
  /** How many proxies of ours stand in front. */
  trustProxy: number;
  log: Logger;
}

/**
 * The Express half of the web process; webhooks are answered before it (node:http). Nothing is served that is not
 * declared: throws AppError('route_without_policy') instead of starting with a hole.
 */
export function buildApp({ routes, gate, trustProxy, log }: AppOptions): Express {
  const app = express();
  app.set('trust proxy', trustProxy);
  app.set('x-powered-by', false);
  app.set('query parser', false);
  app.set('etag', false);
  app.set('case sensitive routing', true);
  app.use((_request, response, next) => {
    response.locals['id'] = requestId();
    response.set('x-request-id', String(response.locals['id']));
    next();
  });
  app.use(headers());
  app.use(['/storefront/', '/shopify/till/'], allowEverywhere);
  app.use(express.json({ limit: '100kb', inflate: false, strict: true, type: 'application/json' }));
  mount(app, routes, gate);
  app.use(nothingHere);
  app.use(sayErrors(log));
  return app;
}

/** Answers are data, not pages: nothing may be loaded, framed, cached or referred from them unless a route says so. */
function headers() {
  const csp = helmet({
    contentSecurityPolicy: {
      useDefaults: false,
      directives: { defaultSrc: ["'none'"], frameAncestors: ["'none'"], baseUri: ["'none'"], formAction: ["'none'"] },
    },
    referrerPolicy: { policy: 'no-referrer' },
    frameguard: false,
    crossOriginResourcePolicy: { policy: 'cross-origin' },
  });
  const noStore: express.RequestHandler = (_request, response, next) => {
    response.set('cache-control', 'no-store');
    next();
  };
  return [csp, noStore];
}

/** Any page may ask: identity is in the token or the signed query, never in a cookie, so no credentials are allowed. */
const allowEverywhere: express.RequestHandler = (request, response, next) => {
  response.set('access-control-allow-origin', '*');
  response.set('access-control-expose-headers', 'retry-after, x-request-id');
  if (request.method !== 'OPTIONS') return next();
  response.set({
    'access-control-allow-methods': 'GET, POST, PUT, DELETE',
    'access-control-allow-headers': 'authorization, content-type, idempotency-key',
    'access-control-max-age': '86400',
  });
  response.status(204).end();
};
