import * as z from 'zod';
import { toSnapshot } from '../../../webhooks/woocommerce/orders.js';
import type { OrderSnapshot } from '../../commerce/order.js';
import type { Page } from '../../commerce/outbound-platform.js';
import type { Millis } from '../../lib/clock.js';
import { nonsense } from '../failures.js';
import { errorAnswer, expect, orderHead, refundHead } from './answers.js';
import type { WooClient } from './client.js';

export interface StoreMoney {
  money: { code: string; exponent: number };
}

const PAGE = 50;

/** Null = gone, in the trash, or not an order yet. Refunds are read with it: the order itself shows only their totals. */
export async function fetchOrder(client: WooClient, store: StoreMoney, id: string): Promise<OrderSnapshot | null> {
  const answer = await client.get(`orders/${id}`);
  if (isGone(answer)) return null;
  return snapshot(client, store, answer.body);
}

/** Only the shop's own word that there is no such order: a 404 may also mean that WooCommerce itself is switched off. */
function isGone({ status, body }: { status: number; body: unknown }): boolean {
  const error = errorAnswer.safeParse(body);
  return status === 404 && error.success && /_invalid_id$/.test(error.data.code);
}

async function snapshot(client: WooClient, store: StoreMoney, body: unknown): Promise<OrderSnapshot | null> {
  const head = expect(orderHead, body, 'order');
  if (head.status === 'trash') return null;
  const refunds = head.refunds?.length ? await refundsOf(client, head.id) : [];
  try {
    return toSnapshot(body, refunds, store);
  } catch (error) {
    if (error instanceof z.ZodError) throw nonsense(`order ${head.id}`, error.issues[0]?.message ?? 'unknown shape');
    throw error;
  }
}

async function refundsOf(client: WooClient, order: string): Promise<unknown[]> {
  const all: unknown[] = [];
  for (let page = 1; ; page += 1) {
    const answer = await client.get(`orders/${order}/refunds`, { per_page: 100, page });
    all.push(...expect(z.array(z.unknown()), answer.body, 'refunds'));
    if (page >= answer.pages) return all;
  }
}

export async function orderOfRefund(client: WooClient, refund: string): Promise<string | null> {
  // no route names a refund alone; the list across orders shows the newest first
  for (let page = 1; page <= 3; page += 1) {
    const answer = await client.get('refunds', { per_page: 100, page });
    const list = expect(z.array(refundHead), answer.body, 'refunds');
    const found = list.find((each) => each.id === refund);
    if (found) return found.parent_id ?? null;
    if (page >= answer.pages) return null;
  }
  return null;
}

/**
 * A page of what changed after `since`, oldest change first. The cursor is a place in time, not a page number: an order
 * that changes meanwhile moves to the end and would make others slip through between two numbered pages. Only where more
 * than a page shares one second are its pages counted.
 */
export async function ordersChangedSince(
  client: WooClient,
  store: StoreMoney,
  since: Millis,
  cursor: string | null,
): Promise<Page<OrderSnapshot>> {
  const place = placeOf(cursor) ?? { after: Math.floor(since / 1000) * 1000 - 1000, page: 1 };
  const answer = await client.get('orders', {
    modified_after: new Date(place.after).toISOString().slice(0, 19),
    dates_are_gmt: true,
    orderby: 'modified',
    order: 'asc',
    status: 'any',
    per_page: PAGE,
    page: place.page,
  });
  const bodies = expect(z.array(z.unknown()), answer.body, 'orders');
  const items: OrderSnapshot[] = [];
  for (const body of bodies) {
    const one = await snapshot(client, store, body);
    if (one) items.push(one);
  }
  if (bodies.length < PAGE) return { items, next: null };
  const last = expect(orderHead, bodies.at(-1), 'order');
  const after = (last.date_modified_gmt ?? last.date_created_gmt) - 1000;
  const next = after > place.after ? { after, page: 1 } : { after: place.after, page: place.page + 1 };
  return { items, next: `${next.after}.${next.page}` };
}

function placeOf(cursor: string | null): { after: Millis; page: number } | null {
  const match = /^(\d+)\.(\d+)$/.exec(cursor ?? '');
  return match ? { after: Number(match[1]), page: Number(match[2]) } : null;
}
