import * as z from 'zod';
import type { ProductState } from '../../commerce/inbound-platform.js';
import type { Page } from '../../commerce/outbound-platform.js';
import type { ShopifyClient } from './client.js';
import { dateTime, gid, gidOf, pageInfo } from './gid.js';
import { PRODUCT, PRODUCTS } from './operations.js';

const price = z.object({ amount: z.string() });

const productNode = z.object({
  id: gid('Product'),
  title: z.string(),
  updatedAt: dateTime,
  productType: z.string(),
  tags: z.array(z.string()),
  compareAtPriceRange: z.object({ maxVariantCompareAtPrice: price }).nullish(),
  priceRangeV2: z.object({ minVariantPrice: price }),
  collections: z.object({ pageInfo, nodes: z.array(z.object({ handle: z.string(), title: z.string() })) }),
});
type ProductNode = z.output<typeof productNode>;
type Collection = ProductNode['collections']['nodes'][number];

const oneAnswer = z.object({ product: productNode.nullable() });
const pageAnswer = z.object({ products: z.object({ pageInfo, nodes: z.array(productNode) }) });

/** The product with all of its collections, however many. */
export async function fetchProduct(client: ShopifyClient, id: string): Promise<ProductState | null> {
  const collections: Collection[] = [];
  for (let after: string | null = null; ;) {
    const { product }: z.output<typeof oneAnswer> = await client.run(
      PRODUCT,
      { id: gidOf('Product', id), after },
      oneAnswer,
    );
    if (!product) return null;
    collections.push(...product.collections.nodes);
    if (!product.collections.pageInfo.hasNextPage) return stateOf(product, collections);
    after = product.collections.pageInfo.endCursor ?? null;
  }
}

/** All products by id; one in more collections than a page of many products shows is read by itself. */
export async function products(client: ShopifyClient, cursor: string | null): Promise<Page<ProductState>> {
  const { products: page } = await client.run(PRODUCTS, { after: cursor }, pageAnswer);
  const items: ProductState[] = [];
  for (const node of page.nodes) {
    const whole = node.collections.pageInfo.hasNextPage
      ? await fetchProduct(client, node.id)
      : stateOf(node, node.collections.nodes);
    if (whole) items.push(whole);
  }
  return { items, next: page.pageInfo.hasNextPage ? (page.pageInfo.endCursor ?? null) : null };
}

/** A product's type, as written, is a category like its collections. */
function stateOf(product: ProductNode, collections: readonly Collection[]): ProductState {
  const { id, title, updatedAt, productType, tags } = product;
  const type = productType === '' ? [] : [productType];
  const categories = [...new Set([...type, ...collections.map(({ handle }) => handle)])];
  const categoryNames = Object.fromEntries(collections.map((one) => [one.handle, one.title]));
  return { id, at: updatedAt, categories, tags, onSale: isOnSale(product), title, categoryNames };
}

/** Some variant's regular price (`compare at`) is above what the product can be had for. */
function isOnSale({ compareAtPriceRange, priceRangeV2 }: ProductNode): boolean {
  const regular = Number(compareAtPriceRange?.maxVariantCompareAtPrice.amount ?? 0);
  return regular > Number(priceRangeV2.minVariantPrice.amount);
}
