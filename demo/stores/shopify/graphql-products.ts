import type { Minor, Product } from '../shop/model.js';
import { decimal } from '../shop/pricing.js';
import type { Shop } from '../shop/shop.js';
import { connection, type Paged } from './connection.js';
import { dateTime } from './graphql-orders.js';
import { gid, idOfGid } from './ids.js';

/** What the schema's product fields resolve to: a category is a collection, the first is the product's type as well. */
export function productQueries(shop: Shop): Record<string, unknown> {
  const { currency, exponent } = shop.settings;
  const money = (minor: Minor): unknown => ({ amount: decimal(minor, exponent), currencyCode: currency });
  return {
    product: ({ id }: { id: string }) => {
      const found = shop.product(idOfGid(id));
      return found ? productNode(found, money) : null;
    },
    products: (args: Paged) =>
      connection(
        shop.state.products.map((product) => productNode(product, money)),
        args,
      ),
  };
}

const productNode = (product: Product, money: (minor: Minor) => unknown): unknown => ({
  id: gid('Product', product.id),
  title: product.title,
  updatedAt: dateTime(product.modified),
  productType: product.categories[0] ?? '',
  tags: product.tags,
  compareAtPriceRange:
    product.regularPrice === undefined ? null : { maxVariantCompareAtPrice: money(product.regularPrice) },
  priceRangeV2: { minVariantPrice: money(product.price) },
  collections: (args: Paged) => connection(product.categories.map(collectionNode), args),
});

const collectionNode = (name: string): unknown => ({
  handle: name.toLowerCase().replace(/[^a-z0-9]+/g, '-'),
  title: name,
});
