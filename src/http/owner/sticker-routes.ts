import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import { errorAnswer } from './schemas.js';
import * as stickers from './sticker-schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** Stickers: making them, voiding them, and what all of them are worth. */
export function stickerRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/stickers`,
        name: 'stickers',
        may: 'see-reports',
        summary: 'What became of all stickers, and what the open ones are worth',
        answers: { 200: stickers.stickersAnswer, 409: errorAnswer },
      },
      async (asking) => ok(await verbs.stickers(asking)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/stickers/batches`,
        name: 'printStickers',
        may: 'export-data',
        summary: 'Makes stickers to print or to send; their codes are in this answer alone',
        body: stickers.batchRequest,
        answers: { 200: stickers.batchAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (asking, { body }) => ok(await verbs.printStickers(asking, body)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/stickers/batches/:batch/void`,
        name: 'voidStickers',
        may: 'export-data',
        summary: 'Voids what is open of a batch',
        params: stickers.batchParams,
        answers: { 200: stickers.voidedAnswer, 404: errorAnswer },
      },
      async (asking, { params }) => ok({ standing: await verbs.voidStickers(asking, params.batch) }),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/stores/:store/orders/:order/stickers`,
        name: 'orderStickers',
        may: 'fulfil-rewards',
        summary: 'The codes that an order has handed out, to print at the till or to send',
        params: stickers.orderStickersParams,
        answers: { 200: stickers.orderStickersAnswer, 404: errorAnswer },
      },
      async (asking, { params }) => ok({ codes: await verbs.orderStickers(asking, params) }),
    ),
  ];
}
