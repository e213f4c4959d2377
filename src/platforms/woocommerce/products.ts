import * as z from 'zod';
import { toProduct } from '../../../webhooks/woocommerce/products.js';
import type { ProductState } from '../../commerce/inbound-platform.js';
import type { Page } from '../../commerce/outbound-platform.js';
import { nonsense } from '../failures.js';
import { expect } from './answers.js';
import type { WooClient } from './client.js';

const PAGE = 100;
/** All that is read: whole products are long. */
const FIELDS = 'id,name,date_created_gmt,date_modified_gmt,categories,tags,on_sale';

export async function fetchProduct(client: WooClient, id: string): Promise<ProductState | null> {
  const answer = await client.get(`products/${id}`, { _fields: FIELDS });
  return answer.status === 404 ? null : translated(answer.body);
}

/** All products by id, so that new ones come last and none slips through between two pages. */
export async function products(client: WooClient, cursor: string | null): Promise<Page<ProductState>> {
  const page = cursor === null ? 1 : Number(cursor);
  const answer = await client.get('products', { orderby: 'id', order: 'asc', per_page: PAGE, page, _fields: FIELDS });
  const items = expect(z.array(z.unknown()), answer.body, 'products').map(translated);
  return { items, next: page < answer.pages ? String(page + 1) : null };
}

function translated(body: unknown): ProductState {
  try {
    return toProduct(body);
  } catch (error) {
    if (error instanceof z.ZodError) throw nonsense('product', error.issues[0]?.message ?? 'unknown shape');
    throw error;
  }
}
