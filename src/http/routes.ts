import type { PathRecorder } from '../lib/path-recorder.js';
import { type ClubParts, clubRoutes } from './club.js';
import type { Route } from './contract.js';
import { demoRoutes } from './demo-path.js';
import { type BuiltDesk, deskPages } from './desk/pages.js';
import { sessionRoutes } from './desk/session-routes.js';
import type { DeskVerbs } from './desk/verbs.js';
import { type Checks, healthRoutes } from './health.js';
import type { ProveMerchant } from './mount.js';
import { ownerRoutes } from './owner/routes.js';
import type { OwnerVerbs } from './owner/verbs.js';
import { type InstallShopify, shopifyInstallRoutes } from './shopify/install.js';
import { type FindCustomer, tillRoutes } from './shopify/till-routes.js';
import type { FindStore } from './storefront/identity.js';
import { storefrontRoutes } from './storefront/routes.js';
import type { StorefrontVerbs } from './storefront/verbs.js';
import { widgetRoutes } from './widget.js';
import { type ConnectWooCommerce, woocommerceConnectRoutes } from './woocommerce/connect.js';

/** What the routes call. */
export interface RouteParts extends Omit<ClubParts, 'storefront'> {
  storefront: StorefrontVerbs;
  findStore: FindStore;
  findCustomer: FindCustomer;
  owner: OwnerVerbs;
  desk: DeskVerbs;
  builtDesk: () => BuiltDesk;
  installShopify: InstallShopify;
  proveMerchant: ProveMerchant;
  /** The app's public key at Shopify; null where there is none. */
  shopifyKey: string | null;
  connectWooCommerce: ConnectWooCommerce;
  checks: Checks;
  widget: () => Buffer;
  /** True where browsers reach us by https. */
  secure: boolean;
  /** In the demo alone. */
  demo: PathRecorder | null;
}

/** Every route of the web process, in the order of the document. */
export function allRoutes(parts: RouteParts): Route[] {
  return [
    ...storefrontRoutes(parts.storefront),
    ...clubRoutes(parts),
    ...ownerRoutes(parts.owner),
    ...sessionRoutes(parts.desk, parts.secure),
    ...deskPages(parts.builtDesk),
    ...shopifyInstallRoutes(parts),
    ...tillRoutes(parts),
    ...woocommerceConnectRoutes(parts.connectWooCommerce, parts.secure),
    ...widgetRoutes(parts.widget),
    ...healthRoutes(parts.checks),
    ...(parts.demo ? demoRoutes(parts.demo) : []),
  ];
}
