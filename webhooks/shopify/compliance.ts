import { z } from 'zod';
import type { KnownStore, Reading } from '../../src/commerce/inbound-platform.js';
import { id } from '../shapes.js';

/** One secret signs for every shop: what names a shop must name this one. */
const ofShop = { shop_domain: z.string() };
const customer = z.object({ id });

const dataRequestBody = z.object({ ...ofShop, customer, data_request: z.object({ id }) });
const redactCustomerBody = z.object({ ...ofShop, customer, orders_to_redact: z.array(id).max(100_000).nullish() });
const redactShopBody = z.object(ofShop);

export function isOther(domain: string, store: KnownStore): boolean {
  return domain.toLowerCase() !== store.key.toLowerCase();
}

const otherShop = (): Reading => ({ kind: 'nothing', why: 'the body is about another shop' });

/** `customers/data_request`: the owner must get the data within 30 days. */
export function readDataRequest(body: unknown, store: KnownStore): Reading {
  const asked = dataRequestBody.parse(body);
  if (isOther(asked.shop_domain, store)) return otherShop();
  return { kind: 'data-request', customer: asked.customer.id, request: asked.data_request.id };
}

/** `customers/redact`. */
export function readRedactCustomer(body: unknown, store: KnownStore): Reading {
  const asked = redactCustomerBody.parse(body);
  if (isOther(asked.shop_domain, store)) return otherShop();
  return { kind: 'redact-customer', customer: asked.customer.id, orders: asked.orders_to_redact ?? [] };
}

/** `shop/redact`, 48 hours after an uninstall: whether the shop came back meanwhile is asked before erasing. */
export function readRedactShop(body: unknown, store: KnownStore): Reading {
  if (isOther(redactShopBody.parse(body).shop_domain, store)) return otherShop();
  return { kind: 'redact-store' };
}
