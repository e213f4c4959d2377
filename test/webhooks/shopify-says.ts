import type { Reading } from '../../src/commerce/inbound-platform.js';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { shopify } from '../../webhooks/shopify/index.js';
import { shopifyOrder } from './bodies.js';
import { aKnownStore } from './captures.js';

export const store = aKnownStore();

/** What a Shopify body says. */
export function reading(body: unknown, topic = 'orders/updated'): Reading {
  return shopify.read(topic, body, store);
}

/** The order that its body says. */
export function snapshot(lines: Record<string, unknown>[], overrides: Record<string, unknown> = {}): OrderSnapshot {
  const read = reading(shopifyOrder(lines, overrides));
  if (read.kind !== 'order') throw new Error(`an order was expected, not ${read.kind}`);
  return read.order;
}
