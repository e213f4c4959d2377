import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import type { Arrival, KnownStore } from '../../src/commerce/inbound-platform.js';

const FIXTURES = join(process.cwd(), 'test/fixtures');

function filesUnder(folder: string): string[] {
  return readdirSync(folder, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && entry.name.endsWith('.json'))
    .map((entry) => join(entry.parentPath, entry.name))
    .sort();
}

/** A delivery as a real store sent it; `headers` are raw names and values in their order. */
export interface CapturedDelivery {
  name: string;
  scenario: string;
  headers: [string, string][];
  secret: string;
  body: Buffer;
}

/** Every recorded delivery; a further file of the same shape anywhere under the folder is taken as well. */
export function wooDeliveries(): CapturedDelivery[] {
  const folder = join(FIXTURES, 'woocommerce/webhooks');
  return filesUnder(folder).map((file) => {
    const raw = JSON.parse(readFileSync(file, 'utf8')) as {
      scenario: string;
      headers: [string, string][];
      secret: string;
      bodyBase64: string;
    };
    return {
      name: relative(folder, file).replace(/\.json$/, ''),
      scenario: raw.scenario,
      headers: raw.headers,
      secret: raw.secret,
      body: Buffer.from(raw.bodyBase64, 'base64'),
    };
  });
}

/** The body of a recorded answer of the store's REST API (test/fixtures/woocommerce/rest). */
export function wooRest(name: string): unknown {
  const raw = JSON.parse(readFileSync(join(FIXTURES, 'woocommerce/rest', `${name}.json`), 'utf8')) as {
    bodyText: string;
  };
  return JSON.parse(raw.bodyText);
}

/** A sample body of Shopify with the topic it would come under. `bytes` keep every digit of its ids. */
export interface ShopifySample {
  name: string;
  topic: string;
  bytes: Buffer;
  body: Record<string, unknown>;
}

export function shopifySamples(): ShopifySample[] {
  const folder = join(FIXTURES, 'shopify');
  return filesUnder(folder).map((file) => {
    const raw = JSON.parse(readFileSync(file, 'utf8')) as { topic: string; body: Record<string, unknown> };
    return {
      name: relative(folder, file).replace(/\.json$/, ''),
      topic: raw.topic,
      bytes: Buffer.from(JSON.stringify(raw.body)),
      body: raw.body,
    };
  });
}

/** The delivery as the receiver hands it to a platform. */
export function arrivalOf(headers: readonly [string, string][], body: Buffer, token: string | null = 'token'): Arrival {
  const grouped: Record<string, string | string[]> = {};
  for (const [name, value] of headers) {
    const before = grouped[name.toLowerCase()];
    grouped[name.toLowerCase()] = before === undefined ? value : [before, value].flat();
  }
  return { headers: grouped, body, token };
}

export function aKnownStore(overrides: Partial<KnownStore> = {}): KnownStore {
  return {
    id: '1',
    program: '1',
    key: 'demo-shop.myshopify.com',
    source: null,
    money: { code: 'EUR', exponent: 2 },
    zone: 'Europe/Berlin',
    ...overrides,
  };
}
