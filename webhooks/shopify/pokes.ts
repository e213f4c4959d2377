import { z } from 'zod';
import type { Reading } from '../../src/commerce/inbound-platform.js';
import { id } from '../shapes.js';
import { gid, identified, idOf } from './ids.js';

const noOrder = (what: string): Reading => ({ kind: 'nothing', why: `the ${what} names no order` });

function order(found: string | null | undefined, what: string): Reading {
  return found === null || found === undefined ? noOrder(what) : { kind: 'poke', what: 'order', id: found };
}

/** `refunds/create`, `order_transactions/create`, `tender_transactions/create`: the order holds what they say, and more. */
export function readOfOrder(body: unknown): Reading {
  return order(z.object({ order_id: id.nullish() }).parse(body).order_id, 'delivery');
}

/** `orders/edited`: line ids and deltas without money. */
export function readEdit(body: unknown): Reading {
  return order(z.object({ order_edit: z.object({ order_id: id }) }).parse(body).order_edit.order_id, 'edit');
}

/** `returns/*`. */
export function readReturn(body: unknown): Reading {
  const { order: of } = z.object({ order: z.object(identified('Order')).nullish() }).parse(body);
  return order(of ? idOf(of) : null, 'return');
}

/** `fulfillments/*`: when all is sent, the order says it. */
export const readFulfillment = readOfOrder;

/** `orders/risk_assessment_changed`. */
export function readRisk(body: unknown): Reading {
  const risk = z
    .object({ order_id: z.union([id, gid('Order')]).nullish(), admin_graphql_api_order_id: gid('Order').nullish() })
    .parse(body);
  return order(risk.admin_graphql_api_order_id ?? risk.order_id, 'assessment');
}

/** `disputes/create|update`: kind and outcome are read through the API, where an inquiry and a chargeback differ. */
export function readDispute(body: unknown): Reading {
  const found = z.object({ id, order_id: id.nullish() }).parse(body).order_id;
  return found === null || found === undefined ? noOrder('dispute') : { kind: 'dispute', order: found };
}

/** `orders/delete`: the id alone, which an import for another topic may have as well; so it is confirmed by a re-read. */
export function readOrderRemoved(body: unknown): Reading {
  const found = idOf(z.object(identified('Order')).parse(body));
  return found === null ? noOrder('deletion') : { kind: 'order-removed', id: found };
}

/** `products/create|update`: what rules ask of a product may have changed. The body does not tell its collections. */
export function readProduct(body: unknown): Reading {
  const found = idOf(z.object(identified('Product')).parse(body));
  return found === null
    ? { kind: 'nothing', why: 'the product says no id' }
    : { kind: 'poke', what: 'product', id: found };
}
