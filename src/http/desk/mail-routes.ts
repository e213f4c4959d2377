import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from '../owner/owner-route.js';
import * as api from './mail-schemas.js';
import type { DeskVerbs } from './verbs.js';

/** Whether mail goes out, and a try of it. */
export function mailRoutes(verbs: DeskVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/mail`,
        name: 'mail',
        may: 'see-program',
        summary: 'Whether mail goes out, and from whom',
        answers: { 200: api.mailAnswer },
      },
      async (asking) => ok(await verbs.mail(asking)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/mail/domain`,
        name: 'mailDomain',
        may: 'see-program',
        summary: 'What the DNS says of the domain that mail goes out from: SPF, DKIM, DMARC',
        answers: { 200: api.mailDomainAnswer },
      },
      async (asking) => ok(await verbs.mailDomain(asking)),
    ),
    forOwner(
      {
        method: 'post',
        path: `${BASE}/mail/test`,
        name: 'tryMail',
        may: 'manage-store',
        summary: 'Sends a mail to one’s own mailbox, to see that it arrives',
        answers: { 200: api.mailAnswer, 409: api.errorAnswer },
      },
      async (asking) => ok(await verbs.tryMail(asking)),
    ),
  ];
}
