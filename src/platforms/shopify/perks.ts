import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import type { ShopifyApp } from './app.js';
import type { ShopifyClient } from './client.js';
import { pageInfo } from './gid.js';
import { CREATE_PERK_DISCOUNT, PERK_DISCOUNTS, SET_METAFIELDS } from './operations.js';

/** As extensions/discount/shopify.extension.toml names it. */
export const FUNCTION = 'tallymark-perks';
/** The longest list that a Function's query may be given. */
const MOST_TAGS = 100;

/** What this shop's notes are signed with; another's are worth nothing here. It changes with the app's secret. */
export const perksKey = (app: ShopifyApp, shop: string): string =>
  createHmac('sha256', app.current.config.apiSecretKey).update(`perks/${shop}`).digest('hex');

const value = z.object({ value: z.string() }).nullish();
const listed = z.object({
  discountNodes: z.object({
    pageInfo,
    nodes: z.array(z.object({ id: z.string(), metafield: value, tags: value })),
  }),
});
const errors = z.array(z.object({ message: z.string() }));
const made = z.object({ discountAutomaticAppCreate: z.object({ userErrors: errors }).nullable() });
const written = z.object({ metafieldsSet: z.object({ userErrors: errors }).nullable() });

/**
 * One automatic discount in the shop runs our Function, and bears the key that notes are signed with; made when there is
 * none, and given the key and the `tags` that its query asks about anew when they have changed. What it takes off stands in each
 * customer's note alone.
 */
export async function keepPerkDiscount(
  client: ShopifyClient,
  key: string,
  tags: readonly string[],
  now: number,
): Promise<void> {
  const asked = JSON.stringify({ tags: tags.slice(0, MOST_TAGS) });
  const places = [
    { namespace: '$app', key: 'perks-key', type: 'single_line_text_field', value: key },
    { namespace: '$app', key: 'perks-tags', type: 'json', value: asked },
  ];
  const existing = await ours(client);
  if (existing?.key === key && existing.asked === asked) return;
  if (existing) {
    const metafields = places.map((place) => ({ ownerId: existing.id, ...place }));
    const { metafieldsSet } = await client.run(SET_METAFIELDS, { metafields }, written);
    return refuse(metafieldsSet?.userErrors ?? []);
  }
  const discount = {
    title: 'Member perks',
    functionHandle: FUNCTION,
    startsAt: new Date(now).toISOString(),
    discountClasses: ['PRODUCT', 'SHIPPING'],
    combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: true },
    metafields: places,
  };
  const { discountAutomaticAppCreate } = await client.run(CREATE_PERK_DISCOUNT, { discount }, made);
  refuse(discountAutomaticAppCreate?.userErrors ?? []);
}

async function ours(client: ShopifyClient): Promise<{ id: string; key: string; asked: string | undefined } | null> {
  for (let after: string | null = null; ;) {
    const { discountNodes: page }: z.output<typeof listed> = await client.run(PERK_DISCOUNTS, { after }, listed);
    const found = page.nodes.find(({ metafield }) => metafield);
    if (found?.metafield) return { id: found.id, key: found.metafield.value, asked: found.tags?.value };
    if (!page.pageInfo.hasNextPage) return null;
    after = page.pageInfo.endCursor ?? null;
  }
}

function refuse([error]: readonly { message: string }[]): void {
  if (error) throw new AppError('perks_refused', 422, `Shopify refused the discount of member perks: ${error.message}`);
}
