import * as z from 'zod';
import { type Call, type Declaration, type Reply, type Route, route } from '../contract.js';
import * as api from './schemas.js';
import type { Customer, Shopper } from './verbs.js';

export const BASE = '/storefront/v1';
/** Read by the identity check; every route takes it. Anything that is none of ours is answered in English. */
export const lang = z.string().max(35).optional().meta({ description: 'language of sentences: en, nl, nb or pl' });
export const langOnly = z.strictObject({ lang });
export const ok = (body: unknown): Reply => ({ status: 200, body });
const refusals = { 400: api.errorAnswer, 401: api.errorAnswer, 429: api.errorAnswer, 503: api.errorAnswer };
const guestRefused = { 403: api.errorAnswer };

/** A route for any shopper of a store, guests included. */
export function forShopper<Q extends z.ZodType, B extends z.ZodType = z.ZodUndefined>(
  declaration: Omit<Declaration<z.ZodType, Q, B>, 'policy' | 'handle' | 'params'>,
  handle: (shopper: Shopper, call: Call<unknown, z.infer<Q>, z.infer<B>>) => Promise<Reply>,
): Route {
  return route({
    ...declaration,
    answers: { ...refusals, ...declaration.answers },
    policy: { kind: 'shopper', customer: 'optional' },
    handle: (call) => handle(shopperOf(call.shopper), call),
  });
}

/** A route for a shopper whom the platform named. */
export function forCustomer<P extends z.ZodType, Q extends z.ZodType, B extends z.ZodType = z.ZodUndefined>(
  declaration: Omit<Declaration<P, Q, B>, 'policy' | 'handle'>,
  handle: (customer: Customer, call: Call<z.infer<P>, z.infer<Q>, z.infer<B>>) => Promise<Reply>,
): Route {
  return route({
    ...declaration,
    answers: { ...refusals, ...guestRefused, ...declaration.answers },
    policy: { kind: 'shopper', customer: 'required' },
    handle: (call) => handle(customerOf(call.shopper), call),
  });
}

function shopperOf(shopper: Shopper | null): Shopper {
  if (!shopper) throw new Error('a shopper route ran without its identity check');
  return shopper;
}

function customerOf(shopper: Shopper | null): Customer {
  const { customer, ...rest } = shopperOf(shopper);
  if (customer === null) throw new Error('a customer route ran without its identity check');
  return { ...rest, customer };
}
