import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Route } from '../contract.js';
import { idempotencyKey, keyFrom } from './idempotency-key.js';
import { errorAnswer } from './schemas.js';
import * as api from './sending-schemas.js';
import { BASE, forCustomer, langOnly, ok } from './shopper-routes.js';
import type { StorefrontVerbs } from './verbs.js';

/** Members give points to each other. */
export function sendingRoutes(verbs: StorefrontVerbs): Route[] {
  return [
    forCustomer(
      {
        method: 'get',
        path: `${BASE}/sending`,
        name: 'sending',
        summary: 'What the member can give to another now, and their own code to be given something',
        limit: 'read',
        query: langOnly,
        answers: { 200: api.sendingAnswer },
      },
      async (customer) => ok(await verbs.sending(customer)),
    ),
    forCustomer(
      {
        method: 'post',
        path: `${BASE}/send`,
        name: 'sendPoints',
        summary: 'Gives points to another member, for good; asked again with the same key, says what was given',
        limit: 'write',
        query: langOnly,
        headers: z.object({ 'idempotency-key': idempotencyKey }),
        body: api.sendRequest,
        answers: { 200: api.sentAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (customer, { body, header }) => {
        const hash = createHash('sha256').update(JSON.stringify(body)).digest();
        return ok(await verbs.sendPoints(customer, { ...body, key: keyFrom(header('idempotency-key')), hash }));
      },
    ),
  ];
}
