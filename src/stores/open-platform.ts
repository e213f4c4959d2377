import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import { type Database, inTransaction } from '../db/database.js';
import type { Clock, Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { SealingKey } from '../lib/key-file.js';
import { type PlatformContext, platformFor } from '../platforms/registry.js';
import { readSecrets } from './secrets.js';
import { tokenVault } from './token-vault.js';

interface StoreRow {
  platform: string;
  key: string;
  url: string;
  status: string;
  money_code: string;
  money_exponent: number;
}

/** How long an opened platform is used before its store is looked at again: a suspension is noticed within this. */
const REMEMBERED_MS = 30_000;

export interface OpenerParts {
  db: Database;
  keys: readonly SealingKey[];
  context: PlatformContext;
  clock: Clock;
}

export interface PlatformOpener {
  open(program: string, store: string): Promise<OutboundPlatform>;
  /** After new keys or tokens came. */
  forget(store: string): void;
}

/** Opens stores' platforms with their unsealed secrets. @throws AppError `store_inactive` (409), `store_not_connected` (409) */
export function platformOpener(parts: OpenerParts): PlatformOpener {
  const opened = new Map<string, { at: Millis; platform: OutboundPlatform }>();
  return {
    async open(program, store) {
      const known = opened.get(store);
      if (known && parts.clock.now() - known.at < REMEMBERED_MS) return known.platform;
      const platform = await openStore(parts, program, store);
      opened.set(store, { at: parts.clock.now(), platform });
      return platform;
    },
    forget: (store) => void opened.delete(store),
  };
}

async function openStore(
  { db, keys, context }: OpenerParts,
  program: string,
  store: string,
): Promise<OutboundPlatform> {
  const { row, wooKeys } = await inTransaction(db, { programs: [program] }, async (tx) => {
    const [found] = await tx.prepared<StoreRow>(
      'stores_open',
      'select platform, key, url, status, money_code, money_exponent from store where program_id = $1 and id = $2',
      [program, store],
    );
    return { row: found, wooKeys: await readSecrets(tx, store, 'woocommerce-keys', keys) };
  });
  if (!row || row.status !== 'active') {
    throw new AppError('store_inactive', 409, 'This store is not connected at present.', { store });
  }
  const money = { code: row.money_code, exponent: row.money_exponent };
  if (row.platform === 'shopify') {
    return platformFor(
      { platform: 'shopify', shop: row.key, vault: tokenVault(db, { program, store }, keys), money },
      context,
    );
  }
  const [text] = wooKeys;
  if (text === undefined)
    throw new AppError('store_not_connected', 409, 'This store has no API keys: connect it again.');
  const { consumerKey, consumerSecret } = JSON.parse(text) as { consumerKey: string; consumerSecret: string };
  return platformFor(
    { platform: 'woocommerce', access: { url: row.url, consumerKey, consumerSecret }, money },
    context,
  );
}
