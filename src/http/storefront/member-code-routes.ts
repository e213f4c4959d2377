import type * as z from 'zod';
import type { Database } from '../../db/database.js';
import { qrPath } from '../../lib/qr-code.js';
import type { Loyalty } from '../../loyalty/context.js';
import { showMemberCode } from '../../loyalty/show-member-code.js';
import type { Route } from '../contract.js';
import { memberRefOf, within } from './asking.js';
import { memberCodePage } from './member-code-page.js';
import { memberCodeAnswer } from './schemas.js';
import { BASE, forCustomer, langOnly, ok } from './shopper-routes.js';
import type { StorefrontVerbs } from './verbs.js';

/** What a member shows at a till. */
export function memberCodeRoutes(verbs: StorefrontVerbs): Route[] {
  const shared = { method: 'get', limit: 'read', query: langOnly } as const;
  return [
    forCustomer(
      {
        ...shared,
        path: `${BASE}/member-code`,
        name: 'memberCode',
        summary:
          'The code by which the member is found at a till, and its QR code; where it rotates, another each minute',
        answers: { 200: memberCodeAnswer },
      },
      async (customer) => ok(await verbs.memberCode(customer)),
    ),
    forCustomer(
      {
        ...shared,
        path: `${BASE}/member-code/page`,
        name: 'memberCodePage',
        summary: 'The same as a page to show at a till, which renews itself',
        answers: { 200: null },
      },
      async (customer) => memberCodePage(customer, await verbs.memberCode(customer)),
    ),
  ];
}

/** The storefront's verb for it. */
export function memberCodeVerbs(parts: { db: Database; loyalty: Loyalty }): Pick<StorefrontVerbs, 'memberCode'> {
  return {
    memberCode: (customer) =>
      within(parts, customer, async (tx): Promise<z.infer<typeof memberCodeAnswer>> => {
        const ref = await memberRefOf(tx, customer);
        const { code, until } = await showMemberCode(tx, ref, customer.now, parts.loyalty);
        const spaced = until === null ? code : (code.match(/\d{4}/g) ?? []).join(' ');
        return { code, spaced, until: until === null ? null : new Date(until).toISOString(), qr: qrPath(code) };
      }),
  };
}
