import { z } from 'zod';
import type { ProductState } from '../../src/commerce/inbound-platform.js';
import { gmt, id, text } from '../shapes.js';
import { shownName } from './shown-name.js';

/** Bounded far above what a shop's own pages can show. */
const MOST = 1_000;

const terms = z
  .array(z.object({ slug: text(200), name: z.string().nullish() }))
  .max(MOST)
  .nullish()
  .transform((all) => all ?? []);

const productBody = z.object({
  id,
  name: z.string().nullish(),
  date_created_gmt: gmt.nullish(),
  date_modified_gmt: gmt.nullish(),
  categories: terms,
  tags: terms,
  on_sale: z.boolean().nullish(),
});

const slugsOf = (all: readonly { slug: string }[]): string[] => all.map(({ slug }) => slug);

/**
 * A product of a webhook body or of `GET products`. Its categories and tags are told by their slugs, which do not change
 * with a name's spelling or language. Throws zod's error.
 */
export function toProduct(body: unknown): ProductState {
  const product = productBody.parse(body);
  return {
    id: product.id,
    at: product.date_modified_gmt ?? product.date_created_gmt ?? 0,
    categories: slugsOf(product.categories),
    tags: slugsOf(product.tags),
    onSale: product.on_sale ?? false,
    title: shownName(product.name),
    categoryNames: Object.fromEntries(
      product.categories.flatMap(({ slug, name }) => {
        const called = shownName(name);
        return called === null ? [] : [[slug, called]];
      }),
    ),
  };
}
