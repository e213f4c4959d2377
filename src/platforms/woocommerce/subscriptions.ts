import * as z from 'zod';
import type { Subscription } from '../../commerce/outbound-platform.js';
import { AppError } from '../../lib/errors.js';
import { nonsense } from '../failures.js';
import { errorAnswer, expect, webhook } from './answers.js';
import type { WooClient } from './client.js';

/** All that we listen to. The action.* ones are pokes for what no resource topic tells. */
export const TOPICS = [
  'order.created',
  'order.updated',
  'order.deleted',
  'order.restored',
  'customer.created',
  'customer.updated',
  'customer.deleted',
  'product.created',
  'product.updated',
  'coupon.deleted',
  'action.woocommerce_refund_created',
  'action.woocommerce_refund_deleted',
  'action.woocommerce_delete_order',
  'action.woocommerce_rest_insert_product_review',
  'action.woocommerce_rest_delete_review',
  'action.woocommerce_review_order_submitted',
] as const;

const NAME = 'Tallymark';
type Hook = z.output<typeof webhook>;

export async function subscriptions(client: WooClient): Promise<Subscription[]> {
  const ours = (await list(client)).filter((hook) => hook.name.startsWith(NAME));
  return ours.map((hook) => ({
    ref: hook.id,
    topic: hook.topic,
    url: hook.delivery_url,
    active: hook.status === 'active',
  }));
}

async function list(client: WooClient): Promise<Hook[]> {
  const all: Hook[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await client.get('webhooks', { per_page: 100, page });
    all.push(...expect(z.array(webhook), answer.body, 'webhooks'));
    if (page >= answer.pages) return all;
  }
}

/**
 * One active webhook per topic at `url`, signed with `secret`: makes what is missing, switches on again what seven
 * failures switched off, removes doubles and those that point to an address of ours that is no more.
 */
export async function ensureSubscriptions(
  client: WooClient,
  url: string,
  secret: string,
): Promise<{ created: string[]; revived: string[] }> {
  const created: string[] = [];
  const revived: string[] = [];
  const existing = (await list(client)).filter((hook) => hook.name.startsWith(NAME));
  const kept = new Set<string>();
  for (const topic of TOPICS) {
    const here = existing.filter((hook) => hook.topic === topic && hook.delivery_url === url);
    const best = here.find((hook) => hook.status === 'active') ?? here[0];
    if (best) kept.add(best.id);
    if (!best) {
      await create(client, topic, url, secret);
      created.push(topic);
    } else if (best.status !== 'active') {
      const answer = await client.put(`webhooks/${best.id}`, { status: 'active', secret });
      expect(webhook, answer.body, 'webhook');
      revived.push(topic);
    }
  }
  for (const hook of existing) if (!kept.has(hook.id)) await client.delete(`webhooks/${hook.id}`, { force: true });
  return { created, revived };
}

async function create(client: WooClient, topic: string, url: string, secret: string): Promise<void> {
  const answer = await client.post('webhooks', {
    name: `${NAME} ${topic}`,
    topic,
    delivery_url: url,
    secret,
    status: 'active',
  });
  if (answer.status === 201) return;
  const error = expect(errorAnswer, answer.body, 'webhook');
  if (answer.status >= 400)
    throw new AppError(
      'subscription_refused',
      422,
      `The shop refused the webhook ${topic}: ${error.message || error.code}`,
    );
  throw nonsense('webhook', `creating answered ${answer.status}`);
}
