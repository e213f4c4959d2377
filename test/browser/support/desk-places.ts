import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { LivedIn } from './lived-in.js';

const DESK = new URL('../../../admin-ui', import.meta.url).pathname;

/** Every route of the desk, and where it is looked at in a shop with a past. */
export const PLACES: readonly (readonly [route: string, address: string | ((of: LivedIn) => string)])[] = [
  ['', ''],
  ['program', 'program'],
  ['program/draft', 'program/draft'],
  ...['base', 'tiers', 'stamps', 'goals', 'expiry', 'together'].map(
    (part) => ['program/draft', `program/draft?part=${part}`] as const,
  ),
  ['program/check', 'program/check'],
  ['program/versions', 'program/versions'],
  ['program/file', 'program/file'],
  ['promotions', 'promotions?month=2042-03'],
  ['promotions/new', 'promotions/new'],
  ['promotions/edit/:id', ({ promotion }) => `promotions/edit/${promotion}`],
  ['promotions/draft', 'promotions/draft'],
  ['promotions/publish', 'promotions/publish'],
  ['rewards', 'rewards'],
  ['rewards/draft', 'rewards/draft'],
  ['rewards/to-give', 'rewards/to-give'],
  ['rewards/redemptions', 'rewards/redemptions'],
  ['members', 'members'],
  ['members/waiting', 'members/waiting'],
  ['members/together', 'members/together'],
  ['members/together/:id', ({ bulk }) => `members/together/${bulk}`],
  ['members/:id', ({ member }) => `members/${member}`],
  ['ledger', 'ledger'],
  ['ledger/proof', 'ledger/proof'],
  ['ledger/journal', 'ledger/journal'],
  ['reports', 'reports'],
  ...['cohorts', 'value', 'use', 'ahead', 'levels', 'rewards', 'trials', 'hours', 'clearing'].map(
    (one) => [`reports/${one}`, `reports/${one}`] as const,
  ),
  // settings alone lead to the first of them
  ['settings', 'settings/stores'],
  ['settings/stores', 'settings/stores'],
  ['settings/stores/:store/trouble', ({ store }) => `settings/stores/${store}/trouble`],
  ...['staff', 'mail', 'limits', 'data', 'keys', 'audit'].map((one) => [`settings/${one}`, `settings/${one}`] as const),
  ['settings/data/:id', ({ brought }) => `settings/data/${brought}`],
  ...['connected', 'program', 'name', 'try', 'on'].map((step) => ['set-up', `set-up?step=${step}`] as const),
  ['*', 'nowhere'],
];

/** Of these the layout and the colours are written down; of the others, which tell of days and of jobs, the rest is asked. */
export const WRITTEN_DOWN: ReadonlySet<string> = new Set([
  ...[
    'home',
    'program',
    'program/draft',
    'promotions?month=2042-03',
    'promotions/new',
    'rewards',
    'rewards/redemptions',
  ],
  ...[
    'members',
    'members/:id',
    'ledger',
    'ledger/proof',
    'reports',
    'reports/use',
    'settings/stores',
    'settings/staff',
  ],
  'set-up?step=connected',
]);

/** Where to go, each once, in this shop; and the same without what only this shop has in it, as a name. */
export const addressesIn = (of: LivedIn): { address: string; name: string }[] => [
  ...new Map(
    PLACES.map(([route, at]) =>
      typeof at === 'string' ? { address: at, name: at || 'home' } : { address: at(of), name: route },
    ).map((one) => [one.name, one]),
  ).values(),
];

/** The routes as the desk's own sources declare them: a part within a part included. */
export function routesOfDesk(): string[] {
  const desk = readFileSync(join(DESK, 'desk.tsx'), 'utf8') + readFileSync(join(DESK, 'shell/places.ts'), 'utf8');
  const folders = readdirSync(join(DESK, 'places')).filter((name) => new RegExp(`['/]${name}[/']`).test(desk));
  const places = folders.filter((name) => name !== 'sign-in');
  return [...places.flatMap((name) => routesIn(join(DESK, 'places', name), name === 'home' ? '' : name)), '*'].sort();
}

function routesIn(folder: string, under: string): string[] {
  const source = readFileSync(join(folder, 'index.tsx'), 'utf8');
  const paths = [...source.matchAll(/<Route\s+(?:path="([^"]+)"|index)/g)].map(([, path = '']) => path);
  return (paths.length === 0 ? [''] : paths).flatMap((path) => {
    // an address that is nothing says so in the same words in every place
    if (path === '*') return [path];
    const whole = [under, path].filter(Boolean).join('/');
    return path.endsWith('/*') ? routesIn(join(folder, path.slice(0, -2)), whole.slice(0, -2)) : [whole];
  });
}
