import * as z from 'zod';
import type { Subscription } from '../../commerce/outbound-platform.js';
import { AppError } from '../../lib/errors.js';
import type { ShopifyClient } from './client.js';
import { pageInfo } from './gid.js';
import { SUBSCRIBE, SUBSCRIPTIONS, UNSUBSCRIBE } from './operations.js';

/** All that we listen to, as shopify.app.toml declares it too; the three compliance topics can be declared there alone. */
export const TOPICS = [
  'ORDERS_CREATE',
  'ORDERS_PAID',
  'ORDERS_UPDATED',
  'ORDERS_EDITED',
  'ORDERS_CANCELLED',
  'ORDERS_FULFILLED',
  'ORDERS_DELETE',
  'REFUNDS_CREATE',
  'DISPUTES_CREATE',
  'DISPUTES_UPDATE',
  'CUSTOMERS_CREATE',
  'CUSTOMERS_UPDATE',
  'CUSTOMERS_DELETE',
  'CUSTOMERS_MERGE',
  'PRODUCTS_CREATE',
  'PRODUCTS_UPDATE',
  'DISCOUNTS_DELETE',
  'SHOP_UPDATE',
  'APP_UNINSTALLED',
  'APP_SCOPES_UPDATE',
] as const;

const listAnswer = z.object({
  webhookSubscriptions: z.object({
    pageInfo,
    nodes: z.array(z.object({ id: z.string(), topic: z.string(), uri: z.string() })),
  }),
});
const errors = z.array(z.object({ message: z.string() }));
const madeAnswer = z.object({
  webhookSubscriptionCreate: z
    .object({ webhookSubscription: z.object({ id: z.string() }).nullable(), userErrors: errors })
    .nullable(),
});
const goneAnswer = z.object({ webhookSubscriptionDelete: z.object({ userErrors: errors }).nullable() });

/** Those made through the API for this shop. Shopify deletes one after eight failures: what is listed is active. */
export async function subscriptions(client: ShopifyClient): Promise<Subscription[]> {
  const all: Subscription[] = [];
  for (let after: string | null = null; ;) {
    const { webhookSubscriptions: page }: z.output<typeof listAnswer> = await client.run(
      SUBSCRIPTIONS,
      { after },
      listAnswer,
    );
    all.push(...page.nodes.map(({ id, topic, uri }) => ({ ref: id, topic, url: uri, active: true })));
    if (!page.pageInfo.hasNextPage) return all;
    after = page.pageInfo.endCursor ?? null;
  }
}

/**
 * One subscription per topic of `wanted` at `url`, and no other. They are signed with the app's secret. What the app's toml
 * declares is not wanted here as well: it belongs to the app, outlives failures, is not listed, and would come twice.
 */
export async function ensureSubscriptions(
  client: ShopifyClient,
  url: string,
  wanted: readonly string[] = TOPICS,
): Promise<{ created: string[]; revived: string[] }> {
  const existing = await subscriptions(client);
  const created: string[] = [];
  const kept = new Set<string>();
  for (const topic of wanted) {
    const here = existing.find((each) => each.topic === topic && each.url === url);
    if (here) kept.add(here.ref);
    else if (await subscribe(client, topic, url)) created.push(topic);
  }
  for (const { ref } of existing) if (!kept.has(ref)) await client.run(UNSUBSCRIBE, { id: ref }, goneAnswer);
  return { created, revived: [] };
}

/** False = the topic needs a scope that the shop has not granted (disputes, merges): it is done without. */
async function subscribe(client: ShopifyClient, topic: string, uri: string): Promise<boolean> {
  const { webhookSubscriptionCreate: made } = await client.run(SUBSCRIBE, { topic, uri }, madeAnswer);
  if (made?.webhookSubscription) return true;
  const message = made?.userErrors[0]?.message ?? 'no reason given';
  if (/taken/i.test(message)) return false;
  if (/scope|access|permission|not allowed|cannot create/i.test(message)) return false;
  throw new AppError('subscription_refused', 422, `Shopify refused the webhook ${topic}: ${message}`);
}
