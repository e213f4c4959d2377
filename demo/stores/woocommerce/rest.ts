import { json, type Handler, type Request } from '../serve.js';
import type { Shop } from '../shop/shop.js';
import { invalid, ordered, paged } from './paging.js';
import { productJson } from './represent-others.js';
import { WOO_VERSION, type Face } from './represent.js';
import { authenticate, type RestKey } from './rest-auth.js';
import { couponRoutes } from './rest-coupons.js';
import { customerRoutes } from './rest-customers.js';
import { orderRoutes } from './rest-orders.js';
import { reviewRoutes } from './rest-reviews.js';
import { shippingRoutes } from './rest-shipping.js';
import { force, input, type Route } from './routes.js';
import type { Hook, WooWebhooks } from './webhooks.js';

/** A user of the shop's WordPress who may manage it. */
export interface ShopUser {
  user: string;
  name: string;
  email: string;
  language: string;
}

export interface WooRest {
  shop: Shop;
  webhooks: WooWebhooks;
  storeId: string;
  keys: readonly RestKey[];
  home(): string;
  /** The companion plugin's attempt to connect: its one-time token and who connects; null = none, or there is no plugin. */
  connecting(): { token: string; person?: ShopUser } | null;
  /** Whom the companion plugin sent to the desk with this token: said once. */
  visitor(token: string): ShopUser | null;
  changed(): void;
}

const PREFIX = '/wp-json/wc/v3/';
const COMPANION = '/wp-json/wc-tallymark/v1/';

/** The REST API wc/v3 and the index of /wp-json, as far as a loyalty backend meets them. */
export function wooRest(store: WooRest): Handler {
  const routes = [
    ...orderRoutes(store.shop),
    ...couponRoutes(store.shop),
    ...customerRoutes(store.shop),
    ...reviewRoutes(store.shop),
    ...shippingRoutes(store.shop),
    ...hookRoutes(store),
    ...siteRoutes(store),
  ];
  return (request) => {
    const { settings } = store.shop;
    if (request.path === '/wp-json/' || request.path === '/wp-json') {
      return json(200, {
        name: settings.name,
        home: store.home(),
        url: store.home(),
        gmt_offset: '0',
        timezone_string: settings.zone,
        namespaces: ['wp/v2', 'wc/v3', 'wc/store/v1'],
      });
    }
    if (request.path.startsWith(COMPANION)) return companion(request, store);
    if (!request.path.startsWith(PREFIX)) return null;
    authenticate(request, store.keys, store.home());
    const dp = request.query.get('dp');
    const face: Face = { shop: store.shop, home: store.home(), ...(dp === null ? {} : { dp: Number(dp) }) };
    const path = request.path.slice(PREFIX.length);
    for (const [method, pattern, answer] of routes) {
      const match = method === request.method ? pattern.exec(path) : null;
      if (!match) continue;
      const done = answer(request, match.slice(1), face);
      if (method !== 'GET') store.changed();
      return done;
    }
    return null;
  };
}

/** The companion plugin's own routes: connecting, and who was sent to the desk. */
function companion(request: Request, store: WooRest): ReturnType<Handler> {
  authenticate(request, store.keys, store.home());
  const what = request.path.slice(COMPANION.length);
  const said = what === 'connecting' ? store.connecting() : store.visitor(request.query.get('token') ?? '');
  return said === null
    ? json(404, { code: 'rest_no_route', message: 'No route.', data: { status: 404 } })
    : json(200, said);
}

interface HookInput {
  name?: string;
  topic?: string;
  delivery_url?: string;
  secret?: string;
  status?: Hook['status'];
}

function hookRoutes({ webhooks }: WooRest): Route[] {
  const wished = (request: Request) => {
    const { name, topic, delivery_url: deliveryUrl, secret, status } = input<HookInput>(request);
    const all = { name, topic, deliveryUrl, secret, status };
    return Object.fromEntries(Object.entries(all).filter(([, value]) => value !== undefined)) as {
      topic: string;
      deliveryUrl: string;
    };
  };
  return [
    [
      'GET',
      /^webhooks$/,
      (request, _ids, face) =>
        paged(
          request,
          ordered(request, webhooks.list(), (each) => each.id),
          (each) => webhooks.json(each),
          face.home,
        ),
    ],
    [
      'POST',
      /^webhooks$/,
      (request) =>
        json(
          201,
          webhooks.json(
            webhooks.create({
              ...wished(request),
              topic: wished(request).topic ?? '',
              deliveryUrl: wished(request).deliveryUrl ?? '',
            }),
          ),
        ),
    ],
    ['GET', /^webhooks\/(\d+)$/, (_request, [id]) => json(200, webhooks.json(webhooks.get(Number(id))))],
    [
      'PUT',
      /^webhooks\/(\d+)$/,
      (request, [id]) => json(200, webhooks.json(webhooks.update(Number(id), wished(request)))),
    ],
    [
      'DELETE',
      /^webhooks\/(\d+)$/,
      (request, [id]) => {
        if (!force(request))
          return json(501, {
            code: 'woocommerce_rest_trash_not_supported',
            message: 'Webhooks do not support trashing.',
            data: { status: 501 },
          });
        return json(200, webhooks.json(webhooks.remove(Number(id))));
      },
    ],
  ];
}

function siteRoutes({ shop, storeId, home }: WooRest): Route[] {
  return [
    [
      'GET',
      /^products$/,
      (request, _ids, face) =>
        paged(
          request,
          ordered(request, shop.state.products, (each) =>
            request.query.get('orderby') === 'id' ? Number(each.id) : each.created,
          ),
          (each) => productJson(each, face),
          face.home,
        ),
    ],
    [
      'GET',
      /^products\/(\d+)$/,
      (_request, [id], face) => {
        const product = shop.product(id ?? '');
        return product
          ? json(200, productJson(product, face))
          : json(404, { code: 'woocommerce_rest_product_invalid_id', message: 'Invalid ID.', data: { status: 404 } });
      },
    ],
    [
      'GET',
      /^data\/currencies\/current$/,
      () => json(200, { code: shop.settings.currency, name: shop.settings.currency, symbol: shop.settings.currency }),
    ],
    [
      'GET',
      /^system_status$/,
      () =>
        json(200, {
          environment: {
            home_url: home(),
            site_url: home(),
            store_id: storeId,
            version: WOO_VERSION,
            wp_version: '7.0.4',
            default_timezone: 'UTC',
          },
          settings: {
            currency: shop.settings.currency,
            number_of_decimals: shop.settings.exponent,
            HPOS_enabled: true,
          },
        }),
    ],
    ['GET', /^settings$/, () => invalid('group', 'not part of the demo shop')],
  ];
}
