import { afterAll, afterEach, beforeAll, expect } from '@jest/globals';
import { testDatabase, type TestDatabase } from '../support/database.js';
import { aProgram } from '../support/rows.js';
import {
  aSigningStore,
  post,
  shopifyHeaders,
  startReceiver,
  wooHeaders,
  type Answered,
  type RawHeaders,
  type TestReceiver,
} from './receiver.js';

export const WOO_SECRET = 'whsec-loyalty-test-0123456789';
export const SHOP = 'door.myshopify.com';
export const OTHER_SHOP = 'other.myshopify.com';

type Row = Record<string, unknown> & { body: Buffer; body_hash: Buffer };

/** A receiver with a Shopify shop, another one, a WooCommerce store and a review app behind it, for a whole test file. */
export interface Door {
  db: TestDatabase;
  receiver: TestReceiver;
  program: string;
  shopifyStore: string;
  wooStore: string;
  rows(): Promise<Row[]>;
  toShopify(body: Buffer | string, headers?: RawHeaders): Promise<Answered>;
  toWoo(body: Buffer | string, headers?: RawHeaders): Promise<Answered>;
  /** Answered like that, no row, nobody woken. */
  expectRefused(answer: Promise<{ status: number }>, status: number): Promise<void>;
}

export function theDoor(): Door {
  const db = testDatabase();
  const door = {
    db,
    rows: () => db.sql<Row>('select * from inbox order by id'),
    toShopify: (body: Buffer | string, headers: RawHeaders = shopifyHeaders(body, { shop: SHOP })) =>
      post(door.receiver.url, '/webhooks/shopify', body, headers),
    toWoo: (body: Buffer | string, headers: RawHeaders = wooHeaders(body, { secret: WOO_SECRET })) =>
      post(door.receiver.url, '/webhooks/woocommerce/token-1', body, headers),
    async expectRefused(answer: Promise<{ status: number }>, status: number) {
      expect((await answer).status).toBe(status);
      expect(await door.rows()).toEqual([]);
      expect(door.receiver.rung).toEqual([]);
    },
  } as Door;
  beforeAll(async () => {
    door.program = await aProgram(db);
    const woo = { platform: 'woocommerce', key: 'token-1', url: 'https://beans.test' };
    const rated = {
      platform: 'shopify',
      key: 'rated.myshopify.com',
      settings: { reviews: { judgeme: { token: 'review-token' } } },
    };
    door.shopifyStore = await aSigningStore(db, door.program, { platform: 'shopify', key: SHOP }, 'unused');
    door.wooStore = await aSigningStore(db, door.program, woo, WOO_SECRET);
    await aSigningStore(db, await aProgram(db), { platform: 'shopify', key: OTHER_SHOP }, 'unused');
    await aSigningStore(db, door.program, rated, 'jm', 'reviews/judgeme');
    door.receiver = await startReceiver(db);
  });
  afterAll(() => door.receiver.close());
  afterEach(async () => {
    await db.sql('delete from inbox');
    door.receiver.rung.length = 0;
  });
  return door;
}

export const without = (headers: RawHeaders, name: string): RawHeaders =>
  headers.filter(([key]) => key.toLowerCase() !== name.toLowerCase());

export const replaced = (headers: RawHeaders, name: string, value: string): RawHeaders =>
  headers.map(([key, before]) => [key, key.toLowerCase() === name.toLowerCase() ? value : before]);
