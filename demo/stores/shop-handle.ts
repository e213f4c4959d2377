import type { Faults } from './faults.js';
import type { Postman } from './postman.js';
import type { Cart, Customer, Order, PricedCart, Product, Refund, Review, ReviewStatus } from './shop/model.js';
import type { Placing, RefundWish } from './shop/orders.js';
import type { Shop } from './shop/shop.js';

/**
 * A running demo store, the same for either platform: what tests, the demo and the storefront's pages do with it.
 * Every method that changes something sends the webhooks that the real platform would send.
 */
export interface ShopHandle {
  platform: 'shopify' | 'woocommerce';
  /** Where it listens, e.g. http://127.0.0.1:4081 */
  url: string;
  shop: Shop;
  faults: Faults;
  postman: Postman;
  addProduct(seed: Omit<Product, 'id' | 'created' | 'modified'>): Product;
  changeProduct(id: string, change: Partial<Pick<Product, 'title' | 'price' | 'categories' | 'tags'>>): Product;
  addCustomer(person: Partial<Customer> & { email: string }): Customer;
  changeCustomer(
    id: string,
    change: Partial<Pick<Customer, 'email' | 'firstName' | 'lastName' | 'phone' | 'verified'>>,
  ): Customer;
  removeCustomer(id: string): void;
  login(email: string, password: string): Customer;
  priceCart(cart: Cart): PricedCart;
  placeOrder(wish: Placing): Order;
  pay(order: string): Order;
  complete(order: string): Order;
  cancel(order: string): Order;
  change(order: string, change: Partial<Pick<Order, 'customer' | 'email' | 'attributes' | 'test' | 'phone'>>): Order;
  editLine(order: string, line: string, quantity: number): Order;
  refund(order: string, wish?: RefundWish): Refund;
  review(input: {
    product: string;
    customer: string | null;
    email?: string;
    rating: number;
    text: string;
    status?: ReviewStatus;
  }): Review;
  moderate(review: string, status: ReviewStatus): Review;
  /** All webhooks so far have been answered (or lost). */
  settle(): Promise<void>;
  close(): Promise<void>;
}
