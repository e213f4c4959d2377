import { type Database, inTransaction } from '../db/database.js';
import { CONNECT_PATHS, type ConnectWooCommerce, type StoreKeys } from '../http/woocommerce/connect.js';
import type { Millis } from '../lib/clock.js';
import { AppError, RetryLater } from '../lib/errors.js';
import { checkStoreUrl } from '../platforms/guarded-agent.js';
import { type ConnectedShop, authorizeUrl, describeShop, newConnectId } from '../platforms/woocommerce/connect.js';
import { connectPlugin } from './connect-plugin.js';
import { openDesk } from './open-desk.js';
import { type KnownShop, atAddress, shopsOfInstallation } from './known-shop.js';
import { type ConnectParts, registerWooStore } from './register-woocommerce.js';
import { readSecrets } from './secrets.js';

/** An owner who has not come back from the consent page by then begins anew. */
const PATIENCE_MS = 10 * 60_000;

/** The verbs behind the WooCommerce connect routes. Only an address that we stored is ever called, and only once per consent. */
export function connectWooCommerce(parts: ConnectParts): ConnectWooCommerce {
  const { db, guard, publicUrl } = parts;
  return {
    async begin({ url, awardHistory = false, now }) {
      const shop = checkStoreUrl(url, guard);
      const id = newConnectId();
      await inTransaction(db, { programs: [] }, (tx) =>
        tx.prepared(
          'stores_connection',
          "insert into connection (id, platform, url, made_at, award_history) values ($1, 'woocommerce', $2, $3, $4)",
          [id, shop.href, new Date(now), awardHistory],
        ),
      );
      const { back, callback } = CONNECT_PATHS;
      return { id, authorizeUrl: authorizeUrl(shop, id, `${publicUrl}${back}`, `${publicUrl}${callback}`) };
    },
    async accept({ id, keys, now }) {
      const meant = await takeConnection(db, id, now);
      if (meant === null) return false;
      try {
        await connect(parts, meant, keys, now);
        await settleConnection(db, id, 'connected');
        return true;
      } catch (error) {
        await settleConnection(db, id, 'refused');
        throw error;
      }
    },
    async outcome(id) {
      const rows = await inTransaction(db, { programs: [] }, (tx) =>
        tx.prepared<{ outcome: 'connected' | 'refused' | null }>(
          'stores_outcome',
          'select outcome from connection where id = $1',
          [id],
        ),
      );
      const [row] = rows;
      return row ? (row.outcome ?? 'waiting') : 'refused';
    },
    fromPlugin: connectPlugin(parts),
    openDesk: openDesk(parts),
  };
}

const TAKE = `
  update connection set outcome = 'refused' where id = $1 and outcome is null and made_at > $2 returning url, award_history as "awardHistory"`;

interface Meant {
  url: string;
  awardHistory: boolean;
}

/** What was meant, once: a callback that comes again finds nothing. */
async function takeConnection(db: Database, id: string, now: Millis): Promise<Meant | null> {
  const [row] = await inTransaction(db, { programs: [] }, (tx) =>
    tx.prepared<Meant>('stores_take', TAKE, [id, new Date(now - PATIENCE_MS)]),
  );
  return row ?? null;
}

async function settleConnection(db: Database, id: string, outcome: 'connected' | 'refused'): Promise<void> {
  await inTransaction(db, { programs: [] }, (tx) =>
    tx.prepared('stores_settle', 'update connection set outcome = $2 where id = $1', [id, outcome]),
  );
}

async function connect(parts: ConnectParts, { url, awardHistory }: Meant, keys: StoreKeys, now: Millis): Promise<void> {
  const shop = await describeShop({ url, ...keys }, parts);
  const known = await knownAs(parts, shop, url);
  await registerWooStore(parts, { url, keys, shop, awardHistory, now, ...(known ? { key: known.key } : {}) });
}

/**
 * The store that this site was before: at this address, or, when it is no longer at the old one, where it moved from. A
 * copy says the same installation: as long as the old address still answers to its keys, it stays whose it is.
 */
async function knownAs(parts: ConnectParts, shop: ConnectedShop, url: string): Promise<KnownShop | null> {
  const shops = await shopsOfInstallation(parts.db, shop.storeId);
  const [newest] = shops;
  const here = atAddress(shops, url);
  return here ?? (newest && !(await isStillThere(parts, newest)) ? newest : null);
}

async function isStillThere(parts: ConnectParts, { id, url, installation }: KnownShop): Promise<boolean> {
  const [text] = await inTransaction(parts.db, 'intake', (tx) => readSecrets(tx, id, 'woocommerce-keys', parts.keys));
  if (text === undefined) return false;
  try {
    return (await describeShop({ url, ...(JSON.parse(text) as StoreKeys) }, parts)).storeId === installation;
  } catch (error) {
    if (error instanceof AppError || error instanceof RetryLater) return false;
    throw error;
  }
}
