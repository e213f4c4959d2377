import type { Shop } from '../shop/shop.js';
import { connection, type Paged } from './connection.js';
import { gid } from './ids.js';

interface AppDiscountInput {
  title?: string;
  functionHandle?: string;
  metafields?: { namespace?: string; key?: string; type?: string; value?: string }[];
}

/** Automatic discounts that an app's Function computes: here they are listed and kept; the Function itself runs at Shopify. */
export function perkRoot(shop: Shop): Record<string, unknown> {
  const all = () => (shop.state.appDiscounts ??= []);
  return {
    discountNodes: (args: Paged) =>
      connection(
        all().map(({ id, meta }) => ({
          id: gid('DiscountAutomaticNode', id),
          metafield: ({ namespace, key }: { namespace?: string; key: string }) => {
            const value = meta[`${namespace ?? 'app'}.${key}`];
            return value === undefined ? null : { value: value.value };
          },
        })),
        args,
      ),
    discountAutomaticAppCreate: ({ automaticAppDiscount: input }: { automaticAppDiscount: AppDiscountInput }) => {
      if (!input.functionHandle)
        return {
          automaticAppDiscount: null,
          userErrors: [{ code: 'BLANK', field: ['functionHandle'], message: "Function can't be blank" }],
        };
      const meta = Object.fromEntries(
        (input.metafields ?? []).map(({ namespace, key, type, value }) => [
          `${namespace ?? 'app'}.${key ?? ''}`,
          { id: shop.newId(), type: type ?? '', value: value ?? '' },
        ]),
      );
      const made = { id: shop.newId(), title: input.title ?? '', handle: input.functionHandle, meta };
      all().push(made);
      return {
        automaticAppDiscount: { discountId: gid('DiscountAutomaticNode', made.id) },
        userErrors: [],
      };
    },
  };
}
