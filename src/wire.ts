import { forgetBodies } from '../webhooks/claim.js';
import { shardOf } from '../webhooks/find-store.js';
import type { ProcessParts } from '../webhooks/process-parts.js';
import { processShard } from '../webhooks/process.js';
import { watchKey } from '../webhooks/receive.js';
import type { OutboundPlatform } from './commerce/outbound-platform.js';
import { inTransaction } from './db/database.js';
import type { Foundation } from './foundation.js';
import type { IdentityProofs } from './http/storefront/identity.js';
import { makeDeskVerbs, staffProof } from './http/desk/make-verbs.js';
import { makeLimiter } from './http/limits.js';
import { makeOwnerVerbs, ownerProof } from './http/owner/make-verbs.js';
import { makeStorefrontVerbs } from './http/storefront/make-verbs.js';
import { pageTokens } from './http/storefront/page-token.js';
import { shopifyProxy, shopifySessionToken, wooCommerceToken } from './http/storefront/proofs.js';
import type { StoreRef } from './http/storefront/verbs.js';
import { type Effect, claimEffect } from './jobs/claim-effects.js';
import { checkRewards } from './jobs/check-rewards.js';
import { reconcileOrders } from './jobs/reconcile-orders.js';
import { type Work, runEffects, runGroup } from './jobs/run-effects.js';
import { makeSchedules } from './jobs/schedules.js';
import { settleNewStore } from './jobs/settle-new-store.js';
import type { Millis } from './lib/clock.js';
import { AppError, RetryLater } from './lib/errors.js';
import { loggingMailer, smtpMailer } from './lib/mail.js';
import { mailDomainLookup } from './lib/mail-domain.js';
import type { Loyalty } from './loyalty/context.js';
import { findCustomer } from './loyalty/find-customer.js';
import { makeLoyalty } from './loyalty/make-loyalty.js';
import { type ShopifyApp, shopifyApp } from './platforms/shopify/app.js';
import type { Product } from './product.js';
import { connectWooCommerce } from './stores/connect-woocommerce.js';
import { findActiveStore, shopperSecrets } from './stores/find-active-store.js';
import { installShopify } from './stores/install-shopify.js';
import { type PlatformOpener, platformOpener } from './stores/open-platform.js';

/** How long a shopper waits at most for the platform to make or kill a code; after that the worker does it. */
const SHOPPER_PATIENCE_MS = 2_500;

type Working = Work & { loyalty: Loyalty };

/** Puts the product together on its foundation. */
export function makeProduct(foundation: Foundation): Product {
  const { config, databases, clock, bells, publicUrl } = foundation;
  const { keys, shards } = config;
  const loyalty = makeLoyalty(keys, shards);
  const app = config.shopify
    ? shopifyApp(config.shopify, new URL(publicUrl).host, { standIn: foundation.shopifyStandIn })
    : null;
  const guard = { allowPrivate: config.allowPrivateStores };
  const opener = platformOpener({ db: databases.work, keys, context: { shopify: app, guard, clock }, clock });
  const work: Working = {
    db: databases.work,
    clock,
    loyalty,
    platformOf: opener.open,
    shards,
    noticed: notice(foundation, opener),
  };
  const around = { publicUrl, keys };
  const connected = async ({ id, program }: { id: string; program: string }) => {
    opener.forget(id);
    await settleNewStore(work, { program, store: id }, around);
  };
  const settleSoon = settleWithoutWaiting(foundation, connected);
  const findStore = findActiveStore(databases.app);
  const mailing = mailingOf(foundation);
  const limiter = makeLimiter(foundation.redis);
  const desk = makeDeskVerbs({ ...mailing, db: databases.app, publicUrl, keys, log: foundation.log, limiter });
  const ringEffects = (program: string) => bells.effects.ring([shardOf(program, shards)]);
  const forget = (before: Millis, limit: number) =>
    inTransaction(work.db, 'intake', (tx) => forgetBodies(tx, before, limit));
  return {
    storefront: makeStorefrontVerbs({
      db: databases.app,
      loyalty,
      personOf: ({ store, customer }) => ifAnswered(opener, store, (platform) => platform.fetchCustomer(customer)),
      placed: ({ store, customer }, id) =>
        ifAnswered(opener, store, async (platform) => {
          const order = await platform.fetchOrder(id);
          return order?.customer === customer ? order.placed : null;
        }),
      hurry: (effect) => hurry(work, effect),
      ringEffects,
      referralLink: ({ store }, code) => referralLink(store, code),
    }),
    owner: makeOwnerVerbs({ db: databases.app, loyalty, ringEffects, sendSignInLinks: desk.askForLink }),
    proveOwner: ownerProof(databases.app),
    proveStaff: staffProof(databases.app, findStore),
    desk,
    findStore,
    findCustomer: ({ program, id }, text) =>
      inTransaction(databases.app, { programs: [program] }, (tx) =>
        findCustomer(tx, { program, store: id }, text, clock.now(), loyalty),
      ),
    proofs: proofsOf(foundation, app),
    installShopify: installShopify({
      db: databases.app,
      clock,
      keys,
      app,
      standIn: foundation.shopifyStandIn,
      connected: settleSoon,
    }),
    connectWooCommerce: connectWooCommerce({ db: databases.app, clock, keys, guard, publicUrl, connected: settleSoon }),
    work: worksOf(foundation, work),
    schedules: makeSchedules({ ...work, forgetBodies: forget }, around),
    reconcile: async (ref) => ({ ...(await reconcileOrders(work, ref)), blocked: await checkRewards(work, ref) }),
    connected,
  };
}

const mailingOf = ({ config: { mail }, clock, log }: Foundation) => ({
  mailer: mail ? smtpMailer(mail.url, mail.from) : loggingMailer(log),
  mailFrom: mail?.from ?? null,
  lookUpMailDomain: mailDomainLookup({ clock, server: mail && new URL(mail.url).hostname }),
});

/**
 * Nobody who connects a store waits for its webhooks and its past: WooCommerce deletes the keys that it hands over when
 * no answer comes within a minute, and a slow shop takes longer. What fails is done again by the schedules.
 */
function settleWithoutWaiting({ log }: Foundation, settle: Product['connected']): Product['connected'] {
  return (store) => {
    settle(store).catch((error: unknown) =>
      log.warn({ err: error, store: store.id }, 'a new store is not settled yet'),
    );
    return Promise.resolve();
  };
}

function notice({ log, paths }: Foundation, opener: PlatformOpener): Work['noticed'] {
  return (effect, outcome, error) => {
    // a store that was suspended for it is not asked again by what we remember of it
    if (error instanceof AppError && error.code === 'platform_revoked') opener.forget(effect.store);
    if (error) log.warn({ err: error, effect: effect.id, kind: effect.kind, store: effect.store }, `effect ${outcome}`);
    paths.recordLast(outcome === 'taken' ? 'outbox' : 'platform', `${effect.kind} ${outcome}`);
  };
}

function worksOf({ config, bells, paths }: Foundation, work: Working): Product['work'] {
  const parts: ProcessParts = {
    ...work,
    keys: config.keys,
    ringEffects: (shard) => bells.effects.ring([shard]),
    begin: ({ id, topic, store, received, hash }) =>
      paths.begin({ id, topic, store, receivedAt: received }, watchKey(topic, hash)),
    watch: paths.record,
  };
  return {
    deliveries: (shard, leaving) => untilEmpty(leaving, () => processShard(parts, shard)),
    effects: (shard, leaving) => untilEmpty(leaving, () => runEffects(work, shard)),
  };
}

function proofsOf({ config, databases }: Foundation, app: ShopifyApp | null): IdentityProofs {
  const { shopify, keys } = config;
  const ofWoo = wooCommerceToken(shopperSecrets(databases.app, keys));
  const ofPage = pageTokens(keys).proof;
  if (!app || !shopify) return { query: [], bearer: [ofWoo, ofPage] };
  const secrets = [shopify.apiSecret, shopify.previousSecret].filter((secret) => secret !== null);
  const ofShopify = shopifySessionToken({ apiKey: shopify.apiKey, secrets });
  return { query: [shopifyProxy(app)], bearer: [ofShopify, ofWoo, ofPage] };
}

/** What the platform says, when it answers: joining does not wait for a platform that is down. */
async function ifAnswered<T>(
  opener: PlatformOpener,
  store: StoreRef,
  ask: (platform: OutboundPlatform) => Promise<T>,
): Promise<T | null> {
  try {
    return await ask(await opener.open(store.program, store.id));
  } catch (error) {
    if (error instanceof RetryLater || error instanceof AppError) return null;
    throw error;
  }
}

/** Again and again while there was something, since rings that came meanwhile were coalesced into this one. */
async function untilEmpty(leaving: AbortSignal, round: () => Promise<number>): Promise<void> {
  while (!leaving.aborted && (await round()) > 0);
}

async function hurry(work: Work, effect: Pick<Effect, 'store' | 'kind' | 'subject'>): Promise<void> {
  const doIt = async () => {
    const taken = await claimEffect(work.db, effect, work.clock.now());
    if (taken) await runGroup(work, [taken]);
  };
  const patience = new Promise<void>((resolve) => setTimeout(resolve, SHOPPER_PATIENCE_MS).unref());
  await Promise.race([doIt().catch(() => undefined), patience]);
}

/** Where a friend lands: the shop itself, with the code that it hands on to the order. */
function referralLink(store: StoreRef, code: string): string {
  const url = new URL(store.url);
  url.searchParams.set('ref', code);
  return url.href;
}
