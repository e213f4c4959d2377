import type { DeskGate, ProveOwner } from './http/desk/owner-caller.js';
import type { DeskVerbs } from './http/desk/verbs.js';
import type { OwnerVerbs } from './http/owner/verbs.js';
import type { InstallShopify } from './http/shopify/install.js';
import type { FindCustomer } from './http/shopify/till-routes.js';
import type { FindStore, IdentityProofs } from './http/storefront/identity.js';
import type { StorefrontVerbs } from './http/storefront/verbs.js';
import type { ConnectWooCommerce } from './http/woocommerce/connect.js';
import type { Schedule } from './queue/schedules.js';

/** What the product does, as the roles need it: verbs for the routes, work for the bells, what is done again and again. */
export interface Product {
  storefront: StorefrontVerbs;
  owner: OwnerVerbs;
  /** Proves an API key of a program. */
  proveOwner: ProveOwner;
  /** How staff are known at the desk. */
  proveStaff: DeskGate['staff'];
  desk: DeskVerbs;
  findStore: FindStore;
  findCustomer: FindCustomer;
  proofs: IdentityProofs;
  installShopify: InstallShopify;
  connectWooCommerce: ConnectWooCommerce;
  /** Takes whatever waits in the shard until nothing does, or `leaving` is aborted. */
  work: Record<'deliveries' | 'effects', (shard: number, leaving: AbortSignal) => Promise<void>>;
  schedules: readonly Schedule[];
  /** Compares a store's orders with the platform now, and which rewards it cannot give. @throws RetryLater, AppError `store_inactive`, `platform_revoked` */
  reconcile(ref: {
    program: string;
    store: string;
  }): Promise<{ seen: number; healed: number; blocked: { reward: string; why: string }[] }>;
  /** After a store was connected by other means than the routes: subscriptions, and its past. */
  connected(store: { id: string; program: string }): Promise<void>;
}
