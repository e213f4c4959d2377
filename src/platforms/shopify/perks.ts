import { createHmac } from 'node:crypto';
import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import type { ShopifyApp } from './app.js';
import type { ShopifyClient } from './client.js';
import { pageInfo } from './gid.js';
import { CREATE_PERK_DISCOUNT, PERK_DISCOUNTS, SET_METAFIELDS } from './operations.js';

/** As extensions/discount/shopify.extension.toml names it. */
export const FUNCTION = 'tallymark-perks';

/** What this shop's notes are signed with; another's are worth nothing here. It changes with the app's secret. */
export const perksKey = (app: ShopifyApp, shop: string): string =>
  createHmac('sha256', app.current.config.apiSecretKey).update(`perks/${shop}`).digest('hex');

const listed = z.object({
  discountNodes: z.object({
    pageInfo,
    nodes: z.array(z.object({ id: z.string(), metafield: z.object({ value: z.string() }).nullish() })),
  }),
});
const errors = z.array(z.object({ message: z.string() }));
const made = z.object({ discountAutomaticAppCreate: z.object({ userErrors: errors }).nullable() });
const written = z.object({ metafieldsSet: z.object({ userErrors: errors }).nullable() });

/**
 * One automatic discount in the shop runs our Function, and bears the key that notes are signed with; made when there is
 * none, and given the key anew when that has changed. What it takes off stands in each customer's note alone.
 */
export async function keepPerkDiscount(client: ShopifyClient, key: string, now: number): Promise<void> {
  const place = { namespace: '$app', key: 'perks-key', type: 'single_line_text_field', value: key };
  const existing = await ours(client);
  if (existing?.key === key) return;
  if (existing) {
    const { metafieldsSet } = await client.run(
      SET_METAFIELDS,
      { metafields: [{ ownerId: existing.id, ...place }] },
      written,
    );
    return refuse(metafieldsSet?.userErrors ?? []);
  }
  const discount = {
    title: 'Member perks',
    functionHandle: FUNCTION,
    startsAt: new Date(now).toISOString(),
    discountClasses: ['PRODUCT', 'SHIPPING'],
    combinesWith: { orderDiscounts: true, productDiscounts: false, shippingDiscounts: true },
    metafields: [place],
  };
  const { discountAutomaticAppCreate } = await client.run(CREATE_PERK_DISCOUNT, { discount }, made);
  refuse(discountAutomaticAppCreate?.userErrors ?? []);
}

async function ours(client: ShopifyClient): Promise<{ id: string; key: string } | null> {
  for (let after: string | null = null; ;) {
    const { discountNodes: page }: z.output<typeof listed> = await client.run(PERK_DISCOUNTS, { after }, listed);
    const found = page.nodes.find(({ metafield }) => metafield);
    if (found?.metafield) return { id: found.id, key: found.metafield.value };
    if (!page.pageInfo.hasNextPage) return null;
    after = page.pageInfo.endCursor ?? null;
  }
}

function refuse([error]: readonly { message: string }[]): void {
  if (error) throw new AppError('perks_refused', 422, `Shopify refused the discount of member perks: ${error.message}`);
}
