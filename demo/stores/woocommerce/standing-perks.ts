import type { CartLine, Customer, Discount, Product, Standing } from '../shop/model.js';
import { decimal } from '../shop/pricing.js';
import type { Shop } from '../shop/shop.js';

/** As the service writes it into the customer's meta data. */
interface Note {
  until: number;
  currency: string;
  exponent: number;
  discounts: Perk[];
}
type Asks = Partial<Record<'notProducts' | 'categories' | 'notCategories' | 'tags' | 'notTags', string[]>>;
type Perk = { least: number } & (
  { kind: 'free-shipping' } | { kind: 'percent'; hundredths: number; products: string[] | null; asks?: Asks }
);

const NOTHING: Standing = { discounts: [], sendsFree: false, notes: {} };

/** What the companion plugin (Shop/Standing_Perks.php) takes off for this customer: the best percentage of each line, and delivery. */
export function standingOf(shop: Shop, customer: Customer, lines: readonly CartLine[]): Standing {
  const note = JSON.parse(customer.meta['tallymark_perks']?.value ?? 'null') as Note | null;
  if (!note || note.until * 1000 < shop.now()) return NOTHING;
  const items = lines.flatMap(({ product: id, quantity }) => {
    const product = shop.product(id);
    return product ? [{ product, quantity }] : [];
  });
  const goods = items.reduce((sum, { product, quantity }) => sum + product.price * quantity, 0);
  const holding = note.discounts.filter(
    ({ least }) => least === 0 || (note.currency === shop.settings.currency && goods >= least),
  );
  const best = new Map<number, string[]>();
  for (const { product } of items) {
    const fitting = holding.flatMap((perk) =>
      perk.kind === 'percent' && fits(perk.products, perk.asks ?? {}, product) ? [perk.hundredths] : [],
    );
    const hundredths = Math.max(0, ...fitting);
    if (hundredths > 0) best.set(hundredths, [...(best.get(hundredths) ?? []), product.id]);
  }
  const { exponent, shippingPrice } = shop.settings;
  const sendsFree = shippingPrice > 0 && holding.some(({ kind }) => kind === 'free-shipping');
  return {
    discounts: [...best].map(([hundredths, products]) => couponOf(hundredths / 100, products)),
    sendsFree,
    notes: sendsFree ? { _tallymark_shipping_off: decimal(shippingPrice, exponent) } : {},
  };
}

function fits(products: string[] | null, asks: Asks, product: Product): boolean {
  const slugs = { categories: slugsOf(product.categories), tags: slugsOf(product.tags) };
  const shares = (wanted: string[] | undefined, own: string[]) =>
    wanted === undefined || own.some((one) => wanted.includes(one));
  const lacks = (unwanted: string[] | undefined, own: string[]) => !own.some((one) => unwanted?.includes(one));
  return (
    shares(products ?? undefined, [product.id]) &&
    shares(asks.categories, slugs.categories) &&
    shares(asks.tags, slugs.tags) &&
    lacks(asks.notProducts, [product.id]) &&
    lacks(asks.notCategories, slugs.categories) &&
    lacks(asks.notTags, slugs.tags)
  );
}

const slugsOf = (names: readonly string[]): string[] => names.map((name) => name.toLowerCase());

/** WooCommerce knows it while this cart is computed, and never by an id. */
function couponOf(percent: number, products: string[]): Discount {
  return {
    ...{ id: '0', code: `tallymark-member-${percent}`, title: '', kind: 'percent', off: 0, percent, products },
    ...{ customers: null, emails: [], minimum: 0, startsAt: 0, endsAt: null, limit: null, limitPerCustomer: null },
    ...{ uses: 0, usedBy: [], status: 'live', meta: [], created: 0, modified: 0 },
  };
}
