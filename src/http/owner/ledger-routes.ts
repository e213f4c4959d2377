import type { Route } from '../contract.js';
import * as api from './ledger-schemas.js';
import { BASE, forOwner, ok } from './owner-route.js';
import type { OwnerVerbs } from './verbs.js';

/** What stands in the books, what it may cost and when, and the proof that it adds up. */
export function ledgerRoutes(verbs: OwnerVerbs): Route[] {
  const may = 'see-ledger' as const;
  return [
    forOwner(
      {
        method: 'get',
        path: `${BASE}/ledger`,
        name: 'ledger',
        may,
        summary: 'What stands in each kind of account, when open points end, and the promises that can be checked',
        answers: { 200: api.ledgerAnswer, 409: api.errorAnswer },
      },
      async (asking) => ok(await verbs.ledger(asking)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/ledger/journal`,
        name: 'journal',
        may,
        summary: 'What moved between accounts, by day, for bookkeeping',
        query: api.journalQuery,
        answers: { 200: api.journalAnswer, 409: api.errorAnswer },
      },
      async (asking, { query }) => ok(await verbs.journal(asking, query)),
    ),
    forOwner(
      {
        method: 'get',
        path: `${BASE}/ledger/promises/:rule`,
        name: 'promise',
        may,
        summary: 'Checks one promise of the books now, on all of them',
        params: api.promiseParams,
        answers: { 200: api.promiseAnswer },
      },
      async (asking, { params }) => ok(await verbs.promise(asking, params.rule)),
    ),
  ];
}
