import { setAbstractFetchFunc } from '@shopify/shopify-api/runtime';
import { shopDomain } from './shop-domain.js';

const TIMEOUT_MS = 10_000;
const LARGEST = 5 * 1024 * 1024;

export interface ShopifyFetchOptions {
  timeoutMs?: number;
  /**
   * For the demo and for tests alone: where a shop of this domain listens instead, e.g. http://127.0.0.1:4082.
   * Null = Shopify itself.
   */
  standIn?: (domain: string) => string | null;
}

/**
 * How the library reaches Shopify: only hosts of shops, over https, no redirects, 10 s for the whole answer, 5 MB of it.
 * (The library keeps one such function for the process.)
 */
export function installShopifyFetch(options: ShopifyFetchOptions = {}): void {
  setAbstractFetchFunc(boundedFetch(options));
}

export function boundedFetch({ timeoutMs = TIMEOUT_MS, standIn }: ShopifyFetchOptions): typeof fetch {
  return async (input, init) => {
    const url = new URL(input instanceof Request ? input.url : input);
    const domain = shopDomain(url.hostname);
    if (domain === null || url.protocol !== 'https:' || url.port !== '')
      throw new TypeError('not an address of a Shopify shop');
    const instead = standIn?.(domain) ?? null;
    const target = instead === null ? url : new URL(url.pathname + url.search, instead);
    const deadline = AbortSignal.timeout(timeoutMs);
    const signal = init?.signal ? AbortSignal.any([init.signal, deadline]) : deadline;
    const answer = await fetch(target, { ...init, redirect: 'manual', signal });
    return new Response(await bounded(answer), {
      status: answer.status,
      statusText: answer.statusText,
      headers: answer.headers,
    });
  };
}

/** The whole body, unless it is too long. */
async function bounded(answer: Response): Promise<Uint8Array<ArrayBuffer> | null> {
  if (answer.status === 204 || answer.status === 304 || !answer.body) return null;
  const parts: Uint8Array[] = [];
  let length = 0;
  for await (const part of answer.body as unknown as AsyncIterable<Uint8Array>) {
    length += part.length;
    if (length > LARGEST) throw new TypeError('the answer is too long');
    parts.push(part);
  }
  return new Uint8Array(Buffer.concat(parts));
}
