import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { migrateAll } from '../../src/commands/migrate.js';
import { type Config, readConfig } from '../../src/config.js';
import { startEmbedded } from '../../src/db/embedded.js';
import { lay } from '../../src/foundation.js';
import type { StorefrontVerbs } from '../../src/http/storefront/verbs.js';
import { reconcileOrders, rereadRefunded } from '../../src/jobs/reconcile-orders.js';
import { reconcileReviews } from '../../src/jobs/reconcile-reviews.js';
import { runEffects } from '../../src/jobs/run-effects.js';
import { createLogger } from '../../src/lib/logger.js';
import { makeReleasers } from '../../src/lib/releasers.js';
import { makeLoyalty } from '../../src/loyalty/make-loyalty.js';
import { describeShop } from '../../src/platforms/woocommerce/connect.js';
import { registerWooStore } from '../../src/stores/register-woocommerce.js';
import { platformOpener } from '../../src/stores/open-platform.js';
import { makeProduct } from '../../src/wire.js';
import type { Keys } from './their-store.js';

/**
 * The service as it is, with a database that lives as long as the run, connected to somebody's store. It subscribes to
 * nothing there, since the store need not reach this machine: what happened is read, as reconciliation does.
 */
export interface OurService {
  storefront: StorefrontVerbs;
  /** A customer of the store as the storefront's verbs take them. */
  shopper(customer: string): Parameters<StorefrontVerbs['history']>[0];
  /** Reads what changed in the store since the run began, and does what waits to be done there. */
  catchUp(): Promise<void>;
  money: { code: string; exponent: number };
  version: string;
  close(): Promise<void>;
}

export async function startOurService(access: { url: string } & Keys): Promise<OurService> {
  const folder = await mkdtemp(join(tmpdir(), 'tallymark-store-'));
  const log = createLogger('warn');
  const releasers = makeReleasers(log);
  releasers.add('folder', () => rm(folder, { recursive: true, force: true }));
  const server = await startEmbedded({ folder });
  releasers.add('Postgres', () => server.stop());
  await migrateAll(server.url, true, () => undefined);
  const config: Config = readConfig({ DATA_DIR: folder, ALLOW_PRIVATE_STORES: 'true', LOG_LEVEL: 'warn' });
  const publicUrl = 'https://service.invalid';
  const foundation = await lay({ config, log, releasers, databaseUrl: server.url, publicUrl });
  const { storefront } = makeProduct(foundation);
  const { clock, databases } = foundation;
  const { keys, shards } = config;
  const guard = { allowPrivate: true };
  const shop = await describeShop(access, { guard, clock });
  const began = clock.now();
  const { id, program, key } = await registerWooStore(
    { db: databases.app, keys, connected: () => Promise.resolve() },
    { url: access.url, keys: access, shop, now: began },
  );
  const opener = platformOpener({ db: databases.work, keys, context: { shopify: null, guard, clock }, clock });
  const loyalty = makeLoyalty(keys, shards);
  const work = { db: databases.work, clock, loyalty, platformOf: opener.open, shards, noticed: () => undefined };
  const ref = { program, store: id };
  return {
    storefront,
    money: shop.money,
    version: shop.version,
    shopper: (customer) => ({
      store: { id, program, platform: 'woocommerce', key, url: access.url },
      customer,
      language: 'en',
      now: clock.now(),
    }),
    async catchUp() {
      await reconcileOrders(work, ref, began);
      await rereadRefunded(work, ref);
      await reconcileReviews(work, ref);
      for (let shard = 0; shard < shards; shard += 1) while ((await runEffects(work, shard)) > 0);
    },
    close: () => releasers.release(),
  };
}

/** A key of one intention. */
export const intention = (): string => randomUUID();
