import * as z from 'zod';
import type { Millis } from '../../lib/clock.js';
import { type Route, route } from '../contract.js';
import { errorAnswer } from '../storefront/schemas.js';

/**
 * Lets somebody of a connected shop's admin in at the desk, on the word of the companion plugin there: gives the secret of a
 * link that is good for a minute and once. Throws AppError `desk_unproved`, `not_at_desk` (403).
 */
export type OpenDesk = (visit: {
  store: string;
  /** Made by the plugin for this visit; the shop says once who it was made for. */
  token: string;
  /** HMAC of this visit under the store's webhook secret. */
  proof: string;
  now: Millis;
}) => Promise<{ link: string }>;

const unguessable = z.string().regex(/^[\w-]{20,64}$/);

export function openDeskRoute(verbs: { openDesk: OpenDesk }): Route {
  return route({
    method: 'post',
    path: '/woocommerce/desk',
    name: 'openDeskFromWooCommerce',
    summary: 'A shop’s companion plugin sends somebody of its admin to the desk',
    policy: { kind: 'open', why: 'signed with the store’s secret; the shop itself then says who it is, once' },
    limit: 'outside',
    body: z.strictObject({
      store: unguessable,
      token: unguessable.meta({ description: 'of this visit; the shop tells whom it is for, once' }),
      proof: z.string().regex(/^[\w-]{43}$/),
    }),
    answers: {
      200: z.strictObject({ link: z.string().meta({ description: 'goes behind the # of /admin/enter/shop' }) }),
      400: errorAnswer,
      403: errorAnswer,
      422: errorAnswer,
      429: errorAnswer,
      503: errorAnswer,
    },
    handle: async ({ body, now }) => ({ status: 200, body: await verbs.openDesk({ ...body, now }) }),
  });
}
