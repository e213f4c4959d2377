import type { Route } from '../contract.js';
import { BASE, forOwner, ok } from './owner-route.js';
import * as api from './reminder-schemas.js';
import { errorAnswer } from './schemas.js';
import type { OwnerVerbs } from './verbs.js';

/** D15: whom a shop's mails should remind before points end. */
export function reminderRoutes(verbs: OwnerVerbs): Route[] {
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/reminders`,
        name: 'reminders',
        may: 'see-reports',
        summary: 'Whose points can be used for the last time on some days: whom to remind',
        query: api.remindersQuery,
        answers: { 200: api.remindersAnswer, 409: errorAnswer, 422: errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.reminders(asking, query)),
    ),
  ];
}
