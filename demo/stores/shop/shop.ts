import { randomBytes } from 'node:crypto';
import type { Clock } from '../../../src/lib/clock.js';
import { refusalOf } from './codes.js';
import type {
  Cart,
  CartLine,
  Customer,
  Discount,
  Occurrence,
  Order,
  PricedCart,
  Product,
  RefusalReason,
  Review,
  ReviewStatus,
  ShopSettings,
  Standing,
} from './model.js';
import { Refusal } from './model.js';
import { price } from './pricing.js';

export interface ShopState {
  lastId: number;
  products: Product[];
  customers: Customer[];
  discounts: Discount[];
  orders: Order[];
  reviews: Review[];
  /** Discounts that an app's Function computes (Shopify). */
  appDiscounts?: { id: string; title: string; handle: string; meta: Customer['meta'] }[];
}

export interface ShopOptions {
  settings: ShopSettings;
  clock: Clock;
  state: ShopState;
  /** How this platform words a refusal; may also forbid signing in twice with one e-mail and so on. */
  words(reason: RefusalReason, code: string): string;
  /** Ids of this platform's kind out of a rising count. */
  idFrom(count: number): string;
  occurred(occurrence: Occurrence): void;
  /** Absent where this platform's checkout takes nothing off by itself. */
  standing?(shop: Shop, customer: Customer, lines: readonly CartLine[]): Standing;
}

const NO_STANDING: Standing = { discounts: [], sendsFree: false, notes: {} };

/** A shop without a platform: what it sells, who buys, what the codes are worth. Platforms give it their face. */
export class Shop {
  readonly settings: ShopSettings;
  readonly state: ShopState;
  private readonly options: ShopOptions;

  constructor(options: ShopOptions) {
    this.options = options;
    this.settings = options.settings;
    this.state = options.state;
  }

  now(): number {
    return this.options.clock.now();
  }
  newId(): string {
    this.state.lastId += 1;
    return this.options.idFrom(this.state.lastId);
  }
  tell(occurrence: Occurrence): void {
    this.options.occurred(occurrence);
  }

  product(id: string): Product | undefined {
    return this.state.products.find((each) => each.id === id);
  }
  customer(id: string | null): Customer | null {
    return (id !== null && this.state.customers.find((each) => each.id === id)) || null;
  }
  customerByEmail(email: string): Customer | null {
    return this.state.customers.find((each) => each.email.toLowerCase() === email.trim().toLowerCase()) ?? null;
  }
  order(id: string): Order {
    const order = this.state.orders.find((each) => each.id === id);
    if (!order) throw new Refusal('no_such_order', 404, `there is no order ${id}`);
    return order;
  }
  discount(code: string): Discount | undefined {
    return this.state.discounts.find((each) => each.code.toLowerCase() === code.trim().toLowerCase());
  }

  addProduct(seed: Omit<Product, 'id' | 'created' | 'modified'>): Product {
    const product = { ...seed, id: this.newId(), created: this.now(), modified: this.now() };
    this.state.products.push(product);
    this.tell({ kind: 'product-created', product });
    return product;
  }

  changeProduct(id: string, change: Partial<Pick<Product, 'title' | 'price' | 'categories' | 'tags'>>): Product {
    const product = this.product(id);
    if (!product) throw new Refusal('no_such_product', 404, `there is no product ${id}`);
    Object.assign(product, change, { modified: this.now() });
    this.tell({ kind: 'product-updated', product });
    return product;
  }

  addCustomer(person: Partial<Customer> & { email: string }): Customer {
    if (this.customerByEmail(person.email)) {
      throw new Refusal(
        'registration-error-email-exists',
        400,
        `An account is already registered with ${person.email}.`,
      );
    }
    const now = this.now();
    const blank = {
      firstName: '',
      lastName: '',
      phone: '',
      password: randomBytes(9).toString('base64'),
      verified: true,
    };
    const customer = { ...blank, meta: {}, ...person, id: this.newId(), created: now, modified: now };
    this.state.customers.push(customer);
    this.tell({ kind: 'customer-created', customer });
    return customer;
  }

  changeCustomer(
    id: string,
    change: Partial<Pick<Customer, 'email' | 'firstName' | 'lastName' | 'phone' | 'verified'>>,
  ): Customer {
    const customer = this.customer(id);
    if (!customer) throw new Refusal('no_such_customer', 404, `there is no customer ${id}`);
    Object.assign(customer, change, { modified: this.now() });
    this.tell({ kind: 'customer-updated', customer });
    return customer;
  }

  removeCustomer(id: string): void {
    const index = this.state.customers.findIndex((each) => each.id === id);
    const [customer] = index < 0 ? [] : this.state.customers.splice(index, 1);
    if (customer) this.tell({ kind: 'customer-deleted', customer });
  }

  /** `gone`'s orders become `kept`'s, as a merge on Shopify does. */
  mergeCustomers(kept: string, gone: string): void {
    const [one, other] = [this.customer(kept), this.customer(gone)];
    if (!one || !other) throw new Refusal('no_such_customer', 404, 'both customers must exist');
    this.state.customers = this.state.customers.filter((each) => each.id !== gone);
    for (const order of this.state.orders.filter((each) => each.customer === gone)) {
      order.customer = kept;
      this.touch(order);
    }
    this.tell({ kind: 'customers-merged', kept: one, gone: other });
  }

  login(email: string, password: string): Customer {
    const customer = this.customerByEmail(email);
    if (!customer || customer.password !== password) throw new Refusal('wrong_login', 401, 'wrong e-mail or password');
    return customer;
  }

  /** What this cart costs now; a code that may not be used is listed with the shop's words instead of taken. */
  priceCart(cart: Cart): PricedCart {
    const products = new Map(this.state.products.map((each) => [each.id, each]));
    const plain = price(cart.lines, products, [], this.settings, () => '0');
    const basket = { items: plain.items, products: cart.lines.map((line) => line.product) };
    const buyer = { customer: this.customer(cart.customer), email: cart.email };
    const good: Discount[] = [];
    const refused: PricedCart['refused'] = [];
    for (const code of new Set(cart.codes.map((each) => each.trim().toLowerCase()))) {
      const discount = this.discount(code);
      const reason = refusalOf(discount, buyer, basket, this.now());
      if (reason) refused.push({ code, reason, message: this.options.words(reason, code) });
      else if (discount) good.push(discount);
    }
    const { discounts, sendsFree, notes } =
      (buyer.customer && this.options.standing?.(this, buyer.customer, cart.lines)) || NO_STANDING;
    const settings = sendsFree ? { ...this.settings, shippingPrice: 0 } : this.settings;
    return { ...price(cart.lines, products, [...discounts, ...good], settings, () => this.newId()), refused, notes };
  }

  /** Removes an order's use of its codes: only where the platform gives a code back (WooCommerce does, Shopify does not). */
  giveCodesBack(order: Order): void {
    for (const used of order.codes) {
      const discount = this.state.discounts.find((each) => each.id === used.discount);
      if (!discount || discount.uses === 0) continue;
      discount.uses -= 1;
      const at = discount.usedBy.findIndex((who) => who === order.customer || who === order.email.toLowerCase());
      if (at >= 0) discount.usedBy.splice(at, 1);
    }
  }

  useCodes(order: Order): void {
    for (const used of order.codes) {
      const discount = this.state.discounts.find((each) => each.id === used.discount);
      if (!discount) continue;
      discount.uses += 1;
      discount.usedBy.push(order.customer ?? order.email.toLowerCase());
    }
  }

  /** Platforms' versions rise with each change, also inside one millisecond. */
  touch(order: Order): void {
    order.modified = Math.max(this.now(), order.modified);
  }

  review(
    input: {
      product: string;
      customer: string | null;
      email?: string;
      rating: number;
      text: string;
      status?: ReviewStatus;
    },
    byRest = false,
  ): Review {
    if (!this.product(input.product))
      throw new Refusal('woocommerce_rest_product_invalid_id', 404, 'Invalid product ID.');
    const customer = this.customer(input.customer);
    const review: Review = {
      id: this.newId(),
      product: input.product,
      customer: input.customer,
      name: customer ? `${customer.firstName} ${customer.lastName}`.trim() : 'Guest',
      email: customer?.email ?? input.email ?? '',
      rating: input.rating,
      text: input.text,
      status: input.status ?? 'approved',
      created: this.now(),
    };
    this.state.reviews.push(review);
    this.reviewChanged(review, byRest);
    return review;
  }

  moderate(id: string, status: ReviewStatus, byRest = false): Review {
    const review = this.state.reviews.find((each) => each.id === id);
    if (!review) throw new Refusal('woocommerce_rest_review_invalid_id', 404, 'Invalid review ID.');
    review.status = status;
    this.reviewChanged(review, byRest);
    return review;
  }

  removeReview(id: string, byRest = false): Review {
    const index = this.state.reviews.findIndex((each) => each.id === id);
    const [review] = index < 0 ? [] : this.state.reviews.splice(index, 1);
    if (!review) throw new Refusal('woocommerce_rest_review_invalid_id', 404, 'Invalid review ID.');
    this.reviewChanged(review, byRest, true);
    return review;
  }

  private reviewChanged(review: Review, byRest: boolean, deleted = false): void {
    this.tell({ kind: 'review-changed', review, byRest, deleted });
    const product = this.product(review.product);
    if (!product) return;
    product.modified = this.now();
    this.tell({ kind: 'product-updated', product, byReview: true });
  }

  /** Only approved reviews count, as on a product page. */
  ratings(product: string): { count: number; average: number } {
    const counted = this.state.reviews.filter((each) => each.product === product && each.status === 'approved');
    const sum = counted.reduce((total, each) => total + each.rating, 0);
    return { count: counted.length, average: counted.length ? sum / counted.length : 0 };
  }
}

export const EMPTY_SHOP = (): ShopState => ({
  lastId: 10,
  products: [],
  customers: [],
  discounts: [],
  orders: [],
  reviews: [],
});
