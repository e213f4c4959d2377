import type { Product } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { connection, type Paged } from './connection.js';
import { dateTime } from './graphql-orders.js';
import { gid, idOfGid } from './ids.js';

/** What the schema's product fields resolve to: a category is a collection, the first is the product's type as well. */
export function productQueries(shop: Shop): Record<string, unknown> {
  return {
    product: ({ id }: { id: string }) => {
      const found = shop.product(idOfGid(id));
      return found ? productNode(found) : null;
    },
    products: (args: Paged) => connection(shop.state.products.map(productNode), args),
  };
}

const productNode = (product: Product): unknown => ({
  id: gid('Product', product.id),
  updatedAt: dateTime(product.modified),
  productType: product.categories[0] ?? '',
  tags: product.tags,
  collections: (args: Paged) => connection(product.categories.map(collectionNode), args),
});

const collectionNode = (name: string): unknown => ({ handle: name.toLowerCase().replace(/[^a-z0-9]+/g, '-') });
