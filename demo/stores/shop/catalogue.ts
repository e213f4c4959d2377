import type { Customer, Product, ShopSettings } from './model.js';
import type { Shop } from './shop.js';

const picture = (name: string, from: string, to: string, glyph: string): string =>
  `data:image/svg+xml,${encodeURIComponent(
    `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 400 400" role="img" aria-label="${name}"><defs><linearGradient id="g" x1="0" y1="0" x2="1" y2="1"><stop stop-color="${from}"/><stop offset="1" stop-color="${to}"/></linearGradient></defs><rect width="400" height="400" fill="url(#g)"/><text x="200" y="250" font-size="150" text-anchor="middle">${glyph}</text></svg>`,
  )}`;

type Seed = Omit<Product, 'id' | 'created' | 'modified'>;

/** What the demo shops sell. Prices are displayed prices in cents. */
export const COFFEE_SHELF: Seed[] = [
  {
    title: 'Espresso Beans 1 kg',
    description: 'Dark chocolate, toasted hazelnut, a long finish. Roasted on Tuesdays.',
    image: picture('Espresso beans', '#3b2418', '#8a5a3c', '☕'),
    price: 2400,
    taxPercent: 0,
    categories: ['Coffee'],
    tags: ['beans', 'bestseller'],
    sku: 'BEAN-1',
    giftCard: false,
  },
  {
    title: 'Pour-over Kettle',
    description: 'A slow, steady stream from a goose neck. Holds 900 ml.',
    image: picture('Pour-over kettle', '#1f3a44', '#6da5a8', '🫖'),
    price: 5900,
    taxPercent: 0,
    categories: ['Brewing'],
    tags: ['gear'],
    sku: 'KETTLE-1',
    giftCard: false,
  },
  {
    title: 'The Coffee Atlas',
    description: 'Forty origins, hand-drawn maps, and where to drink them.',
    image: picture('The Coffee Atlas', '#5b3c6e', '#d39bb7', '📖'),
    price: 3200,
    taxPercent: 0,
    categories: ['Books'],
    tags: ['gift'],
    sku: 'BOOK-1',
    giftCard: false,
  },
];

type Person = Pick<Customer, 'email' | 'firstName' | 'lastName' | 'password'>;

/** Customers that can sign in on the demo storefront. */
export const REGULARS: Person[] = [
  { email: 'anna@example.test', firstName: 'Anna', lastName: 'Berg', password: 'demo' },
  { email: 'ben@example.test', firstName: 'Ben', lastName: 'Okoro', password: 'demo' },
];

export const PLAIN: ShopSettings = {
  name: 'Demo shop',
  currency: 'EUR',
  exponent: 2,
  taxesIncluded: true,
  shippingPrice: 490,
  freeShippingFrom: 5000,
  freeShippingByCode: true,
  shippingTaxPercent: 0,
  zone: 'Europe/Amsterdam',
};

/** Fills an empty shop; one that has been open before keeps what it has. */
export function stock(shop: Shop): void {
  if (shop.state.products.length > 0) return;
  for (const product of COFFEE_SHELF) shop.addProduct(product);
  for (const regular of REGULARS) shop.addCustomer(regular);
}
