import { until } from '../../support/redis.js';
import { joinShop } from './buy-through-shop.js';
import type { StartedDemo } from './started-demo.js';

/** The things of a shop that have a page of their own: what stands in their address. */
export interface LivedIn {
  member: string;
  bulk: string;
  brought: string;
  store: string;
  /** A promotion of the draft. */
  promotion: string;
}

type Ask = <T>(method: string, path: string, body?: unknown, type?: string) => Promise<T>;
type Json = Record<string, unknown>;
interface Draft {
  file: Json & { rules: Json };
  hash: string;
}

/** Levels that one order reaches, a reward of every way to be given, a double that runs: enough for every place to have something. */
const LIVELIER = {
  promotions: [{ id: 'doubles', factor: 2, when: { weekdays: ['sat', 'sun'] }, ceiling: { points: 5000 } }],
  tiers: {
    basis: 'spend',
    window: { kind: 'rolling', days: 365 },
    levels: [{ id: 'bronze' }, { id: 'silver', enter: 4000, multiplier: '3/2' }, { id: 'gold', enter: 90_000 }],
  },
};
const MORE_REWARDS = [
  { id: 'workshop', kind: 'by-hand', points: 40, what: 'An evening of tasting', keptDays: 60 },
  { id: 'trees', kind: 'donation', points: 20, cause: 'forest', gives: 100 },
  { id: 'two-off', kind: 'amount-off', points: 40, off: 200, stock: 'counted' },
];
const NAMES = {
  tiers: {
    bronze: { en: 'Bronze', nl: 'Brons', nb: 'Bronse', pl: 'Brąz' },
    silver: { colour: '#8a97a3', en: 'Silver', nl: 'Zilver', nb: 'Sølv', pl: 'Srebro' },
    gold: { colour: '#d98c21', en: 'Gold', nl: 'Goud', nb: 'Gull', pl: 'Złoto' },
  },
  rules: {
    doubles: { en: 'Weekend', nl: 'Weekend', nb: 'Helg', pl: 'Weekend' },
    workshop: { en: 'Tasting', nl: 'Proeverij', nb: 'Smaking', pl: 'Degustacja' },
    trees: { en: 'Trees', nl: 'Bomen', nb: 'Trær', pl: 'Drzewa' },
    forest: { en: 'Forest', nl: 'Bos', nb: 'Skog', pl: 'Las' },
  },
};

/** Makes a past for a shop of the demo, through its own pages and its owner's API; both may live at once. */
export async function liveIn(demo: StartedDemo, shop: 0 | 1): Promise<LivedIn> {
  const ask = await asOwner(demo.start, shop);
  await publish(ask);
  const url = shop === 0 ? demo.woocommerce : demo.shopify;
  const [anna, piotr] = await Promise.all([joinShop(url, 'Anna'), joinShop(url, 'Piotr')]);
  const first = await anna.buy(4, 1);
  await piotr.buy(1, 2);
  const member = await counted(ask, 'anna');
  await anna.review(5);
  await anna.redeem('workshop');
  await anna.redeem('trees');
  await anna.returnOne(first);
  await anna.buy(2);
  return { member, ...(await beside(ask, member)) };
}

async function publish(ask: Ask): Promise<void> {
  const { file } = await ask<Draft>('GET', '/api/v1/program');
  const rewards = [...(file.rules['rewards'] as unknown[]), ...MORE_REWARDS];
  const livelier = { ...file, names: NAMES, rules: { ...file.rules, ...LIVELIER, rewards } };
  const { hash } = await ask<Draft>('PUT', '/api/v1/draft', { file: livelier, replaces: null });
  await ask('POST', '/api/v1/publish', { hash });
}

/** Until the first order is in the books; gives who it is. */
async function counted(ask: Ask, find: string): Promise<string> {
  type Members = { members: { id: string; balances: Record<string, { available: string }> }[] };
  let member = '';
  const is = async () => {
    const [one] = (await ask<Members>('GET', `/api/v1/members?find=${find}`)).members;
    member = one?.id ?? '';
    return Number(one?.balances['points']?.available ?? 0) > 100;
  };
  await until(is, 60_000, `the first order of ${find} is counted`);
  return member;
}

/** What an owner has begun beside it. */
async function beside(ask: Ask, member: string): Promise<Omit<LivedIn, 'member'>> {
  const id = () => crypto.randomUUID();
  await ask('POST', `/api/v1/members/${member}/adjustments`, { id: id(), points: '25', reason: 'A parcel came late' });
  const bulk = id();
  await ask('POST', '/api/v1/bulk-adjustments', { id: bulk, points: '5', reason: 'Thanks', members: [member] });
  const csv = 'E-mail,Points,Name\nmaja@example.test,120,Maja\nnobody,12,Nobody\n';
  const { id: brought } = await ask<{ id: string }>('POST', '/api/v1/imports?name=club.csv', csv, 'text/csv');
  await ask('POST', '/api/v1/api-keys', { name: 'Till' });
  await ask('POST', '/api/v1/staff', { email: 'marta@example.test', name: 'Marta', role: 'support', language: 'pl' });
  const trial = { name: 'Lighter', one: 'five-off', other: 'two-off', measure: 'taken', days: 30 };
  await ask('POST', '/api/v1/reports/trials', trial);
  const { file } = await ask<Draft>('GET', '/api/v1/program');
  const names = {
    ...NAMES,
    rules: { ...NAMES.rules, autumn: { en: 'Autumn', nl: 'Herfst', nb: 'Høst', pl: 'Jesień' } },
  };
  const promotions = [...LIVELIER.promotions, { id: 'autumn', factor: 3, when: { weekdays: ['sat'] } }];
  await ask('PUT', '/api/v1/draft', { file: { ...file, names, rules: { ...file.rules, promotions } }, replaces: null });
  const { stores } = await ask<{ stores: { id: string }[] }>('GET', '/api/v1/stores');
  return { bulk, brought, store: stores[0]?.id ?? '', promotion: 'autumn' };
}

/** The owner without a browser. */
async function asOwner(start: string, shop: number): Promise<Ask> {
  const found = await fetch(`${start.replace(/\/$/, '')}/desk/${shop}`, { redirect: 'manual' });
  const link = new URL(found.headers.get('location') ?? '');
  let cookie = '';
  const ask: Ask = async (method, path, body, type = 'application/json') => {
    const answer = await fetch(link.origin + path, {
      method,
      headers: { cookie, origin: link.origin, ...(body === undefined ? {} : { 'content-type': type }) },
      ...(body === undefined ? {} : { body: typeof body === 'string' ? body : JSON.stringify(body) }),
    });
    const text = await answer.text();
    if (!answer.ok) throw new Error(`${method} ${path} answered ${answer.status}: ${text}`);
    cookie = answer.headers.get('set-cookie')?.split(';')[0] ?? cookie;
    return (text === '' ? null : JSON.parse(text)) as never;
  };
  await ask('POST', '/admin/enter', { link: link.hash.slice(1) });
  return ask;
}
