import { setTimeout as wait } from 'node:timers/promises';
import wooRestApi from '@woocommerce/woocommerce-rest-api';
import { systemClock, type Clock } from '../../lib/clock.js';
import { AppError, RetryLater } from '../../lib/errors.js';
import { failureOf, lost, nonsense, wireFault } from '../failures.js';
import { checkStoreUrl, type Guard, guardedAgents } from '../guarded-agent.js';

export interface WooAccess {
  /** The shop's home URL, as stored when it was connected. */
  url: string;
  consumerKey: string;
  consumerSecret: string;
}

export interface WooClientOptions {
  guard: Guard;
  clock?: Clock;
  timeoutMs?: number;
  /** Of the REST API; WooCommerce's own by default. */
  namespace?: string;
}

export interface WooAnswer {
  status: number;
  /** Parsed JSON, not yet checked. */
  body: unknown;
  /** How many pages a list has. */
  pages: number;
}

type Params = Readonly<Record<string, string | number | boolean>>;

/** The REST API of one shop. Answers 2xx, 400, 404 and the like; everything else is thrown as RetryLater or AppError. */
export interface WooClient {
  get(path: string, params?: Params): Promise<WooAnswer>;
  post(path: string, body: unknown): Promise<WooAnswer>;
  put(path: string, body: unknown): Promise<WooAnswer>;
  delete(path: string, params?: Params): Promise<WooAnswer>;
}

interface RawAnswer {
  status: number;
  data: unknown;
  headers: Record<string, unknown>;
}

const TIMEOUT_MS = 10_000;
const LARGEST = 5 * 1024 * 1024;
const SHORT_WAITS = [150, 600];

/**
 * WooCommerce's own client, kept within bounds through its axios configuration: checked and pinned addresses, no
 * redirects, no proxy, 10 s, 5 MB. What can be repeated without harm (all but POST) is repeated twice after a short while.
 */
export function wooClient(access: WooAccess, options: WooClientOptions): WooClient {
  const url = checkStoreUrl(access.url, options.guard);
  const clock = options.clock ?? systemClock;
  const timeoutMs = options.timeoutMs ?? TIMEOUT_MS;
  const agents = guardedAgents(options.guard);
  const api = (): InstanceType<typeof wooRestApi.default> =>
    new wooRestApi.default({
      url: url.href.replace(/\/$/, ''),
      consumerKey: access.consumerKey,
      consumerSecret: access.consumerSecret,
      version: (options.namespace ?? 'wc/v3') as 'wc/v3',
      axiosConfig: {
        ...agents,
        proxy: false,
        maxRedirects: 0,
        timeout: timeoutMs,
        signal: AbortSignal.timeout(timeoutMs),
        maxContentLength: LARGEST,
        maxBodyLength: LARGEST,
        responseType: 'text',
        transformResponse: (text: unknown) => text,
        validateStatus: () => true,
      },
    });

  const once = async (method: string, path: string, send: () => Promise<RawAnswer>): Promise<WooAnswer> => {
    const what = `${url.host} ${method} ${path.replace(/\d+/g, 'N')}`;
    const answer = await send().catch((error: unknown) => {
      throw unreached(error, what);
    });
    const header = (name: string): string | null =>
      typeof answer.headers[name] === 'string' ? answer.headers[name] : null;
    const failure = failureOf(answer.status, header('retry-after'), what, clock.now());
    if (failure) throw failure;
    return { status: answer.status, body: jsonOf(answer.data, what), pages: Number(header('x-wp-totalpages') ?? 1) };
  };

  const patient = async (method: string, path: string, send: () => Promise<RawAnswer>): Promise<WooAnswer> => {
    for (const ms of SHORT_WAITS) {
      try {
        return await once(method, path, send);
      } catch (error) {
        if (!(error instanceof RetryLater) || error.afterMs > 30_000 || isTimeout(error)) throw error;
        await wait(error.afterMs < 2_000 ? Math.max(ms, error.afterMs) : ms);
      }
    }
    return once(method, path, send);
  };

  return {
    get: (path, params = {}) => patient('GET', path, () => api().get(path, params)),
    post: (path, body) => once('POST', path, () => api().post(path, body as object)),
    put: (path, body) => patient('PUT', path, () => api().put(path, body as object)),
    delete: (path, params = {}) => patient('DELETE', path, () => api().delete(path, params)),
  };
}

/** Never the error of the HTTP library itself: it holds the request with its credentials. */
function unreached(error: unknown, what: string): Error {
  if (error instanceof AppError) return error;
  const cause = (error as { cause?: unknown } | null)?.cause;
  if (cause instanceof AppError) return cause;
  return lost(what, wireFault(error));
}

const isTimeout = (error: RetryLater): boolean => /ECONNABORTED|ETIMEDOUT|ERR_CANCELED/.test(error.message);

function jsonOf(text: unknown, what: string): unknown {
  if (typeof text !== 'string') throw nonsense(what, 'no text');
  try {
    return JSON.parse(text.replace(/^\uFEFF/, '')) as unknown;
  } catch {
    throw nonsense(what, text === '' ? 'empty' : 'not JSON');
  }
}
