import { afterAll, beforeAll } from '@jest/globals';
import { testDatabase } from '../support/database.js';
import { RememberedPlatform } from '../support/remembered-platform.js';
import { startService } from '../support/service.js';
import { storefrontOf } from '../support/storefront-client.js';
import type { Stage } from './play-through-the-path.js';

/** A service with its receiver, worker, storefront and database, for the tests of a file. */
export function aStage(): () => Stage {
  const db = testDatabase();
  let stage: Stage;
  beforeAll(async () => {
    const platforms = new Map<string, RememberedPlatform>();
    const service = await startService(db, { platforms: (store) => platforms.get(store) ?? new RememberedPlatform() });
    stage = { db, service, platforms, storefront: await storefrontOf(db, service) };
  });
  afterAll(async () => {
    await stage.storefront.close();
    await stage.service.stop();
  });
  return () => stage;
}
