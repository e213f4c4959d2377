import type { CustomerState, ProductState, ReviewState } from '../../src/commerce/inbound-platform.js';
import { AppError, RetryLater } from '../../src/lib/errors.js';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import type {
  BalanceMirror,
  Capability,
  CreditOrder,
  DiscountOrder,
  OutboundPlatform,
} from '../../src/commerce/outbound-platform.js';

/** Orders' lines do not say what products are called. */
const UNNAMED = { title: null, categoryNames: {} };

interface Code {
  ref: string;
  order: DiscountOrder;
  live: boolean;
  uses: number;
}

/**
 * The API of a shop that a test fills: its orders, customers and codes. It behaves as one does (a code of the same text is
 * adopted, a dead one stays dead, an order that is not there is null) and remembers what it was asked.
 */
export class RememberedPlatform implements OutboundPlatform {
  readonly name = 'shopify';
  readonly can: ReadonlySet<Capability> = new Set([
    'amount-off',
    'percent-off',
    'free-shipping',
    'store-credit',
  ] as const);
  readsBackMs = 60 * 24 * 3_600_000;
  readonly orders = new Map<string, OrderSnapshot>();
  readonly customers = new Map<string, CustomerState>();
  readonly codes = new Map<string, Code>();
  readonly mirrored = new Map<string, BalanceMirror>();
  /** Each call by name, in order. */
  readonly asked: string[] = [];

  async fetchOrder(id: string): Promise<OrderSnapshot | null> {
    this.asked.push(`order ${id}`);
    return this.orders.get(id) ?? null;
  }
  async orderOfRefund(refund: string): Promise<string | null> {
    for (const order of this.orders.values()) if (order.refunds.some(({ id }) => id === refund)) return order.id;
    return null;
  }
  async fetchCustomer(id: string): Promise<CustomerState | null> {
    return this.customers.get(id) ?? null;
  }
  /** Pages of ten, by what changed last. */
  async ordersChangedSince(since: number, cursor: string | null) {
    const changed = [...this.orders.values()].filter((order) => order.at >= since).sort((a, b) => a.at - b.at);
    const from = Number(cursor ?? 0);
    const next = from + 10 < changed.length ? String(from + 10) : null;
    return { items: changed.slice(from, from + 10), next };
  }
  /** What its orders' lines say of it. */
  async fetchProduct(id: string): Promise<ProductState | null> {
    const lines = [...this.orders.values()].flatMap((order) => order.lines);
    const line = lines.find(({ product }) => product === id);
    return line
      ? { id, at: 0, categories: line.categories, tags: line.tags, onSale: line.onSale ?? false, ...UNNAMED }
      : null;
  }
  async products(): Promise<{ items: ProductState[]; next: null }> {
    return { items: [], next: null };
  }
  async reviewsSince(): Promise<{ items: ReviewState[]; next: null }> {
    return { items: [], next: null };
  }
  async fetchReview(): Promise<ReviewState | null> {
    return null;
  }
  /** What the shop is not set up for. */
  cannot: Awaited<ReturnType<OutboundPlatform['obstacles']>> = {};
  async obstacles() {
    return this.cannot;
  }
  async createDiscount(order: DiscountOrder) {
    this.asked.push(`create ${order.code}`);
    const code = this.codes.get(order.code) ?? {
      ref: `gid://shopify/DiscountCodeNode/${this.codes.size + 1}`,
      order,
      live: true,
      uses: 0,
    };
    this.codes.set(order.code, code);
    return existing(code);
  }
  async findDiscount(text: string) {
    const code = this.codes.get(text);
    return code ? existing(code) : null;
  }
  async killDiscount(text: string): Promise<void> {
    this.asked.push(`kill ${text}`);
    const code = this.codes.get(text);
    if (code) code.live = false;
  }
  readonly credits = new Map<string, CreditOrder>();
  /** What the next credits come to: given, lost on the way back, or refused for good. */
  creditsAre: 'given' | 'lost' | 'refused' = 'given';
  async giveCredit(order: CreditOrder) {
    this.asked.push(`credit ${order.key}`);
    if (this.creditsAre === 'refused') throw new AppError('credit_refused', 422, 'no store credit here');
    this.credits.set(order.key, order);
    if (this.creditsAre === 'lost') throw new RetryLater('the answer was lost', 1_000);
    return { ref: `credit-of-${order.key}` };
  }
  async findCredit({ key }: CreditOrder) {
    return this.credits.has(key) ? { ref: `credit-of-${key}` } : null;
  }
  /** What its purse holds beside what was asked for: of a credit, how often it is there, of what amount, what ended of it. */
  readonly purse = new Map<string, { times?: number; off?: number; ended?: number }>();
  async findCredits(orders: readonly CreditOrder[]) {
    return new Map(
      orders.map(({ key }) => {
        const credit = this.credits.get(key);
        const { times = 1, off = credit?.off ?? 0, ended = 0 } = this.purse.get(key) ?? {};
        const ref = `credit-of-${key}`;
        return [key, credit ? Array.from({ length: times }, () => ({ ref, off, left: off - ended, ended })) : []];
      }),
    );
  }
  async mirrorBalances(balances: BalanceMirror[]): Promise<void> {
    for (const balance of balances) this.mirrored.set(balance.customer, balance);
  }
  async subscriptions() {
    return [];
  }
  async ensureSubscriptions() {
    return { created: [], revived: [] };
  }

  /** An order that carries these codes was placed: each has one use more. */
  use(codes: readonly string[]): void {
    for (const text of codes) {
      const code = this.codes.get(text);
      if (code) code.uses += 1;
    }
  }
}

function existing({ ref, order, live, uses }: Code) {
  return { ref, code: order.code, live, uses, bound: true };
}
