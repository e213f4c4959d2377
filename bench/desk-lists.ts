import type { OwnerVerbs } from '../src/http/owner/verbs.js';
import { ownerRoutes } from '../src/http/owner/routes.js';
import { FIRST } from '../test/support/many-members.js';
import { madePerson } from './made-people.js';

/** The address of the nth request, after `/api/v1`. */
export type Ask = (n: number) => string;

/** What a route's members, boards and files are called here. */
export interface Named {
  members: number;
  /** The public id of one member. */
  member: string;
}

/** What routes are asked with that do not answer without. */
const QUERIES: Record<string, string> = {
  journal: '?from=2026-05-01&to=2026-06-01',
  promotionDays: '?from=2026-05-01&to=2026-05-31',
  programDiff: '?from=1&to=1',
  whyOrder: '?order=2026-05-01',
};
/** Sums over all that happened or is owed, whatever a page shows of them: no index makes them smaller. */
export const SUMS =
  /^(ledger|journal|promise|overview|causes|settling|exports?|exportMember|surveyReport|targets|\w*Report)$/;

const reader = (query: Record<string, string>) => `?${String(new URLSearchParams(query))}`;

/** Every route of the owner's API that reads, as it is asked when a screen opens. */
export function everyReader({ member }: Named): Record<string, Ask> {
  const asks: Record<string, Ask> = {};
  for (const { method, name, path } of ownerRoutes({} as OwnerVerbs)) {
    const own = path.replace('/api/v1', '').replace('/members/:id', `/members/${member}`);
    if (method === 'get' && !own.includes(':')) asks[name] = () => `${own}${QUERIES[name] ?? ''}`;
  }
  return asks;
}

/** Pages far down the lists, searches of every kind, filters that find much, little and nothing. */
export function pagesAndSearches({ members }: Named): Record<string, Ask> {
  const page = (before: number) => () => `/members${reader({ before: `${before}` })}`;
  const find =
    (text: (n: number) => string): Ask =>
    (n) =>
      `/members${reader({ find: text(1 + ((n * 7919) % members)) })}`;
  const beginnings = (n: number) =>
    madePerson(n)
      .name.split(' ')
      .map((word) => word.slice(0, 3))
      .join(' ');
  const redemptions = (shown: string) => () => `/redemptions${reader({ shown })}`;
  const far = '2025-12-01 00:00:00+00 ffffffff-ffff-ffff-ffff-ffffffffffff';
  return {
    'members, the middle page': page(FIRST + members / 2),
    'members, the last page': page(FIRST + 40),
    'search by a whole name': find((n) => madePerson(n).name),
    'search by beginnings of a name': find(beginnings),
    'search by one letter': find((n) => madePerson(n).name.slice(0, 1)),
    'search by a common name': () => `/members${reader({ find: 'anna' })}`,
    'search by two names nobody has together': () => `/members${reader({ find: 'anna jan' })}`,
    'search by an e-mail': find((n) => madePerson(n).email),
    'search by a phone number': find((n) => madePerson(n).phone),
    'search by the end of a phone number': find((n) => madePerson(n).phone.slice(-5)),
    'search by a code': find((n) => `M${FIRST + n}`),
    'search for nobody': () => `/members${reader({ find: 'nobody has this name' })}`,
    ...Object.fromEntries(
      ['to-give', 'held', 'stuck', 'used'].map((shown) => [`redemptions, ${shown}`, redemptions(shown)]),
    ),
    'redemptions, far down': () => `/redemptions${reader({ before: far })}`,
    'auditLog, the middle page': () => `/audit${reader({ before: `${members}` })}`,
    'auditLog, seldom done': () => `/audit${reader({ about: 'promotion' })}`,
    'auditLog, never done': () => `/audit${reader({ about: 'staff.removed' })}`,
    'auditLog, of one who did little': () => `/audit${reader({ actor: 'key:1' })}`,
  };
}
