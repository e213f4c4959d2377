import { afterAll, beforeAll, describe, expect, test } from '@jest/globals';
import { FLOWS, ORDERS } from '../../../src/reports/read-overview.js';
import { LATEST } from '../../../src/reports/read-latest.js';
import { type OwnerClient, ownerOf } from '../../support/owner-client.js';
import { flat, planOf, readWhole } from '../../support/plan-of.js';
import { wooLine, wooOrder } from '../../webhooks/bodies.js';
import { LEDGER_RULES, ledgerStage } from '../../webhooks/ledger-stage.js';

/** G: Home: is it working, what happened, what needs somebody; every figure is the ledger's own. */
const stage = ledgerStage();
const DAY = 24 * 3_600_000;
let api: OwnerClient;
let program: string;
let store: { id: string; key: string };

interface Overview {
  now: { orders: number; giving: number; joined: number; flows: Record<string, string>[] };
  before: { orders: number; giving: number; flows: Record<string, string>[] };
  members: number;
  undecided: number;
  open: { unit: string; points: string; worth: string }[];
  needs: { kind: string; about: string | null; n: number }[];
}
const PAID = {
  ...{ paid: 1, cancelled: null, test: false, money: { code: 'EUR', exponent: 2 }, refunds: [] },
  lines: [{ id: 'a', kind: 'product', net: 1000, tax: 0 }],
};
const overview = async () => (await api.ask<Overview>(program, 'GET', '/overview?days=30')).body;

beforeAll(async () => {
  const { service, db } = stage;
  program = await service.program(LEDGER_RULES, 'Bean Club');
  store = await service.store(program, 'woocommerce');
  service.clock.set(Date.UTC(2026, 2, 20));
  await service.member(program, store.id, '7', { email: 'ana@example.test', name: 'Ana K.' }, Date.UTC(2026, 0, 2));
  api = await ownerOf(db, service);
});
afterAll(() => api.close());

async function order(id: number, placed: string, more: Record<string, unknown> = {}): Promise<void> {
  const body = wooOrder([wooLine(1, '60.00')], {
    ...{
      id,
      number: `${id}`,
      customer_id: 7,
      date_created_gmt: placed,
      date_paid_gmt: placed,
      date_modified_gmt: placed,
    },
    ...more,
  });
  expect((await stage.service.woo(store, 'order.created', body)).status).toBe(200);
  await stage.service.drain();
}

describe('G: Home', () => {
  test('nothing yet: figures of nothing, and no needs that are none', async () => {
    const empty = await overview();
    expect(empty).toMatchObject({ now: { orders: 0, giving: 0, flows: [] }, members: 1, undecided: 0 });
    expect(empty.needs).toEqual([]);
  });

  test('what was given, in this period and in the one before; what is open, and what it is worth', async () => {
    await order(1, '2026-03-10T10:00:00');
    await order(2, '2026-03-11T10:00:00');
    await order(3, '2026-02-01T10:00:00');
    await order(4, '2026-03-12T10:00:00', { customer_id: 0, billing: { email: '' } });
    const now = await overview();
    expect(now.now).toMatchObject({ orders: 3, giving: 2, flows: [{ unit: 'points', given: '120', used: '0' }] });
    expect(now.before).toMatchObject({ orders: 1, giving: 1, flows: [{ unit: 'points', given: '60' }] });
    expect(now.open).toEqual([{ unit: 'points', points: '180', worth: '180' }]);
    expect(now.undecided).toBe(0);
    const held = await stage.db.sql<{ sum: string }>(
      "select sum(balance) as sum from account where program_id = $1 and member_id <> 0 and kind <> 'debt'",
      [program],
    );
    expect(now.open[0]?.points).toBe(held[0]?.sum);
  });

  test('what happened last: who, what the shop calls it, how many points', async () => {
    const { body } = await api.ask<{ moves: { about: string; name: string; points: string; kind: string }[] }>(
      program,
      'GET',
      '/latest',
    );
    expect(body.moves.map(({ kind, name, points }) => [kind, name, points])).toEqual([
      ['order', 'Ana K.', '60'],
      ['order', 'Ana K.', '60'],
      ['order', 'Ana K.', '60'],
    ]);
  });

  test('what needs somebody: a shop that refuses us, what cannot be read, silence, an order without a decision', async () => {
    await stage.db.sql("update store set status = 'suspended' where id = $1", [store.id]);
    await stage.db.sql('update inbox set status = 2 where program_id = $1 and id = (select min(id) from inbox)', [
      program,
    ]);
    await stage.db.sql('delete from decision where program_id = $1 and activity = $2', [
      program,
      `order:${store.id}/2`,
    ]);
    expect((await overview()).needs.map(({ kind, n }) => [kind, n])).toEqual([
      ['store-refused', 1],
      ['unread', 1],
      ['undecided', 1],
    ]);
    await stage.db.sql("update store set status = 'active', heard_at = $2 where id = $1", [
      store.id,
      new Date(stage.service.clock.now() - 5 * DAY),
    ]);
    expect((await overview()).needs[1]).toMatchObject({ kind: 'store-silent', n: 5 });
  });

  test('H4: members who come to no reward, and rewards that nobody takes: said once it is clear, to whoever sees reports', async () => {
    const { service, db } = stage;
    const program2 = await service.program(LEDGER_RULES, 'Slow Club');
    await service.store(program2, 'woocommerce');
    // twenty who joined and bought half a year ago
    await db.sql(
      `with made as (
         insert into member (program_id, joined_at, referral_code) select $1, '2025-09-20', 'H' || g from generate_series(1, 20) g returning id
       ) insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at, member_id)
         select $1, 1, 'h' || id, now(), $2, '2025-09-21', id from made`,
      [program2, JSON.stringify(PAID)],
    );
    const health = async () => {
      const { body } = await api.ask<Overview>(program2, 'GET', '/overview');
      return body.needs.filter(({ kind }) => /reward/.test(kind)).map(({ kind, n }) => [kind, n]);
    };
    const use = (members: number, made: string) =>
      db.sql(
        `insert into redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state,
           made_at, expires_at, cart)
         select $1, 1, id, 'five', 'points', 20, 500, 20, 'H-' || $3 || id, 'captured', 'live', $3::timestamptz, $3::timestamptz, '{}'
         from (select id from member where program_id = $1 order by id limit $2) m`,
        [program2, members, made],
      );
    const idle = ['idle-rewards', 1];
    expect(await health()).toEqual([['few-rewarded-early', 100], ['few-rewarded-ever', 100], idle]);
    // two of twenty: 3 to 30 % of all like them, so less than half is clear and less than a fifth is not
    await use(2, '2025-10-20');
    expect(await health()).toEqual([['few-rewarded-early', 90], idle]);
    // late ones count for the reward and for who ever used one, not for the first three months
    await use(8, '2026-03-01');
    expect(await health()).toEqual([['few-rewarded-early', 90]]);
    await use(7, '2025-10-21');
    expect(await health()).toEqual([]);
  });

  test('none of it reads a big table from end to end', async () => {
    await stage.db.sql(
      `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, points)
       select 999, now() - g * interval '1 minute', g, 'points', 'x' || g, 'earned', 0, 'issued', g, 'available', 1 from generate_series(1, 30000) g`,
    );
    await stage.db.sql(
      `insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at)
       select 999, 9, g, now(), '{}', now() - g * interval '1 minute' from generate_series(1, 30000) g`,
    );
    await stage.db.sql('analyze');
    for (const [name, sql] of Object.entries({ FLOWS, ORDERS, LATEST })) {
      const nodes = flat(await planOf(stage.db, `overview_${name}`, sql, 'tallymark_app'));
      expect([name, readWhole(nodes, ['transfer', 'order_state'])]).toEqual([name, []]);
    }
  });
});
