import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { cachedFinder, storeFinder } from '../../webhooks/find-store.js';
import { inboxWriter, openInbox } from '../../webhooks/inbox.js';
import { createReceiver } from '../../webhooks/receive.js';
import { packageFolder, version } from '../config.js';
import { type Foundation, lay } from '../foundation.js';
import { buildApp } from '../http/app.js';
import { type BuiltDesk, readBuiltDesk } from '../http/desk/pages.js';
import { type Door, openDoor } from '../http/door.js';
import { operatorGate } from '../http/health.js';
import { makeLimiter } from '../http/limits.js';
import type { ProveMerchant } from '../http/mount.js';
import { allRoutes } from '../http/routes.js';
import { proveMerchantToken } from '../http/shopify/session-token.js';
import { pageTokens } from '../http/storefront/page-token.js';
import { noPaths } from '../lib/path-recorder.js';
import type { Product } from '../product.js';
import { makeProduct } from '../wire.js';
import { type Command, databaseOf } from './command.js';

/** Answers webhooks and requests; does no work in the background. */
export const command: Command = async ({ config, log, releasers }) => {
  const databaseUrl = databaseOf(config);
  const door = await openDoor(config.host, config.port);
  releasers.add('door', () => door.close());
  const publicUrl = config.publicUrl ?? door.url;
  const foundation = await lay({ config, log, releasers, databaseUrl, publicUrl });
  serve(door, foundation, makeProduct(foundation));
  // at the end the door is closed before what its requests need
  releasers.add('door', () => door.close());
  log.info({ url: door.url, version: version() }, 'web is ready');
  return 'stays';
};

/** Opens the door to the service: webhooks first, by plain node:http, then the routes. */
export function serve(door: Door, foundation: Foundation, product: Product, { demo = false } = {}): void {
  const { config, log, releasers, clock, redis, queue, databases, paths } = foundation;
  const secure = foundation.publicUrl.startsWith('https:');
  const app = buildApp({
    routes: allRoutes({
      storefront: product.storefront,
      findStore: product.findStore,
      findCustomer: product.findCustomer,
      tokens: pageTokens(config.keys),
      publicUrl: foundation.publicUrl,
      owner: product.owner,
      desk: product.desk,
      builtDesk: builtDesk(),
      shopifyKey: config.shopify?.apiKey ?? null,
      installShopify: product.installShopify,
      proveMerchant: merchantProof(foundation),
      connectWooCommerce: product.connectWooCommerce,
      checks: {
        database: async () => void (await databases.app.pool.query('select 1')),
        queue: () => queue.ping(),
        staying: async () => {
          if (releasers.leaving) throw new Error('leaving');
        },
      },
      widget: widgetFile(),
      secure,
      demo: demo ? paths : null,
    }),
    gate: {
      proofs: product.proofs,
      findStore: product.findStore,
      merchant: merchantProof(foundation),
      owner: product.proveOwner,
      secure,
      staff: product.proveStaff,
      limiter: makeLimiter(redis),
      operatorToken: operatorGate(config.metricsToken, config.production),
      clock,
    },
    trustProxy: config.trustProxy,
    log,
  });
  const receive = receiverOf(foundation);
  door.lead((request, response) => {
    if (!receive(request, response)) app(request, response);
  });
}

function receiverOf({ config, databases, bells, clock, log, paths }: Foundation) {
  const secrets = config.shopify ? [config.shopify.apiSecret, config.shopify.previousSecret] : [];
  const find = storeFinder(databases.intake, {
    shards: config.shards,
    ring: config.keys,
    shopifySecrets: secrets.filter((secret) => secret !== null),
  });
  return createReceiver({
    findStore: cachedFinder(find, clock),
    inbox: openInbox(inboxWriter(databases.intake)),
    ring: (shards) => bells.deliveries.ring(shards),
    keys: config.keys,
    log,
    ...(paths === noPaths ? {} : { watch: paths.record }),
  });
}

function merchantProof({ config: { shopify } }: Foundation): ProveMerchant {
  if (!shopify) return async () => null;
  const secrets = [shopify.apiSecret, shopify.previousSecret].filter((secret) => secret !== null);
  return (token, now) => proveMerchantToken(token, { apiKey: shopify.apiKey, secrets }, now);
}

/** Read once, at the first request for it: `npm run build` makes it. */
function widgetFile(): () => Buffer {
  let code: Buffer | null = null;
  return () => (code ??= readFileSync(new URL('../../dist/widget/tally-mark.js', import.meta.url)));
}

function builtDesk(): () => BuiltDesk {
  let built: BuiltDesk | null = null;
  return () => (built ??= readBuiltDesk(join(packageFolder(), 'dist/admin-ui')));
}
