import { isSameSite } from '../commerce/same-site.js';
import { inTransaction } from '../db/database.js';
import type { ConnectPlugin, PluginArrival, PluginConnection } from '../http/woocommerce/connect-plugin.js';
import { AppError } from '../lib/errors.js';
import { unguessable } from '../lib/ids.js';
import { readProgramName } from '../loyalty/store-life.js';
import { checkStoreUrl } from '../platforms/guarded-agent.js';
import { readAttempt, type ShopPerson } from '../platforms/woocommerce/companion.js';
import { type ConnectedShop, describeShop } from '../platforms/woocommerce/connect.js';
import { TOPICS } from '../platforms/woocommerce/subscriptions.js';
import { staffFromShop } from '../staff/people.js';
import { atAddress, shopOfKey, shopsOfInstallation } from './known-shop.js';
import { placeInShop } from './open-desk.js';
import { isSame, proofOfMove } from './plugin-proofs.js';
import { type ConnectParts, registerWooStore } from './register-woocommerce.js';
import { readSecrets } from './secrets.js';

/** The verb behind the plugin's route: tries what it says on the site itself, registers the store, gives it its secrets. */
export function connectPlugin(parts: ConnectParts): ConnectPlugin {
  return async (arrival) => {
    const url = checkStoreUrl(arrival.url, parts.guard).href;
    const access = { url, ...arrival.keys };
    const shop = await describeShop(access, parts);
    if (!isSameSite(shop.home, url))
      throw new AppError('store_mismatch', 422, `This address leads to a site that calls itself ${shop.home}.`);
    const attempt = await readAttempt(access, parts);
    if (!isSame(attempt.token, arrival.token))
      throw new AppError('store_mismatch', 422, 'The shop at this address is not the one that asks: begin there.');
    const key = (await keyFor(parts, { ...arrival, url }, shop)) ?? unguessable(24);
    const { keys, awardHistory, now, name } = arrival;
    const named = name === undefined ? {} : { name };
    const moved = arrival.moved !== undefined;
    const store = await registerWooStore(parts, { url, keys, shop, key, awardHistory, now, moved, ...named });
    return handOver(parts, store, attempt.person);
  };
}

/** What the store was known by before; null = it begins anew. */
async function keyFor(parts: ConnectParts, arrival: PluginArrival, shop: ConnectedShop): Promise<string | null> {
  if (arrival.moved) return movedKey(parts, arrival.moved, arrival.token, shop);
  return atAddress(await shopsOfInstallation(parts.db, shop.storeId), arrival.url)?.key ?? null;
}

/**
 * Only who holds the store's secret may take it to another address. A copy of the site holds it as well: that it is a
 * move and no copy is its owner's word.
 */
async function movedKey(
  { db, keys }: ConnectParts,
  moved: { store: string; proof: string },
  token: string,
  shop: ConnectedShop,
): Promise<string> {
  const known = await shopOfKey(db, moved.store);
  if (known && known.installation === shop.storeId) {
    const secrets = await inTransaction(db, 'intake', (tx) => readSecrets(tx, known.id, 'webhook', keys));
    if (secrets.some((secret) => isSame(proofOfMove(secret, known.key, token), moved.proof))) return known.key;
  }
  throw new AppError(
    'move_unproved',
    422,
    'This site cannot show that it is the shop that was connected: disconnect it, and connect it as a new one.',
  );
}

/** Whoever connects a shop is at home at its desk from then on: the first of them as the program's owner. */
async function handOver(
  { db, keys, publicUrl }: ConnectParts,
  { id, program, key }: { id: string; program: string; key: string },
  person: ShopPerson | undefined,
): Promise<PluginConnection> {
  return inTransaction(db, { programs: [program] }, async (tx) => {
    const [webhookSecret = ''] = await readSecrets(tx, id, 'webhook', keys);
    const [shopperSecret = ''] = await readSecrets(tx, id, 'shopper', keys);
    if (person) await staffFromShop(tx, program, { ...person, user: placeInShop(key, person.user) });
    const programName = await readProgramName(tx, program);
    const webhookUrl = `${publicUrl}/webhooks/woocommerce/${key}`;
    return { store: key, programName, webhookUrl, topics: TOPICS, webhookSecret, shopperSecret };
  });
}
