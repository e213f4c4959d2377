import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import { type Incoming, type Route, route } from '../contract.js';
import { type FindStore, languageOf } from '../storefront/identity.js';
import { storefrontRoutes } from '../storefront/routes.js';
import { errorAnswer } from '../storefront/schemas.js';
import { BASE } from '../storefront/shopper-routes.js';
import type { Shopper, StorefrontVerbs, StoreRef } from '../storefront/verbs.js';

export const TILL = '/shopify/till/v1';

/** The customer of a store whose member has this e-mail, phone number or code; null when there is none. */
export type FindCustomer = (store: StoreRef, text: string) => Promise<string | null>;

export interface TillParts {
  storefront: StorefrontVerbs;
  findStore: FindStore;
  findCustomer: FindCustomer;
}

/** What staff may do for the customer before them: what that customer could do alone at the checkout. */
const FOR_CUSTOMER = ['program', 'member', 'preview', 'join', 'redeem', 'redemption', 'undoRedemption'];
const customer = z.string().regex(/^\d{1,20}$/);

/**
 * The till of a Shopify shop (POS): the session token of its staff says which shop, the path says which of its customers
 * stands there. Each route is the storefront's own, so the till gets the one answer on limits that every channel gets (T13).
 */
export function tillRoutes(parts: TillParts): Route[] {
  const own = storefrontRoutes(parts.storefront).filter(({ name }) => FOR_CUSTOMER.includes(name));
  return [findRoute(parts), ...own.map((each) => atTill(parts, each))];
}

function atTill({ findStore }: TillParts, own: Route): Route {
  return {
    ...own,
    path: own.path.replace(BASE, `${TILL}/customers/:customer`),
    name: `till${own.name.charAt(0).toUpperCase()}${own.name.slice(1)}`,
    summary: `At the till: ${own.summary}`,
    policy: { kind: 'merchant' },
    params: own.params instanceof z.ZodObject ? own.params.extend({ customer }) : own.params,
    async serve(incoming) {
      const { customer: named = '', ...params } = incoming.params;
      if (!customer.safeParse(named).success) throw nobody();
      const shopper = await atTheTill(findStore, incoming, named);
      return own.serve({ ...incoming, params, shopper });
    },
  };
}

function findRoute({ findStore, findCustomer }: TillParts): Route {
  return route({
    method: 'post',
    path: `${TILL}/find`,
    name: 'tillFind',
    summary: 'At the till: the customer with this e-mail, phone number or member code',
    policy: { kind: 'merchant' },
    limit: 'write',
    body: z.strictObject({ text: z.string().min(1).max(320) }),
    answers: { 200: z.strictObject({ customer: z.string().nullable() }), 401: errorAnswer, 429: errorAnswer },
    async handle(call) {
      const { store } = await atTheTill(findStore, { ...call, params: {}, query: {} }, null);
      return { status: 200, body: { customer: await findCustomer(store, call.body.text.trim()) } };
    },
  });
}

/** @throws AppError `unauthenticated` (401) for a shop that is not connected */
async function atTheTill(
  findStore: FindStore,
  { merchant, query, now }: Incoming,
  named: string | null,
): Promise<Shopper> {
  const store = merchant && (await findStore('shopify', merchant.shop));
  if (!store)
    throw new AppError('unauthenticated', 401, 'This shop is not connected: open the app in Shopify’s admin.');
  return { store, customer: named, language: languageOf(query['lang'] ?? null), now };
}

const nobody = () => new AppError('not_found', 404, 'There is nothing of that name here.');
