import type { Customer, Order, Refund } from '../shop/model.js';
import type { Shop } from '../shop/shop.js';
import { connection, type Paged } from './connection.js';
import {
  createDiscount,
  deactivateDiscount,
  deleteDiscount,
  discountNode,
  type DiscountInput,
} from './graphql-discounts.js';
import { creditRoot } from './graphql-credits.js';
import { perkRoot } from './graphql-perks.js';
import { customerNode, dateTime, digestOf, orderNode, refundNode } from './graphql-orders.js';
import { productQueries } from './graphql-products.js';
import { gid, idOfGid } from './ids.js';
import type { ShopifySubscription, ShopifyWebhooks } from './webhooks.js';

/** The root of queries and mutations: what the official schema's fields resolve to in this shop. */
export function rootOf(shop: Shop, webhooks: ShopifyWebhooks, domain: string): Record<string, unknown> {
  return {
    ...queries(shop, webhooks, domain),
    ...productQueries(shop),
    ...creditRoot(shop),
    ...perkRoot(shop),
    ...mutations(shop, webhooks),
  };
}

function queries(shop: Shop, webhooks: ShopifyWebhooks, domain: string): Record<string, unknown> {
  const order = (id: string): Order | undefined => shop.state.orders.find((each) => each.id === idOfGid(id));
  return {
    shop: () => ({
      id: gid('Shop', '1'),
      name: shop.settings.name,
      myshopifyDomain: domain,
      currencyCode: shop.settings.currency,
      ianaTimezone: shop.settings.zone,
    }),
    order: ({ id }: { id: string }) => {
      const found = order(id);
      return found ? orderNode(found, shop) : null;
    },
    orders: (args: Paged & { query?: string; sortKey?: string; reverse?: boolean }) => {
      const found = ordersOf(shop, args.query ?? '').sort(
        (a, b) =>
          (args.sortKey === 'UPDATED_AT' ? a.modified - b.modified : a.created - b.created) ||
          Number(BigInt(a.id) - BigInt(b.id)),
      );
      if (args.reverse) found.reverse();
      return connection(
        found.map((each) => orderNode(each, shop)),
        args,
      );
    },
    refund: ({ id }: { id: string }) => {
      const found = refundOf(shop, idOfGid(id));
      return found ? refundNode(found.order, found.refund, shop) : null;
    },
    dispute: ({ id }: { id: string }) => {
      const found = shop.state.orders.flatMap((each) => each.disputes).find((each) => each.id === idOfGid(id));
      if (!found) return null;
      const finalizedOn = found.finalised === null ? null : dateTime(found.finalised).slice(0, 10);
      return { id, type: found.kind, status: found.status, initiatedAt: dateTime(found.at), finalizedOn };
    },
    customer: ({ id }: { id: string }) => customerNode(idOfGid(id), shop),
    nodes: ({ ids }: { ids: string[] }) =>
      ids.map((id) => (id.includes('/Customer/') ? customerNode(idOfGid(id), shop) : null)),
    codeDiscountNodeByCode: ({ code }: { code: string }) => {
      const found = shop.discount(code);
      return found ? discountNode(found, shop) : null;
    },
    webhookSubscriptions: (args: Paged) => connection(webhooks.listed().map(subscriptionNode), args),
  };
}

const subscriptionNode = ({ id, topic, uri }: ShopifySubscription): unknown => ({
  id: gid('WebhookSubscription', id),
  topic,
  uri,
  format: 'JSON',
});

function refundOf(shop: Shop, id: string): { order: Order; refund: Refund } | null {
  for (const order of shop.state.orders) {
    const refund = order.refunds.find((each) => each.id === id);
    if (refund) return { order, refund };
  }
  return null;
}

/** The search syntax as far as it is used: `updated_at:>='...'` and `updated_at:<'...'`, joined by AND or a blank. */
function ordersOf(shop: Shop, query: string): Order[] {
  const terms = [...query.matchAll(/updated_at:(>=|<=|>|<)'([^']+)'/g)].map(([, sign = '', text = '']) => ({
    sign,
    at: Date.parse(text),
  }));
  const second = (at: number): number => Math.floor(at / 1000) * 1000;
  const holds = (value: number, sign: string, at: number): boolean =>
    sign === '>=' ? value >= at : sign === '<=' ? value <= at : sign === '>' ? value > at : value < at;
  return shop.state.orders.filter((order) => terms.every(({ sign, at }) => holds(second(order.modified), sign, at)));
}

interface MetafieldInput {
  ownerId: string;
  namespace?: string;
  key: string;
  type?: string;
  value: string;
  compareDigest?: string | null;
}

function mutations(shop: Shop, webhooks: ShopifyWebhooks): Record<string, unknown> {
  return {
    discountCodeBasicCreate: ({ basicCodeDiscount }: { basicCodeDiscount: DiscountInput }) =>
      createDiscount(shop, basicCodeDiscount, false),
    discountCodeFreeShippingCreate: ({ freeShippingCodeDiscount }: { freeShippingCodeDiscount: DiscountInput }) =>
      createDiscount(shop, freeShippingCodeDiscount, true),
    discountCodeDeactivate: ({ id }: { id: string }) => deactivateDiscount(shop, id),
    discountCodeDelete: ({ id }: { id: string }) => deleteDiscount(shop, id),
    metafieldsSet: ({ metafields }: { metafields: MetafieldInput[] }) => setMetafields(shop, metafields),
    webhookSubscriptionCreate: ({
      topic,
      webhookSubscription,
    }: {
      topic: string;
      webhookSubscription: { uri?: string };
    }) => {
      const made = webhooks.add(topic, webhookSubscription.uri ?? '');
      if (!made)
        return {
          webhookSubscription: null,
          userErrors: [
            { field: ['webhookSubscription', 'uri'], message: 'Address for this topic has already been taken' },
          ],
        };
      return { webhookSubscription: subscriptionNode(made), userErrors: [] };
    },
    webhookSubscriptionDelete: ({ id }: { id: string }) =>
      webhooks.remove(idOfGid(id))
        ? { deletedWebhookSubscriptionId: id, userErrors: [] }
        : {
            deletedWebhookSubscriptionId: null,
            userErrors: [{ field: ['id'], message: 'Webhook subscription does not exist' }],
          },
  };
}

function ownerOf(shop: Shop, ownerId: string): Pick<Customer, 'meta'> | null {
  const discount = shop.state.appDiscounts?.find(({ id }) => ownerId === gid('DiscountAutomaticNode', id));
  return discount ?? shop.customer(idOfGid(ownerId));
}

/** All or none, as on Shopify; `compareDigest` null means "must not exist yet". */
function setMetafields(shop: Shop, metafields: readonly MetafieldInput[]): unknown {
  const userErrors: unknown[] = [];
  const owners: Pick<Customer, 'meta'>[] = [];
  if (metafields.length > 25)
    userErrors.push({
      code: 'LESS_THAN_OR_EQUAL_TO',
      field: ['metafields'],
      message: 'Exceeded the maximum metafields input limit of 25.',
      elementIndex: null,
    });
  metafields.forEach((each, elementIndex) => {
    const owner = ownerOf(shop, each.ownerId);
    if (!owner)
      return userErrors.push({
        code: 'INVALID',
        field: ['metafields', String(elementIndex), 'ownerId'],
        message: 'Owner does not exist.',
        elementIndex,
      });
    owners.push(owner);
    const old = owner.meta[`${each.namespace ?? 'app'}.${each.key}`];
    const digest = old ? digestOf(old.value) : null;
    if (each.compareDigest !== undefined && each.compareDigest !== digest) {
      userErrors.push({
        code: 'STALE_OBJECT',
        field: ['metafields', String(elementIndex)],
        message: 'The resource has been updated since it was loaded.',
        elementIndex,
      });
    }
    return undefined;
  });
  if (userErrors.length > 0) return { metafields: [], userErrors };
  const set = metafields.map((each, index) => {
    const name = `${each.namespace ?? 'app'}.${each.key}`;
    const meta = owners[index]?.meta ?? {};
    const id = meta[name]?.id ?? shop.newId();
    meta[name] = { id, value: each.value, type: each.type ?? 'single_line_text_field' };
    return { id: gid('Metafield', id), key: each.key, value: each.value };
  });
  return { metafields: set, userErrors: [] };
}
