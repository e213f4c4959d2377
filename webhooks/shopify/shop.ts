import { z } from 'zod';
import type { KnownStore, Reading } from '../../src/commerce/inbound-platform.js';
import { instant, text, textOrNull } from '../shapes.js';
import { isOther } from './compliance.js';
import { numberOfGid } from './ids.js';

const shopBody = z.object({
  myshopify_domain: z.string().nullish(),
  currency: z
    .string()
    .regex(/^[A-Z]{3}$/)
    .nullish(),
  iana_timezone: textOrNull(64),
  updated_at: instant.nullish(),
});

function shopOf(body: unknown, store: KnownStore): z.output<typeof shopBody> | Reading {
  const shop = shopBody.parse(body);
  const other = typeof shop.myshopify_domain === 'string' && isOther(shop.myshopify_domain, store);
  return other ? { kind: 'nothing', why: 'the body is about another shop' } : shop;
}

/** `shop/update`: currency and zone; the rest of a shop is nothing to us. */
export function readShop(body: unknown, store: KnownStore): Reading {
  const shop = shopOf(body, store);
  if ('kind' in shop) return shop;
  return { kind: 'store-changed', money: shop.currency ? { code: shop.currency } : null, zone: shop.iana_timezone };
}

/**
 * `app/uninstalled`. The delivery's `triggered` is compared with the installation; the body's own time, mostly null, says when
 * the shop last changed and stands in only where nothing else is told.
 */
export function readUninstalled(body: unknown, store: KnownStore): Reading {
  const shop = shopOf(body, store);
  return 'kind' in shop ? shop : { kind: 'uninstalled', at: shop.updated_at ?? null };
}

const scopesBody = z.object({ current: z.array(text(100)).max(500) });

/** `app/scopes_update`. */
export function readScopes(body: unknown): Reading {
  return { kind: 'scopes-changed', scopes: scopesBody.parse(body).current };
}

const discountBody = z.object({ admin_graphql_api_id: z.string() });

/** `discounts/delete`: the gid of the discount, which is how our codes keep it. Automatic discounts are none of ours. */
export function readDiscountRemoved(body: unknown): Reading {
  const gid = discountBody.parse(body).admin_graphql_api_id;
  if (numberOfGid(gid, 'DiscountCodeNode') === null) {
    return { kind: 'nothing', why: 'it is no discount code, so it is none of ours' };
  }
  return { kind: 'discount-removed', ref: gid };
}
