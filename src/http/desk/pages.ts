import { createHash, randomBytes } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { extname, join } from 'node:path';
import { gzipSync } from 'node:zlib';
import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import { type Reply, type Route, route } from '../contract.js';
import { escaped } from '../page.js';

const YEAR = 31_536_000;
const TYPES: Record<string, string> = {
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.woff2': 'font/woff2',
};
const APP_BRIDGE = 'https://cdn.shopify.com/shopifycloud/app-bridge.js';

interface BuiltFile {
  body: Buffer;
  gzipped: Buffer;
  type: string;
}

/** The desk as it was built: its files by name, and which of them the page begins with. */
export interface BuiltDesk {
  files: ReadonlyMap<string, BuiltFile>;
  script: string;
  style: string;
}

/** Reads what `npm run build` made, once. The names bear a hash, so they are cached for good. */
export function readBuiltDesk(folder: string): BuiltDesk {
  const names = readdirSync(folder).filter((name) => extname(name) in TYPES);
  const files = new Map(
    names.map((name) => {
      const body = readFileSync(join(folder, name));
      return [name, { body, gzipped: gzipSync(body, { level: 9 }), type: TYPES[extname(name)] ?? '' }];
    }),
  );
  const begin = (ending: string) => names.find((name) => name.startsWith('desk-') && name.endsWith(ending)) ?? '';
  return { files, script: begin('.js'), style: begin('.css') };
}

export interface Embedding {
  shop: string;
  apiKey: string;
}

/** The one page of the desk; what it shows is in its address. `embedding` = inside the admin of a Shopify shop. */
export function deskPage({ script, style }: BuiltDesk, embedding: Embedding | null): Reply {
  const nonce = randomBytes(16).toString('base64');
  const bridge = embedding
    ? `<meta name="shopify-api-key" content="${escaped(embedding.apiKey)}"><script src="${APP_BRIDGE}"></script>`
    : '';
  return {
    status: 200,
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': policyOf(nonce, embedding),
    },
    body: `<!doctype html><html lang="en"><head><meta charset="utf-8"><meta name="viewport" content="width=device-width,initial-scale=1">
<meta name="csp-nonce" property="csp-nonce" nonce="${nonce}" content="${nonce}"><meta name="color-scheme" content="light dark"><title>Tallymark</title>
${bridge}<link rel="icon" href="data:,"><link rel="stylesheet" href="/admin/assets/${style}">
<script type="module" src="/admin/assets/${script}"></script></head>
<body${embedding ? ' data-embedded' : ''}><div id="desk"></div><noscript>Tallymark needs JavaScript.</noscript></body></html>`,
  };
}

function policyOf(nonce: string, embedding: Embedding | null): string {
  const shopify = embedding ? ' https://cdn.shopify.com' : '';
  const frames = embedding ? `https://${embedding.shop} https://admin.shopify.com` : "'none'";
  return [
    "default-src 'none'",
    `script-src 'self'${shopify}`,
    `style-src 'self' 'nonce-${nonce}'`,
    "img-src 'self' data: https:",
    "font-src 'self'",
    `connect-src 'self'${embedding ? ` https://${embedding.shop}` : ''}`,
    "base-uri 'none'",
    "form-action 'none'",
    `frame-ancestors ${frames}`,
  ].join('; ');
}

/** The desk standing alone, under /admin. `built` may be asked again after a rebuild. */
export function deskPages(built: () => BuiltDesk): Route[] {
  const shared = {
    method: 'get',
    policy: { kind: 'open', why: 'a page and scripts without data; what it shows it asks for as somebody' },
    limit: 'none',
  } as const;
  const page = async () => deskPage(built(), null);
  return [
    route({
      ...shared,
      path: '/admin',
      name: 'desk',
      summary: 'The owner’s desk',
      query: z.record(z.string(), z.string()),
      answers: { 200: null },
      handle: page,
    }),
    route({
      ...shared,
      path: '/admin/assets/:file',
      name: 'deskAsset',
      summary: 'A script or style of the desk',
      params: z.strictObject({ file: z.string().regex(/^[\w.-]{1,100}$/) }),
      answers: { 200: null, 404: null },
      async handle({ params, header }) {
        const file = built().files.get(params.file);
        if (!file) throw new AppError('not_found', 404, 'The desk was rebuilt: reload the page.');
        return { status: 200, ...sent(file, /\bgzip\b/.test(header('accept-encoding') ?? '')) };
      },
    }),
    route({
      ...shared,
      path: '/admin/*place',
      name: 'deskPlace',
      summary: 'A place of the desk',
      params: z.object({}),
      // tabs, filters, dates: the place reads them
      query: z.record(z.string(), z.string()),
      answers: { 200: null },
      handle: page,
    }),
  ];
}

const sent = ({ body, gzipped, type }: BuiltFile, packed: boolean): Omit<Reply, 'status'> => ({
  body: packed ? gzipped : body,
  headers: {
    'content-type': type,
    'cache-control': `public, max-age=${YEAR}, immutable`,
    vary: 'accept-encoding',
    etag: `"${createHash('sha256').update(body).digest('base64url').slice(0, 16)}"`,
    ...(packed ? { 'content-encoding': 'gzip' } : {}),
  },
});
