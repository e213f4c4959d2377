import { beforeAll, describe, expect, test } from '@jest/globals';
import type pg from 'pg';
import { type Database, openDatabase } from '../../../src/db/database.js';
import type { Route } from '../../../src/http/contract.js';
import { programRules } from '../../../src/rules/program-rules.js';
import { aTenant, BODIES, NOBODYS, NUMBERS, PATHS, QUERIES, type Tenant } from '../../isolation/owner-asks.js';
import { everyRoute } from '../../isolation/routes.js';
import { fillMembers } from '../../support/many-members.js';
import { flat, planOf, readWhole } from '../../support/plan-of.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/**
 * G: whatever an owner's route asks of the database, it asks by an index. Every route is called in a program with many members, what it
 * asks is written down, and the plan of each statement is read: no route and no statement can be left out of a list.
 */
const stage = ledgerStage();
const MEMBERS = 12_000;
/** Something of everything that routes ask about. */
const RULES = programRules.parse({
  ...LEDGER_RULES,
  promotions: [{ id: 'beans', factor: '2', where: { products: ['9001'] }, ceiling: { points: 50_000 } }],
  tiers: {
    basis: 'spend',
    window: { kind: 'rolling', days: 365 },
    levels: [{ id: 'plain' }, { id: 'gold', enter: 40_000 }],
  },
  deeds: [
    { id: 'taste', kind: 'survey', gives: 30, questions: [{ id: 'q', text: 'Dark?', options: ['Dark', 'Light'] }] },
    { id: 'own-cup', kind: 'event', gives: 5 },
  ],
  leaderboards: [{ id: 'week', by: 'points', period: 'week' }],
});
/** Fewer rows are read from end to end sooner than by an index, and rightly. */
const LARGE = 6_000;

/** What stays small in any program, or is of one thing that is under way; every other table is filled, and large. */
const SMALL =
  `adjustment_limit api_key bulk_adjustment bulk_adjustment_member ceiling connection desk_session draft export_file export_part forecast household_member import_file import_part leaderboard_end level_count lot_use
  member_pii member_word migration passkey product_state program reconciliation rejudging reward_stock reward_trial rule_set shown_name sign_in_link simulation staff sticker_batch
  store store_secret target cause_payout`.split(/\s+/);

/** What is owed, who does something, and how everybody answered, are sums of all there is: no index makes them smaller. */
const SUMS: Record<string, string[]> = {
  trials: ['member'],
  ledger: ['lot', 'account'],
  forecastReport: ['lot'],
  activeReport: ['member'],
  unclaimedReport: ['account', 'member', 'member_level'],
  surveyReport: ['survey_answer'],
};

interface Asked {
  text: string;
  role: string;
}

/** Everything that goes over the pool's connections from now on. */
function listen({ pool }: Database): Asked[] {
  const asked: Asked[] = [];
  const heard = new WeakSet<pg.PoolClient>();
  pool.on('acquire', (client: pg.PoolClient) => {
    if (heard.has(client)) return;
    heard.add(client);
    let role = 'tallymark_app';
    const query = client.query.bind(client) as (...args: unknown[]) => unknown;
    Object.assign(client, {
      query(...args: unknown[]) {
        const [first] = args as [string | { text: string }];
        const text = typeof first === 'string' ? first : first.text;
        role = /set local role (\w+)/.exec(text)?.[1] ?? role;
        if (/^\s*(with|select|insert|update|delete)\b/i.test(text)) asked.push({ text, role });
        return query(...args);
      },
    });
  });
  return asked;
}

let ours: Tenant;
let asked: Asked[];
let routes: Map<string, Route>;
let large: string[];
/** What a route's `:id` is, where it is not a member's. */
const ids = new Map<string, string>();
const owned = everyRoute(stage, {} as Parameters<typeof everyRoute>[1]).filter(({ policy }) => policy.kind === 'owner');

beforeAll(async () => {
  const { service, db } = stage;
  service.clock.set('2026-11-22T12:00:00Z');
  ours = await aTenant(stage, 'Ours', RULES);
  const { program, store } = ours;
  await fillMembers((text, values) => db.sql(text, values), {
    program,
    store,
    members: MEMBERS,
    now: '2026-11-22T12:00:00Z',
  });
  large = (
    await db.sql<{ name: string }>(
      `select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and reltuples >= ${LARGE}`,
    )
  ).map(({ name }) => name);
  const [file] = await db.sql<{ id: string }>('select id from import_file where program_id = $1', [program]);
  for (const { name, path } of owned) if (path.includes('/imports/:id')) ids.set(name, file?.id ?? '');
  const [made] = await db.sql<{ id: string }>('select id from redemption where program_id = $1 limit 1', [program]);
  // one that runs: without it nothing is compared
  await db.sql(
    `insert into reward_trial (program_id, name, one, other, measure, salt, began_at, ends_at, begun_by)
     values ($1, 'Five or ten', 'five', 'ten', 'taken', 'salt', '2026-11-01', '2026-12-01', 'staff:1')`,
    [program],
  );
  const [other] = await db.sql<{ id: string }>('select public_id as id from member where id = 1000001');
  others = other?.id ?? '';
  ids.set('solveRedemption', made?.id ?? '');
  ids.set('decideAdjustment', `made-${1_000_001}`);
  const app = await openDatabase(db.url, { role: 'app', max: 1 });
  asked = listen(app);
  const listening = { ...stage, db: { ...db, app } };
  routes = new Map(everyRoute(listening, {} as Parameters<typeof everyRoute>[1]).map((route) => [route.name, route]));
}, 120_000);

/** What is named here, where the program's own member and draft will not do. */
const ASKS: Record<string, { query?: Record<string, string>; params?: Record<string, string>; body?: () => unknown }> =
  {
    promise: { params: { rule: 'lots_add_up' } },
    promotionDays: { query: { from: '2026-11-01', to: '2026-11-30' } },
    planChange: { query: { to: 'draft' } },
    leaderboard: { params: { board: 'week' } },
    surveyReport: { params: { survey: 'taste' } },
    programVersion: { params: { version: '1' } },
    sendImport: { query: { name: 'new.csv' } },
    previewMerge: { query: { other: '' } },
    mergeMembers: { body: () => ({ other: others, hash: 'seen' }) },
    keepStock: { params: { reward: 'five' } },
    whyOrder: { query: { order: '2026-11-22' } },
  };
/** Of one of the many. */
let others = '';

/** What the lists are asked besides: each kind of search, of filter and of page is a statement of its own. */
const SEARCHES: [name: string, query: Record<string, string>][] = [
  ['members', { before: '1006000' }],
  ['members', { level: 'gold' }],
  ['members', { level: 'plain', on: '2026-03-01' }],
  ['members', { moved: 'rose', from: '2026-08-01', to: '2026-09-01' }],
  ['members', { unclaimed: 'points' }],
  ['members', { unclaimed: 'points', waited: '30', under: '90' }],
  ['members', { active: 'yes' }],
  ['members', { active: 'no', within: '30', on: '2026-03-01' }],
  ...['Anna Jansen', 'ana@example.test', '+31612345678', '45678', 'M1000001', '#N1000001-1'].map(
    (find): [string, Record<string, string>] => ['members', { find }],
  ),
  ...['to-give', 'held', 'stuck', 'used'].map((shown): [string, Record<string, string>] => ['redemptions', { shown }]),
  ['redemptions', { before: '2026-01-01 00:00:00+00 ffffffff-ffff-ffff-ffff-ffffffffffff' }],
  ['auditLog', { about: 'promotion' }],
  ['auditLog', { actor: 'staff:1', before: '6000' }],
  ['auditLog', { actor: 'staff:1', about: 'promotion' }],
  ['sendings', { after: NOBODYS }],
];

/** Calls a route as the owner; gives the status, also of a refusal. */
async function call({ name, path, takes }: Route, special = ASKS[name] ?? {}): Promise<number> {
  const query = special.query ?? Object.fromEntries(new URLSearchParams(QUERIES[name]?.(ours)));
  if ('other' in query) query['other'] = others;
  const params = Object.fromEntries(
    [...path.matchAll(/:(\w+)/g)].map(([, key = '']) => [
      key,
      special.params?.[key] ?? ids.get(name) ?? NUMBERS[name]?.(ours) ?? PATHS[key]?.(ours) ?? NOBODYS,
    ]),
  );
  const incoming = {
    ...{
      id: 'x',
      params,
      query,
      body: (special.body ?? BODIES[name])?.(ours),
      header: () => undefined,
      now: stage.service.clock.now(),
    },
    ...{ shopper: null, merchant: null },
    owner: { program: ours.program, id: ours.staff, name: 'Owner', role: 'owner' as const, by: 'staff' as const },
    ...(takes
      ? {
          bytes: (async function* () {
            yield Buffer.from('email,points\nnew@example.test,5\n');
          })(),
        }
      : {}),
  };
  const reply = await routes
    .get(name)
    ?.serve(incoming)
    .catch((error: { status?: number }) => {
      if (error.status === undefined) throw error;
      return error;
    });
  // what is made piece by piece asks while it is made
  const body = reply && 'body' in reply ? reply.body : null;
  if (body && typeof body === 'object' && Symbol.asyncIterator in body)
    for await (const piece of body as AsyncIterable<string>) expect(piece).toBeDefined();
  return reply?.status ?? 0;
}

const known = new Map<string, Promise<string[]>>();
/** The large tables that a statement reads from end to end. */
function wholeIn({ text, role }: Asked): Promise<string[]> {
  let found = known.get(text);
  if (!found) {
    found = planOf(stage.db, `s${known.size}`, text, role).then((plan) => readWhole(flat(plan), large));
    known.set(text, found);
  }
  return found;
}

test('every table is large here, or is one of those that stay small', async () => {
  const all = await stage.db.sql<{ name: string }>(
    "select relname as name from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace order by 1",
  );
  expect(all.map(({ name }) => name).filter((name) => !large.includes(name) && !SMALL.includes(name))).toEqual([]);
});

/** Of the statements that were just asked, those that read a large table from end to end. */
async function readsWhole(name: string): Promise<Record<string, string[]>> {
  const whole: Record<string, string[]> = {};
  for (const one of asked) {
    const tables = (await wholeIn(one)).filter((table) => !SUMS[name]?.includes(table));
    if (tables.length > 0) whole[one.text] = tables;
  }
  return whole;
}

/** An index of the program's rows that is read until somebody fits, where it could be reached into: as dear as the table from end to end. */
async function reachedByProgramAlone(name: string, query: Record<string, string>): Promise<string[]> {
  const table = { members: 'member', redemptions: 'redemption' }[name];
  if (table === undefined || !('find' in query || 'before' in query)) return [];
  const plans = await Promise.all(asked.map(({ text, role }, n) => planOf(stage.db, `p${n}`, text, role)));
  return plans
    .flatMap(flat)
    .filter((node) => node['Relation Name'] === table)
    .map((node) => node['Index Cond'] ?? 'none')
    .filter((reached) => !/\((?!program_id\b)\w+ [=<]|ROW\(/.test(reached));
}

describe('G: every owner’s route', () => {
  const readers = owned.filter(({ method }) => method === 'get');
  const writers = owned.filter(({ method }) => method !== 'get');
  // what ends something comes last, so that the others find it
  const ordered = [
    ...readers,
    ...writers.sort((a, b) => Number(a.method === 'delete') - Number(b.method === 'delete')),
  ];
  test.each(ordered.map((route) => [`${route.method} ${route.path}`, route] as const))(
    '%s reads no large table from end to end',
    async (_, route) => {
      asked.length = 0;
      const status = await call(route);
      expect(await readsWhole(route.name)).toEqual({});
      // a route that is not asked as it must be has told nothing
      expect([status, asked.length > 0]).not.toEqual([400, false]);
    },
  );

  test.each(SEARCHES)('%s asked for %j reads no large table from end to end', async (name, query) => {
    asked.length = 0;
    const route = owned.find((one) => one.name === name) as Route;
    expect(await call(route, { query })).toBe(200);
    expect(await readsWhole(name)).toEqual({});
    expect(await reachedByProgramAlone(name, query)).toEqual([]);
  });
});
