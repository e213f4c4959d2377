import { beforeAll, expect, test } from '@jest/globals';
import { DOUBTED } from '../../src/jobs/reconcile-orders.js';
import { CLAIM, CLAIMABLE } from '../../src/loyalty/claim-orders.js';
import { ACCEPT, WAITING } from '../../src/loyalty/membership-gifts.js';
import { ADOPT } from '../../src/loyalty/join.js';
import { FIND } from '../../src/loyalty/order-with-refund.js';
import { ROUNDED_IN } from '../../src/loyalty/read-causes.js';
import { SIDES } from '../../src/loyalty/referral-sides.js';
import { CLEARING } from '../../src/reports/read-clearing.js';
import { testDatabase } from '../support/database.js';
import { flat, planOf, readWhole } from '../support/plan-of.js';
import { aProgram } from '../support/rows.js';

const db = testDatabase();
const BIG = ['order_state', 'activity', 'customer_link', 'member', 'decision'];

/** Twenty thousand members with two orders each, a twentieth of them refunded; every tenth member was brought by another. */
beforeAll(async () => {
  const program = await aProgram(db);
  await db.sql(
    "insert into member (program_id, joined_at, referral_code, mailbox) select $1, now(), 'r' || g, 'm' || g from generate_series(1, 20000) g",
    [program],
  );
  await db.sql(
    `insert into customer_link (program_id, store_id, customer, member_id, linked_at)
     select program_id, 1, id::text, id, now() from member where program_id = $1`,
    [program],
  );
  await db.sql(
    `insert into order_state (program_id, store_id, order_id, version, snapshot, customer, member_id, placed_at)
     select program_id, 1, id || '-' || n, now(), jsonb_build_object('mailbox', mailbox, 'phone', null, 'refunds',
       case when id % 20 = 0 then jsonb_build_array(jsonb_build_object('id', id::text)) else '[]' end), id::text, id, now()
     from member, generate_series(1, 2) n where program_id = $1`,
    [program],
  );
  await db.sql(
    `insert into activity (program_id, kind, key, store_id, member_id, subject, at, facts)
     select program_id, 'referral', 'r' || id, 1, id, '1/' || id + 1, now(), '{}' from member where program_id = $1 and id % 10 = 0`,
    [program],
  );
  await db.sql(
    `insert into decision (program_id, activity, member_id, reason, gives, rule_version, explanation)
     select program_id, 'referral:' || key, member_id, 'earned', '{}', 1, '{}' from activity where program_id = $1`,
    [program],
  );
  await db.sql(
    `insert into decision (program_id, activity, member_id, reason, gives, rule_version, explanation)
     select program_id, 'order:1/' || order_id, member_id, 'earned', '{}', 1, '{}' from order_state where program_id = $1`,
    [program],
  );
  await db.sql(
    `insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at)
     select $1, 1, 'guest' || g, now(), jsonb_build_object('mailbox', 'm' || g, 'refunds', '[]'::jsonb), now() from generate_series(1, 20000) g`,
    [program],
  );
  await db.sql(
    `insert into activity (program_id, kind, key, store_id, subject, at, facts)
     select $1, 'review', 'v' || g, 1, '1/9' || g, now(), jsonb_build_object('mailbox', 'm' || g) from generate_series(1, 20000) g`,
    [program],
  );
  await db.sql(
    `insert into activity (program_id, kind, key, store_id, subject, at, facts)
     select $1, 'gift', '1/' || g, 1, '1/' || g, now(), jsonb_build_object('mailbox', 'm' || g) from generate_series(1, 20000) g`,
    [program],
  );
  await db.sql('analyze');
});

test.each([
  ['guest orders under a mailbox, counted', CLAIMABLE, 'order_state_guest'],
  ['guest orders under a mailbox, claimed', CLAIM, 'order_state_guest'],
  ['reviews under a mailbox, adopted', ADOPT, 'activity_mailbox'],
  ['gifts under a mailbox, counted', WAITING, 'activity_mailbox'],
  ['gifts under a mailbox, accepted', ACCEPT, 'activity_mailbox'],
])('%s: by their index, for row-level security lets none look into jsonb', async (name, sql, index) => {
  const nodes = flat(await planOf(db, name, sql, 'tallymark_app'));
  expect(readWhole(nodes, BIG)).toEqual([]);
  const how = nodes.find((node) => node['Index Name'] === index)?.['Index Cond'];
  expect(how).toMatch(/mailbox = /);
});

test.each([
  ['orders with refunds, to be read again', DOUBTED],
  ['the order of a refund', FIND],
])('%s: by the index of orders with refunds, in its order', async (name, sql) => {
  const nodes = flat(await planOf(db, name, sql, 'tallymark_app'));
  expect(nodes.map((node) => node['Index Name']).filter(Boolean)).toEqual(['order_state_refunded']);
  expect(nodes.filter((node) => node['Node Type'] === 'Sort')).toEqual([]);
});

test('the sides of referrals: no big table from end to end', async () => {
  const nodes = flat(await planOf(db, 'sides', SIDES, 'tallymark_app'));
  expect(readWhole(nodes, BIG)).toEqual([]);
});

test('what causes were given, and what shops took from each other, in a month: no big table from end to end, though members may be one with others', async () => {
  await db.sql(
    `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, points)
     select program_id, now() - id * interval '1 minute', id, 'given', 'order:1/' || id, 'earn', 0, 'issued', id, 'available', 1 from member`,
  );
  await db.sql("update member set merged_into = id - 1, merged_at = now(), status = 'merged' where id % 10 = 0");
  await db.sql('analyze');
  for (const [name, sql] of Object.entries({ ROUNDED_IN, CLEARING })) {
    const nodes = flat(await planOf(db, name.toLowerCase(), sql, 'tallymark_app'));
    expect([name, readWhole(nodes, [...BIG, 'transfer'])]).toEqual([name, []]);
  }
});
