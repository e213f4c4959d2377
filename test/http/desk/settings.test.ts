import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction } from '../../../src/db/database.js';
import type { OwnerParts } from '../../../src/http/owner/within.js';
import { settingsVerbs } from '../../../src/http/owner/settings-verbs.js';
import { proveApiKey } from '../../../src/loyalty/api-keys.js';
import { audit } from '../../../src/loyalty/store-life.js';
import { addStaff } from '../../../src/staff/people.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G: people, keys, stores and the log of what was done, on a real database. */
const stage = ledgerStage();
const linked: string[] = [];
let verbs: ReturnType<typeof settingsVerbs>;
let program: string;
let asking: Parameters<typeof verbs.staff>[0];
let storeKey: string;

beforeAll(async () => {
  const { service, db } = stage;
  program = await service.program(LEDGER_RULES, 'Bean Club');
  ({ key: storeKey } = await service.store(program, 'woocommerce'));
  const parts: OwnerParts = {
    db: db.app,
    loyalty: service.loyalty,
    ringEffects: () => undefined,
    sendSignInLinks: async (email) => void linked.push(email),
  };
  verbs = settingsVerbs(parts);
  const marta = await inTransaction(db.app, { programs: [program] }, (tx) =>
    addStaff(tx, program, { email: 'marta@shop.test', name: 'Marta', role: 'owner', locale: 'en' }, 'test'),
  );
  asking = { owner: { program, id: marta.id, name: 'Marta', role: 'owner', by: 'staff' }, now: Date.now() };
});

describe('G: settings', () => {
  test('who is invited gets a link; a role changed and somebody removed stand in the log, with before and after', async () => {
    const wish = { email: 'Tom@shop.test', name: 'Tom', role: 'till', language: 'nl' } as const;
    const { staff } = await verbs.inviteStaff(asking, wish);
    const tom = staff.find(({ name }) => name === 'Tom');
    expect([tom?.email, tom?.role, linked]).toEqual(['tom@shop.test', 'till', ['Tom@shop.test']]);
    await expect(verbs.inviteStaff(asking, wish)).rejects.toThrow('already');
    await verbs.changeStaff(asking, tom?.id ?? '', 'support');
    expect((await verbs.removeStaff(asking, tom?.id ?? '')).staff.map(({ name }) => name)).toEqual(['Marta']);
    const { lines } = await verbs.audit(asking, { about: 'staff' });
    expect(lines.map(({ what, who, facts }) => [what, who, facts['before'] ?? null, facts['after'] ?? null])).toEqual([
      ['staff.removed', 'Marta', null, null],
      ['staff.role', 'Marta', 'till', 'support'],
      ['staff.added', 'Marta', null, null],
      ['staff.added', null, null, null],
    ]);
  });

  test('a key is told once, opens, and opens nothing once it was revoked', async () => {
    const { id, text } = await verbs.createKey(asking, 'the till');
    const proved = () =>
      inTransaction(stage.db.app, { programs: [program] }, (tx) => proveApiKey(tx, program, text, Date.now()));
    expect(await proved()).toMatchObject({ name: 'the till' });
    expect(JSON.stringify(await verbs.keys(asking))).not.toContain(text);
    const { keys } = await verbs.revokeKey(asking, id);
    expect([keys[0]?.revoked === null, await proved()]).toEqual([false, null]);
  });

  test('the log is read a hundred lines at a time, each line once', async () => {
    await inTransaction(stage.db.app, { programs: [program] }, async (tx) => {
      for (let n = 0; n < 230; n++) await audit(tx, program, 'command', 'many.lines', { n });
    });
    const seen: unknown[] = [];
    for (let before: string | undefined, more = true; more;) {
      const page = await verbs.audit(asking, { about: 'many', ...(before === undefined ? {} : { before }) });
      seen.push(...page.lines.map(({ facts }) => facts['n']));
      expect(page.lines.length).toBeLessThanOrEqual(100);
      ({ more } = page);
      before = page.lines.at(-1)?.id;
    }
    expect(seen).toEqual(Array.from({ length: 230 }, (_, n) => 229 - n));
  });

  test('a store says when it was last heard of, and what of it could not be read', async () => {
    const [quiet] = (await verbs.stores(asking)).stores;
    expect(quiet).toMatchObject({ platform: 'woocommerce', status: 'active', lastDelivery: null, unread: 0 });
    await stage.service.woo({ key: storeKey }, 'order.created', wooOrder([wooLine(1, '60.00')], { customer_id: 0 }));
    await stage.service.drain();
    const [heard] = (await verbs.stores(asking)).stores;
    expect(heard?.lastDelivery).not.toBeNull();
    await stage.db.sql('update inbox set status = 2 where program_id = $1', [program]);
    expect((await verbs.stores(asking)).stores[0]?.unread).toBe(1);
  });

  test('what could not be read or done is named with its reason, tried again at once, or laid to rest; nothing is done twice', async () => {
    const { db, service } = stage;
    const [{ store } = { store: '' }] = await db.sql<{ store: string }>(
      'select id as store from store where key = $1',
      [storeKey],
    );
    const effect = (kind: string, subject: string, status: number, attempts: number) =>
      db.sql(
        `insert into outbox (program_id, store_id, shard, kind, subject, status, attempts, next_at, error)
         values ($1, $2, 0, $3, $4, $5, $6, now() + interval '1 hour', 'the shop answered 502')`,
        [program, store, kind, subject, status, attempts],
      );
    await db.sql('delete from outbox where program_id = $1', [program]);
    await effect('kill-code', 'k', 0, 7);
    await effect('create-code', 'young', 0, 1);
    for (const status of [2, 2, 0]) await effect('mirror-balance', '7', status, 0);
    for (const status of [2, 2]) await effect('mirror-balance', '8', status, 50);
    const found = await verbs.storeTrouble(asking, store);
    expect(found.effects.map(({ what, about, why }) => [what, about, why])).toEqual(
      [
        ['mirror-balance', '8'],
        ['mirror-balance', '8'],
        ['mirror-balance', '7'],
        ['mirror-balance', '7'],
        ['kill-code', 'k'],
      ].map((one) => [...one, 'the shop answered 502']),
    );
    expect(found.messages.map(({ what, kept }) => [what, kept])).toEqual([['order.created', true]]);

    expect(await verbs.solveStoreTrouble(asking, store, 'retry')).toEqual({ messages: 1, effects: 3 });
    expect(await verbs.storeTrouble(asking, store)).toEqual({ messages: [], effects: [] });
    const due = await db.sql<{ subject: string }>(
      'select subject from outbox where program_id = $1 and status = 0 and next_at <= now() order by subject',
      [program],
    );
    expect(due.map(({ subject }) => subject)).toEqual(['7', '8', 'k']);
    await service.drain();
    expect(await db.sql('select 1 from inbox where program_id = $1 and status <> 1', [program])).toEqual([]);

    await db.sql('update inbox set status = 2, body = null where program_id = $1', [program]);
    expect(await verbs.solveStoreTrouble(asking, store, 'retry')).toEqual({ messages: 0, effects: 0 });
    expect((await verbs.storeTrouble(asking, store)).messages.map(({ kept }) => kept)).toEqual([false]);
    expect(await verbs.solveStoreTrouble(asking, store, 'put-aside')).toEqual({ messages: 1, effects: 0 });
    expect((await verbs.stores(asking)).stores[0]?.unread).toBe(0);
    const { lines } = await verbs.audit(asking, { about: 'store' });
    expect(lines.map(({ what, who }) => [what, who])).toEqual([
      ['store.put-aside', 'Marta'],
      ['store.retry', 'Marta'],
    ]);
    await expect(verbs.storeTrouble(asking, '999')).rejects.toMatchObject({ status: 404 });
  });
});
