import { createHash } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../lib/errors.js';
import { type Reply, type Route, route } from './contract.js';

const YEAR = 31_536_000;
const why = 'a public script without data; shops embed it';

/**
 * The widget's file: under its plain name for five minutes at a time, under its hash for a year. `code` may be asked
 * again after a rebuild.
 */
export function widgetRoutes(code: () => Buffer): Route[] {
  const shared = { method: 'get', policy: { kind: 'open', why }, limit: 'none' } as const;
  const script = (body: Buffer, hash: string, caching: string): Reply => ({
    status: 200,
    body,
    headers: {
      'content-type': 'text/javascript; charset=utf-8',
      'access-control-allow-origin': '*',
      'cache-control': caching,
      etag: `"${hash}"`,
    },
  });
  return [
    route({
      ...shared,
      path: '/widget.js',
      name: 'widget',
      summary: 'The storefront widget',
      answers: { 200: null, 304: null },
      async handle({ header }) {
        const hash = hashOf(code());
        const caching = 'public, max-age=300, stale-while-revalidate=86400';
        if (header('if-none-match')?.includes(`"${hash}"`))
          return { status: 304, headers: { etag: `"${hash}"`, 'cache-control': caching } };
        return script(code(), hash, caching);
      },
    }),
    route({
      ...shared,
      path: '/widget-:hash.js',
      name: 'widgetByHash',
      summary: 'The storefront widget of one build, cached for a year',
      params: z.strictObject({ hash: z.string().regex(/^[\w-]{16}$/) }),
      answers: { 200: null },
      async handle({ params }) {
        if (params.hash !== hashOf(code()))
          throw new AppError('not_found', 404, 'There is no widget of this build here; use /widget.js.');
        return script(code(), params.hash, `public, max-age=${YEAR}, immutable`);
      },
    }),
  ];
}

/** The first 96 bits of SHA-256, in base64url. */
export const hashOf = (code: Buffer): string => createHash('sha256').update(code).digest('base64url').slice(0, 16);
