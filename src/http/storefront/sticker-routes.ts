import * as z from 'zod';
import { AppError } from '../../lib/errors.js';
import type { Route } from '../contract.js';
import { errorAnswer, redemptionAnswer } from './schemas.js';
import { BASE, forCustomer, forShopper, langOnly, ok } from './shopper-routes.js';
import * as stickers from './sticker-schemas.js';
import type { StorefrontVerbs } from './verbs.js';

const key = z.string().regex(/^[\x21-\x7e]{8,255}$/);

/** Stickers: codes that are nobody's, so guests may use them too. */
export function stickerRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forCustomer(
      {
        method: 'get',
        path: `${BASE}/orders/:order/stickers`,
        name: 'stickersOfOrder',
        summary: 'The codes that an order of the shopper’s has handed out: for the thank-you page',
        limit: 'read',
        params: stickers.stickerOrder,
        query: langOnly,
        answers: { 200: stickers.stickersAnswer, 404: errorAnswer },
      },
      async (customer, { params }) => ok({ codes: await verbs.stickersOfOrder(customer, params.order) }),
    ),
    forShopper(
      {
        method: 'post',
        path: `${BASE}/stickers/redeem`,
        name: 'redeemStickers',
        summary:
          'Puts stickers into a reward and asks the platform for its code; asked again with the same key, says how it stands',
        limit: 'write',
        query: langOnly,
        headers: z.object({ 'idempotency-key': key }),
        body: stickers.stickerRedeemRequest,
        answers: { 200: redemptionAnswer, 404: errorAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (shopper, { body, header }) => ok(await verbs.redeemStickers(shopper, { ...body, key: keyFrom(header) })),
    ),
  ];
}

function keyFrom(header: (name: string) => string | undefined): string {
  const given = key.safeParse(header('idempotency-key'));
  if (given.success) return given.data;
  throw new AppError('idempotency_key_missing', 400, 'Send an Idempotency-Key header of 8 to 255 visible characters.');
}
