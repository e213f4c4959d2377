import { randomBytes } from 'node:crypto';
import { afterEach, beforeEach, describe, expect, test } from '@jest/globals';
import { startWooStore, type WooStore } from '../../demo/stores/woocommerce/start.js';
import { inTransaction } from '../../src/db/database.js';
import type { PluginArrival } from '../../src/http/woocommerce/connect-plugin.js';
import { woocommerceConnectRoutes } from '../../src/http/woocommerce/connect.js';
import { systemClock } from '../../src/lib/clock.js';
import { uninstallStore } from '../../src/loyalty/store-life.js';
import { TOPICS } from '../../src/platforms/woocommerce/subscriptions.js';
import { proofOfMove } from '../../src/stores/plugin-proofs.js';
import { connectWooCommerce } from '../../src/stores/connect-woocommerce.js';
import { serving } from '../http/serving.js';
import { testDatabase } from '../support/database.js';

const db = testDatabase();
const PUBLIC = 'https://points.example.test';
const ring = [{ id: 'k1', key: randomBytes(32) }];

let shop: WooStore;
const connected: { id: string; program: string }[] = [];
const verbs = (allowPrivate = true) =>
  connectWooCommerce({
    db: db.app,
    clock: systemClock,
    keys: ring,
    guard: { allowPrivate },
    publicUrl: PUBLIC,
    connected: async (store) => void connected.push(store),
  });

const token = () => randomBytes(24).toString('base64url');
const keysOf = ({ keys: [key] }: WooStore) => ({ consumerKey: key?.key ?? '', consumerSecret: key?.secret ?? '' });

/** As the plugin of the site does it: tells the token to whoever has the keys, and asks. */
function arrive(from: WooStore, more: Partial<PluginArrival> = {}) {
  const arrival: PluginArrival = {
    ...{ url: from.url, token: token(), keys: keysOf(from), awardHistory: false, now: Date.now() },
    ...more,
  };
  from.connecting(arrival.token);
  return verbs().fromPlugin(arrival);
}

/** A site made from a copy of the other's data: its keys and its installation's id are the same. */
const copyOf = ({ keys, storeId }: WooStore): Promise<WooStore> => startWooStore({ keys, storeId });

beforeEach(async () => {
  shop = await startWooStore();
  connected.length = 0;
});
afterEach(() => shop.close());

describe('A2 a companion plugin connects its shop', () => {
  test('it is told what it is called, where deliveries go, what is subscribed and what to sign with', async () => {
    const given = await arrive(shop, { name: 'Tea & Tray' });
    expect(given.webhookUrl).toBe(`${PUBLIC}/webhooks/woocommerce/${given.store}`);
    expect(given.topics).toEqual(TOPICS);
    expect(given.programName).toBe('Tea & Tray');
    expect(new Set([given.webhookSecret, given.shopperSecret, given.store]).size).toBe(3);
    expect(given.webhookSecret).toMatch(/^[\w-]{43}$/);
    expect(connected).toHaveLength(1);
  });

  test('over HTTP, and what is not asked for is refused', async () => {
    const service = await serving(woocommerceConnectRoutes(verbs(), true));
    const attempt = token();
    shop.connecting(attempt);
    const post = (body: object) =>
      fetch(`${service.url}/woocommerce/plugin`, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: JSON.stringify(body),
      });
    const said = { url: shop.url, token: attempt, ...keysOf(shop) };
    expect((await post({ ...said, program: '1' })).status).toBe(400);
    expect((await post({ ...said, token: 'short' })).status).toBe(400);
    const answer = await post(said);
    expect(answer.status).toBe(200);
    expect(Object.keys((await answer.json()) as object).sort()).toEqual(
      ['programName', 'shopperSecret', 'store', 'topics', 'webhookSecret', 'webhookUrl'].sort(),
    );
    await service.close();
  });

  test('keys that do not open the site connect nothing', async () => {
    const keys = { consumerKey: `ck_${'0'.repeat(40)}`, consumerSecret: `cs_${'0'.repeat(40)}` };
    await expect(arrive(shop, { keys })).rejects.toMatchObject({ code: 'platform_revoked' });
    expect(connected).toEqual([]);
  });

  test('a site that is not connecting at this moment, or is in the middle of another attempt, is not believed', async () => {
    const arrival: PluginArrival = {
      ...{ url: shop.url, token: token(), keys: keysOf(shop), awardHistory: false, now: Date.now() },
    };
    await expect(verbs().fromPlugin(arrival)).rejects.toMatchObject({ code: 'plugin_absent' });
    shop.connecting(token());
    await expect(verbs().fromPlugin(arrival)).rejects.toMatchObject({ code: 'store_mismatch' });
    expect(connected).toEqual([]);
  });

  test.each(['http://127.0.0.1:8080', 'https://10.0.0.7', 'https://shop.internal', 'https://a:b@shop.example.com'])(
    'where private addresses are refused, %s is never asked',
    async (url) => {
      const arrival = { url, token: token(), keys: keysOf(shop), awardHistory: false, now: Date.now() };
      const attempt = verbs(false).fromPlugin(arrival);
      await expect(attempt).rejects.toMatchObject({ code: 'store_url_refused' });
    },
  );

  test('connecting again, also after it was disconnected, goes on with the same store and program', async () => {
    const first = await arrive(shop);
    const again = await arrive(shop);
    expect(again).toEqual(first);
    const [{ id = '', program = '' } = {}] = connected;
    await inTransaction(db.app, { programs: [program] }, (tx) =>
      uninstallStore(tx, { program, store: id }, null, Date.now()),
    );
    const back = await arrive(shop);
    expect([back.store, back.webhookSecret]).toEqual([first.store, first.webhookSecret]);
    expect(back.shopperSecret).not.toBe(first.shopperSecret);
    expect(new Set(connected.map((store) => store.program)).size).toBe(1);
  });
});

describe('A2 a copy of a site', () => {
  test('that connects by itself is a store of its own, and the shop stays what it was', async () => {
    const live = await arrive(shop);
    const copy = await copyOf(shop);
    const own = await arrive(copy);
    expect(own.store).not.toBe(live.store);
    expect(own.webhookSecret).not.toBe(live.webhookSecret);
    expect((await arrive(shop)).store).toBe(live.store);
    expect((await arrive(copy)).store).toBe(own.store);
    await copy.close();
  });

  test('does not become the shop by connecting over the consent page, as long as the shop is there', async () => {
    const live = await arrive(shop);
    const copy = await copyOf(shop);
    const { id } = await verbs().begin({ url: copy.url, now: Date.now() });
    expect(await verbs().accept({ id, keys: keysOf(copy), now: Date.now() })).toBe(true);
    const [first, second] = connected;
    expect(second?.id).not.toBe(first?.id);
    expect((await arrive(shop)).store).toBe(live.store);
    await copy.close();
  });

  test('a move takes the store along for whoever holds its secret, and for nobody else', async () => {
    const before = await arrive(shop);
    const moved = await copyOf(shop);
    const attempt = token();
    const proof = (secret: string, store = before.store) => ({ store, proof: proofOfMove(secret, store, attempt) });
    const move = (by: { store: string; proof: string }) => arrive(moved, { token: attempt, moved: by });
    await expect(move(proof('guessed'))).rejects.toMatchObject({ code: 'move_unproved' });
    await expect(move(proof(before.webhookSecret, 'another'))).rejects.toMatchObject({ code: 'move_unproved' });
    const after = await move(proof(before.webhookSecret));
    expect([after.store, after.webhookSecret]).toEqual([before.store, before.webhookSecret]);
    // the site at the old address may still stand: what it signs for shoppers is believed no longer
    expect(after.shopperSecret).not.toBe(before.shopperSecret);
    const [row] = await db.sql<{ url: string }>('select url from store where key = $1', [before.store]);
    expect(row?.url).toBe(new URL(moved.url).href);
    await moved.close();
  });
});
