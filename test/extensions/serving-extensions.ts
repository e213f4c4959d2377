import { shopifySessionToken } from '../../src/http/storefront/proofs.js';
import { makeStorefrontVerbs } from '../../src/http/storefront/make-verbs.js';
import { storefrontRoutes } from '../../src/http/storefront/routes.js';
import { tillRoutes } from '../../src/http/shopify/till-routes.js';
import { inTransaction } from '../../src/db/database.js';
import { claimEffect } from '../../src/jobs/claim-effects.js';
import { runGroup } from '../../src/jobs/run-effects.js';
import { findCustomer } from '../../src/loyalty/find-customer.js';
import { findActiveStore } from '../../src/stores/find-active-store.js';
import { type Service, serviceFor } from '../../extensions/shared/service.js';
import { aGate, APP, merchantToken, serving, type Serving, shopperToken } from '../http/serving.js';
import type { TestDatabase } from '../support/database.js';
import type { TestService } from '../support/service.js';

/** The service over HTTP, as an extension of a Shopify shop reaches it: with Shopify's own session tokens. */
export interface ServingExtensions {
  url: string;
  /** In the checkout of the shop, as this customer; null = a guest. */
  atCheckout(shop: string, customer: string | null): Service;
  /** At the till of the shop, for this customer. */
  atTill(shop: string, customer: string): Service;
  find(shop: string, text: string, token?: string): Promise<{ status: number; customer?: string | null }>;
  close(): Promise<void>;
}

export async function servingExtensions(db: TestDatabase, service: TestService): Promise<ServingExtensions> {
  const { loyalty, work, clock } = service;
  const findStore = findActiveStore(db.app);
  const verbs = makeStorefrontVerbs({
    db: db.app,
    loyalty,
    personOf: async () => null,
    placed: async () => null,
    hurry: async (effect) => {
      const taken = await claimEffect(db.app, effect, clock.now());
      if (taken) await runGroup(work, [taken]);
    },
    ringEffects: () => undefined,
    referralLink: ({ store }, code) => `${store.url}?ref=${code}`,
  });
  const till = tillRoutes({
    storefront: verbs,
    findStore,
    findCustomer: ({ program, id }, text) =>
      inTransaction(db.app, { programs: [program] }, (tx) =>
        findCustomer(tx, { program, store: id }, text, clock.now(), loyalty),
      ),
  });
  const proofs = { query: [], bearer: [shopifySessionToken(APP)] };
  const plenty = { read: 1e6, write: 1e6, unproved: 1e6 };
  const served: Serving = await serving(
    [...storefrontRoutes(verbs), ...till],
    aGate({ proofs, findStore, clock }, plenty),
  );
  const lang = 'en';
  /** Shopify's tokens live by the machine's clock, so the service's has to keep up with it. */
  const inTime = <T>(token: T): T => {
    clock.set(Date.now());
    return token;
  };
  return {
    url: served.url,
    atCheckout: (shop, customer) =>
      serviceFor({ base: `${served.url}/storefront/v1`, token: () => inTime(shopperToken({ shop, customer })), lang }),
    atTill: (shop, customer) =>
      serviceFor({
        base: `${served.url}/shopify/till/v1/customers/${customer}`,
        token: () => inTime(merchantToken({ shop })),
        lang,
      }),
    find: async (shop, text, token) => {
      const answer = await fetch(`${served.url}/shopify/till/v1/find`, {
        method: 'POST',
        headers: {
          'content-type': 'application/json',
          authorization: `Bearer ${inTime(token ?? (await merchantToken({ shop })))}`,
        },
        body: JSON.stringify({ text }),
      });
      const said = (await answer.json()) as { customer?: string | null };
      return { status: answer.status, ...('customer' in said ? { customer: said.customer ?? null } : {}) };
    },
    close: () => served.close(),
  };
}
