import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/db/database.js';
import { readyProgram } from '../../../src/gallery/gallery.js';
import { makeOwnerVerbs } from '../../../src/http/owner/make-verbs.js';
import type { Asking, OwnerVerbs } from '../../../src/http/owner/verbs.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G, T14: a program as its owner's editor shows it, on a real database. */
const stage = ledgerStage();
let verbs: OwnerVerbs;
let asking: Asking;
let program: string;

beforeAll(async () => {
  const { service, db } = stage;
  program = await service.program(LEDGER_RULES, 'Bean Club');
  const { key } = await service.store(program, 'woocommerce');
  verbs = makeOwnerVerbs({
    db: db.app,
    loyalty: service.loyalty,
    ringEffects: () => undefined,
    sendSignInLinks: async () => undefined,
  });
  asking = { owner: { program, id: '1', name: 'Marta', role: 'owner', by: 'staff' }, now: Date.now() };
  for (const [id, total] of [
    [901, '12.00'],
    [902, '30.00'],
  ] as const) {
    const guest = wooOrder([wooLine(1, total)], { id, customer_id: 0 });
    expect((await service.woo({ key }, 'order.created', guest)).status).toBe(200);
    await service.drain();
  }
});

const rate = async () => {
  const { file } = await verbs.program(asking);
  return structuredClone(file) as { rules: { earning: { id: string; kind: string; points: unknown; per: number }[] } };
};

describe('G: a program before anybody meets it', () => {
  test('an order is tried by the live rules and by a file that nobody kept; twice the points are twice the gift', async () => {
    const order = { amounts: [4_800], tier: null };
    const live = await verbs.preview(asking, { of: { kind: 'live' }, locale: 'en', order, lastOrders: 0 });
    const file = await rate();
    const [rule] = file.rules.earning.filter(({ kind }) => kind === 'rate');
    expect(rule).toBeDefined();
    rule!.points = Number(rule!.points) * 2;
    const wish = { of: { kind: 'file', file }, locale: 'en', order, lastOrders: 0 } as const;
    const changed = await verbs.preview(asking, wish);
    const pointsOf = (shown: typeof live) => shown.order?.gives.map(({ unit, points }) => [unit, Number(points)]);
    expect(pointsOf(live)).toEqual([['points', 48]]);
    expect(pointsOf(changed)).toEqual([['points', 96]]);
    expect([changed.hash === live.hash, changed.sections.length]).toEqual([false, live.sections.length]);
    expect(await verbs.draft(asking)).toBeNull();
  });

  test('it is tried on the stores’ own last orders, newest first, also of guests', async () => {
    const wish = { of: { kind: 'live' }, locale: 'nl', lastOrders: 5 } as const;
    const { orders } = await verbs.preview(asking, wish);
    expect(orders.map(({ total, tried }) => [total.minor, tried?.gives[0]?.points]).sort()).toEqual([
      [1_200, '12'],
      [3_000, '30'],
    ]);
    const [newest, older] = orders.map(({ at }) => Date.parse(at));
    expect(newest).toBeGreaterThanOrEqual(older ?? Infinity);
  });

  test('every ready program says what it is, in each language', async () => {
    const ready = await readyProgram('warm-cup');
    const wish = (locale: 'en' | 'pl') =>
      verbs.preview(asking, { of: { kind: 'file', file: ready }, locale, lastOrders: 0 });
    const [english, polish] = [await wish('en'), await wish('pl')];
    expect(english.rewards.map(({ id }) => id)).toEqual(ready.rules.rewards.map(({ id }) => id));
    expect(english.rewards.every(({ sentence, title }) => sentence !== '' && title !== '')).toBe(true);
    expect(polish.sections.map(({ title }) => title)).not.toEqual(english.sections.map(({ title }) => title));
  });

  test('T14: the file of a program, as YAML or JSON, read again has its hash', async () => {
    const { hash } = await verbs.program(asking);
    for (const as of ['yaml', 'json'] as const) {
      const { text } = await verbs.programText(asking, { of: 'live', as });
      expect((await verbs.readText(asking, text)).hash).toBe(hash);
    }
    await expect(verbs.readText(asking, 'tallymark: 1\nname: [')).rejects.toMatchObject({ code: 'program_invalid' });
  });
});

describe('B, G: redemptions at the desk', () => {
  const made: string[] = [];
  beforeAll(async () => {
    const { service, db } = stage;
    const { id: store } = await service.store(program, 'woocommerce');
    const member = await service.member(program, store, '7', { email: 'ana@example.test' }, 0);
    for (const [n, state, code] of [
      [1, 'captured', 'killed'],
      [2, 'held', 'live'],
      [3, 'held', 'wanted'],
    ] as const) {
      const [row] = await db.sql<{ id: string }>(
        `insert into redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state,
           made_at, expires_at, cart) values ($1, $2, $3, 'gone', 'points', 100, 500, 100, $4, $5, $6,
           now() + $7 * interval '1 second', now() + interval '2 hours', '{}') returning id`,
        [program, store, member, `TM-SECRET-${n}ABC`, state, code, n],
      );
      made.push(row?.id ?? '');
    }
    await db.sql(
      `insert into outbox (program_id, store_id, shard, kind, subject, attempts, error, next_at)
       values ($1, $2, 0, 'create-code', $3, 9, 'the shop says 503', now() + interval '1 hour')`,
      [program, store, made[2]],
    );
  });
  const list = (more: object = {}) => verbs.redemptions(asking, { shown: 'all', locale: 'en', limit: 50, ...more });

  test('newest first, a page at a time, each once; nobody reads a whole code', async () => {
    const first = await list({ limit: 2 });
    const rest = await list({ limit: 2, before: first.next ?? '' });
    const all = [...first.redemptions, ...rest.redemptions];
    expect([all.map(({ id }) => id), rest.next]).toEqual([[...made].reverse(), null]);
    expect(JSON.stringify(all)).not.toContain('SECRET');
    const id = 'ffffffff-ffff-ffff-ffff-ffffffffffff';
    for (const before of [
      'made up',
      `2026-02-30 10:00:00+00 ${id}`,
      `2026-01-01 25:00:00+00 ${id}`,
      `2026-01-01 10:00:00+00 ${'-'.repeat(36)}`,
    ])
      await expect(list({ before })).rejects.toMatchObject({ status: 400 });
  });

  test('one that the shop does not answer for is stuck, says why, and is tried again at once when it is asked to', async () => {
    const { redemptions } = await list({ shown: 'stuck' });
    expect(redemptions.map(({ id, trouble, stuck }) => [id, trouble, stuck])).toEqual([
      [made[2], 'the shop says 503', true],
    ]);
    await verbs.solveRedemption(asking, made[2]!, 'retry');
    const [effect] = await stage.db.sql<{ attempts: number; due: boolean }>(
      `select attempts, next_at <= now() as due from outbox where kind = 'create-code' and subject = $1 and status = 0`,
      [made[2]],
    );
    expect(effect).toEqual({ attempts: 0, due: true });
    expect((await list({ shown: 'stuck' })).redemptions).toEqual([]);
  });

  test('one that is let go wants its code dead, and gives nothing back before it is; what was used is not let go', async () => {
    await verbs.solveRedemption(asking, made[1]!, 'release');
    const { redemptions } = await list({ shown: 'held' });
    expect(redemptions.find(({ id }) => id === made[1])).toMatchObject({ state: 'held', codeState: 'dying' });
    await expect(verbs.solveRedemption(asking, made[0]!, 'release')).rejects.toMatchObject({ status: 409 });
    const { lines } = await verbs.audit(asking, { about: 'redemption' });
    expect(lines.map(({ what }) => what)).toEqual(['redemption.release', 'redemption.retry']);
  });

  test('whoever may not see names reads none', async () => {
    const reader: Asking = { ...asking, owner: { ...asking.owner, role: 'read-only' } };
    const { redemptions } = await verbs.redemptions(reader, { shown: 'all', locale: 'en', limit: 50 });
    expect(redemptions.map(({ memberName }) => memberName)).toEqual([null, null, null]);
  });

  test('another program’s redemption is not found', async () => {
    const other = await stage.service.program(LEDGER_RULES, 'Other');
    const stranger: Asking = { ...asking, owner: { ...asking.owner, program: other } };
    await expect(verbs.solveRedemption(stranger, made[1]!, 'release')).rejects.toMatchObject({ status: 404 });
    const seen = await inTransaction(stage.db.app, { programs: [other] }, (tx) =>
      tx.prepared('others', 'select from redemption', []),
    );
    expect(seen).toEqual([]);
  });
});
