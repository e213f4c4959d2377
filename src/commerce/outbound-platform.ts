import type { Millis } from '../lib/clock.js';
import type { CustomerState, PlatformName, ProductState, ReviewState } from './inbound-platform.js';
import type { Minor, OrderSnapshot } from './order.js';

/** What a single-use code must do at the checkout. `key` is derived from the redemption, so that a retry finds it. */
export interface DiscountOrder {
  code: string;
  title: string;
  kind:
    | { type: 'amount'; off: Minor; currency: { code: string; exponent: number } }
    | { type: 'percent'; percent: number; maxOff: Minor | null; currency: { code: string; exponent: number } }
    | { type: 'free-shipping' };
  /** The platform's customer id and e-mail that alone may use it. */
  customer: string | null;
  email: string | null;
  minimumCart: Minor | null;
  products: string[] | null;
  startsAt: Millis;
  endsAt: Millis;
}

/** A code as it exists on the platform. `ref` is the platform's own id of it; `bound` = it really is bound to the customer. */
export interface ExistingDiscount {
  ref: string;
  code: string;
  live: boolean;
  uses: number;
  bound: boolean;
}

export interface Subscription {
  ref: string;
  topic: string;
  url: string;
  active: boolean;
}

/** Lists of ids, or of categories and tags as the platform tells them; of each one must hold, none of those under `not...`. */
export type AskedOfProduct = Partial<
  Record<'notProducts' | 'categories' | 'notCategories' | 'tags' | 'notTags', readonly string[]>
>;

/** What a customer's standing takes off by itself, without points; money in minor units of the program's currency. */
export type StandingDiscount =
  | {
      kind: 'percent';
      hundredths: number;
      least: Minor;
      products: readonly string[] | null;
      /** What more it asks of a product, where a checkout can see it; absent = nothing. */
      asks?: AskedOfProduct;
    }
  | { kind: 'free-shipping'; least: Minor };

/** Money that points become in the platform's own purse of the customer. `key` names it for ever: the same key gives once. */
export interface CreditOrder {
  key: string;
  customer: string;
  off: Minor;
  currency: { code: string; exponent: number };
  /** When it was asked for: what is older cannot be it. */
  at: Millis;
}

/** A credit as it stands on the platform; minor units. */
export interface FoundCredit {
  ref: string;
  off: Minor;
  /** Not spent yet. */
  left: Minor;
  /** Taken away because its time was over. */
  ended: Minor;
}

export interface BalanceMirror {
  customer: string;
  available: string;
  pending: string;
  /** Rises with every change, so that only the newest is written. */
  version: string;
  label: string;
  /** Absent where the program gives none: then nothing is said of them. */
  perks?: { discounts: readonly StandingDiscount[]; until: Millis };
}

export type Capability = 'amount-off' | 'percent-off' | 'free-shipping' | 'store-credit' | 'reviews';

/** One page of what changed, and where to go on; `next` null = the end. */
export interface Page<T> {
  items: T[];
  next: string | null;
}

/**
 * The outbound half of a commerce platform, bound to one store. Every method may throw `RetryLater` (429, 5xx,
 * time-out, nonsense instead of JSON) or `AppError('platform_revoked', ...)` when the platform no longer knows us.
 */
export interface OutboundPlatform {
  name: PlatformName;
  can: ReadonlySet<Capability>;
  /** How far back it lets us read orders; of an older one null means nothing. */
  readsBackMs: Millis;
  /** Null = the platform says that it does not exist (or was thrown away). */
  fetchOrder(id: string): Promise<OrderSnapshot | null>;
  /** The order that a refund belongs to, for pokes that name only the refund. */
  orderOfRefund(refund: string): Promise<string | null>;
  fetchCustomer(id: string): Promise<CustomerState | null>;
  ordersChangedSince(since: Millis, cursor: string | null): Promise<Page<OrderSnapshot>>;
  /** Null = the platform knows no such product. */
  fetchProduct(id: string): Promise<ProductState | null>;
  /** All products. There is no "changed since": categories and collections change without their products. */
  products(cursor: string | null): Promise<Page<ProductState>>;
  reviewsSince(since: Millis, cursor: string | null): Promise<Page<ReviewState>>;
  fetchReview(id: string): Promise<ReviewState | null>;
  /** What keeps codes of these kinds from doing anything in the shop as it is set up now, in words for its owner. */
  obstacles(of: readonly Capability[]): Promise<Partial<Record<Capability, string>>>;
  /** Creates the code, or adopts the one that a lost answer left behind; refuses (AppError) one that is not bound as asked. */
  createDiscount(order: DiscountOrder): Promise<ExistingDiscount>;
  findDiscount(code: string): Promise<ExistingDiscount | null>;
  /** After this the code can never be used again; done already = done. */
  killDiscount(code: string): Promise<void>;
  mirrorBalances(balances: BalanceMirror[]): Promise<void>;
  /**
   * Makes sure that what was mirrored of perks takes effect at the checkout; absent where there is nothing to set up. `tags` = of
   * products, all that perks ask for.
   */
  keepPerks?(tags: readonly string[]): Promise<void>;
  /** Gives credit, or finds what a lost answer left behind; refuses (AppError `credit_refused`). Absent without `store-credit`. */
  giveCredit?(order: CreditOrder): Promise<{ ref: string }>;
  findCredit?(order: CreditOrder): Promise<{ ref: string } | null>;
  /** All credits that bear the keys of these orders of one customer, by key; null = there is no such customer any more. */
  findCredits?(orders: readonly CreditOrder[]): Promise<ReadonlyMap<string, FoundCredit[]> | null>;
  subscriptions(): Promise<Subscription[]>;
  /** Makes the platform tell us everything we listen to at `url`; repairs what is disabled, removes doubles. */
  ensureSubscriptions(url: string, secret: string): Promise<{ created: string[]; revived: string[] }>;
}
