import type { Foundation } from './foundation.js';
import type { Signed } from './http/storefront/identity.js';
import { shopifySessionToken } from './http/storefront/proofs.js';
import { AppError } from './lib/errors.js';
import type { Product } from './product.js';

/** Puts the product together on its foundation. */
export function makeProduct({ config }: Foundation): Product {
  const absent = (): never => {
    throw new AppError('not_here_yet', 501, 'This part of the service is not built yet.');
  };
  const { shopify } = config;
  const secrets = shopify ? [shopify.apiSecret, shopify.previousSecret].filter((secret) => secret !== null) : [];
  return {
    storefront: {
      programView: absent,
      memberView: absent,
      history: absent,
      preview: absent,
      redeem: absent,
      findRedemption: absent,
      undo: absent,
      join: absent,
      referralVisit: absent,
    },
    findStore: async () => null,
    proofs: {
      query: [async (): Promise<Signed | null> => null],
      bearer: shopify ? [shopifySessionToken({ apiKey: shopify.apiKey, secrets })] : [],
    },
    installShopify: absent,
    connectWooCommerce: { begin: absent, accept: absent, outcome: absent },
    work: { deliveries: async () => {}, effects: async () => {} },
    schedules: [],
  };
}
