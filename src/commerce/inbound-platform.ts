import type { Millis } from '../lib/clock.js';
import type { OrderSnapshot } from './order.js';

export type PlatformName = string;

/** Header names in lower case; a header that came twice has both values. */
export type Headers = Readonly<Record<string, string | readonly string[] | undefined>>;

/** What the unsigned part of a request claims; nothing of it is believed before `isGenuine`. */
export interface Arrival {
  headers: Headers;
  body: Buffer;
  /** The rest of the path after /webhooks/<platform>/: the store's token where the platform has one. */
  token: string | null;
}

/**
 * Whose delivery this claims to be. `store` is the key under which a store is found (shop domain, or its path token).
 * `ping` is the platform's unsigned greeting: answered 200, kept nowhere.
 */
export type Claim =
  | {
      kind: 'delivery';
      store: string;
      topic: string;
      key: string | null;
      subject: string | null;
      triggered: Millis | null;
    }
  | { kind: 'ping' }
  | { kind: 'malformed'; why: string };

/** What the receiver knows of the store that a delivery claims. */
export interface KnownStore {
  id: string;
  program: string;
  key: string;
  /** The site as it calls itself (WooCommerce home URL); a clone calls itself something else. */
  source: string | null;
  money: { code: string; exponent: number };
  zone: string;
}

export interface ReviewState {
  id: string;
  provider: string;
  at: Millis;
  written: Millis;
  product: string;
  customer: string | null;
  email: string | null;
  status: 'pending' | 'approved' | 'spam' | 'removed';
  photo: boolean;
}

export interface CustomerState {
  id: string;
  at: Millis;
  email: string | null;
  phone: string | null;
  name: string | null;
  /** True only when the platform itself vouches that the person owns the mailbox. */
  emailVerified: boolean;
  /** What the shop makes of them: WooCommerce's role, Shopify's tags; null = this source does not tell. */
  roles: string[] | null;
  tags: string[] | null;
}

/**
 * What rules may ask of a product, as the platform's rules of its own would spell it: slugs on WooCommerce; on Shopify
 * handles of collections, the product's type and tags as written. `at` is the platform's version.
 */
export interface ProductState {
  id: string;
  at: Millis;
  categories: string[];
  tags: string[];
  /** Sold at less than its regular price; of a product in several variants, any of them is. */
  onSale: boolean;
  /** What the shop calls it; null = not known. */
  title: string | null;
  /** What the shop calls its categories, by their spelling above; those that have no other name are not in it. */
  categoryNames: Readonly<Record<string, string>>;
}

/**
 * A part of an order that its body could not tell (Shopify's has no transactions and no disputes). The snapshot holds
 * the best guess. `disputes`: keep those that are known, else none. `paid`, `giftCardPaid`: keep what is known if the
 * order was already seen paid, else re-read it through the API.
 */
export type Untold = 'paid' | 'giftCardPaid' | 'disputes';

/** What a delivery says, in our words. `poke` = something changed, the truth must be read through the platform's API. */
export type Reading =
  | { kind: 'order'; order: OrderSnapshot; untold: readonly Untold[] }
  | { kind: 'order-removed'; id: string }
  | { kind: 'poke'; what: 'order' | 'refund' | 'product' | 'customer' | 'review'; id: string }
  | { kind: 'review'; review: ReviewState }
  /** Its reviews may have changed as well: no platform says which. */
  | { kind: 'product'; product: ProductState }
  | { kind: 'customer'; customer: CustomerState }
  | { kind: 'customer-removed'; id: string }
  | { kind: 'customers-merged'; kept: string; gone: string }
  | { kind: 'dispute'; order: string }
  | { kind: 'discount-removed'; ref: string }
  | { kind: 'data-request'; customer: string; request: string }
  | { kind: 'redact-customer'; customer: string; orders: string[] }
  | { kind: 'redact-store' }
  | { kind: 'store-changed'; money: { code: string } | null; zone: string | null }
  | { kind: 'scopes-changed'; scopes: string[] }
  | { kind: 'uninstalled'; at: Millis | null }
  | { kind: 'nothing'; why: string };

/**
 * The inbound half of a commerce platform: pure functions over bytes. Adding a platform is a folder under webhooks/
 * and a line in webhooks/registry.ts. `read` throws zod's error for a body that is not what the platform sends.
 */
export interface InboundPlatform {
  name: PlatformName;
  /** Reads only headers, path and size-checked bytes; decides nothing on the body's meaning. */
  claim(arrival: Arrival): Claim;
  /** Over the raw bytes, constant time, against each live secret of the store (or of the app). */
  isGenuine(arrival: Arrival, secrets: readonly string[]): boolean;
  /** Why a genuine delivery is not this store's after all (a staging clone has the same secret); null = it is. */
  isElsewhere?(arrival: Arrival, store: KnownStore): string | null;
  /** The version of its bodies that a delivery states when it is not the one we read; null = it is, or it states none. */
  otherVersion?(arrival: Arrival): string | null;
  /** True when one secret signs for every store: then a body seen under one store is refused under another. */
  sharesSecret: boolean;
  /** False = a topic of which nothing is kept; its genuine deliveries are answered and forgotten. */
  hears(topic: string): boolean;
  /** What the genuine bytes say. `topic` is as claimed, cross-checked with the body where the body can tell. */
  read(topic: string, body: unknown, store: KnownStore): Reading;
}
