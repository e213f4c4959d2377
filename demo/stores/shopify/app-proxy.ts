import { createHmac } from 'node:crypto';
import type { Answer, Handler, Request } from '../serve.js';

/** The query that Shopify's app proxy adds, signed with the app's secret: sorted `k=v` joined by nothing. */
export function signedQuery(original: URLSearchParams, added: Record<string, string>, secret: string): URLSearchParams {
  const query = new URLSearchParams(original);
  for (const name of ['signature', ...Object.keys(added)]) query.delete(name);
  for (const [name, value] of Object.entries(added)) query.append(name, value);
  const names = [...new Set(query.keys())].sort();
  const message = names.map((name) => `${name}=${query.getAll(name).join(',')}`).join('');
  query.append('signature', createHmac('sha256', secret).update(message).digest('hex'));
  return query;
}

export interface Proxying {
  domain: string;
  /** Under /apps/<subpath> of the shop. */
  subpath: string;
  /** Where the app wants these requests; null = the app is not there (yet). */
  target(): string | null;
  secret(): string;
  now(): number;
  customerOf(request: Request): string | null;
}

/** Forwards /apps/<subpath>/* to the app with who asks, signed; cookies do not pass, in neither direction. */
export function appProxy(proxy: Proxying): Handler {
  const prefix = `/apps/${proxy.subpath}`;
  return async (request): Promise<Answer | null> => {
    if (request.path !== prefix && !request.path.startsWith(`${prefix}/`)) return null;
    const target = proxy.target();
    if (!target) return { status: 502, headers: { 'content-type': 'text/plain' }, body: 'The app is not there.' };
    const added = {
      shop: proxy.domain,
      logged_in_customer_id: proxy.customerOf(request) ?? '',
      path_prefix: prefix,
      timestamp: String(Math.floor(proxy.now() / 1000)),
    };
    const query = signedQuery(request.query, added, proxy.secret());
    const passed = ['content-type', 'idempotency-key'].flatMap((name) => {
      const value = request.headers[name];
      return typeof value === 'string' ? [[name, value] as const] : [];
    });
    const init = {
      method: request.method,
      redirect: 'manual' as const,
      headers: { accept: 'application/json', ...Object.fromEntries(passed) },
    };
    const hasBody = request.method !== 'GET' && request.method !== 'HEAD';
    const answer = await fetch(
      `${target}${request.path.slice(prefix.length)}?${query}`,
      hasBody ? { ...init, body: new Uint8Array(request.body) } : init,
    );
    return {
      status: answer.status,
      headers: {
        'content-type': answer.headers.get('content-type') ?? 'application/json',
        'cache-control': 'no-store',
      },
      body: Buffer.from(await answer.arrayBuffer()),
    };
  };
}
