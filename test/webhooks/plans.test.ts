import { beforeAll, describe, expect, test } from '@jest/globals';
import { KEEP, KNOWN } from '../../src/loyalty/keep-orders.js';
import { ADVOCATES } from '../../src/loyalty/notice-codes.js';
import { FACTS } from '../../src/loyalty/plain-orders.js';
import { MIRRORS } from '../../src/loyalty/want-effects.js';
import { CLAIM } from '../../webhooks/claim.js';
import { testDatabase } from '../support/database.js';
import { flat, planOf, readWhole } from '../support/plan-of.js';

const db = testDatabase();
const BIG = ['member', 'customer_link', 'order_state', 'inbox', 'activity', 'transfer'];

/** Twenty programs of a thousand members, each with a link, an order, a referral and two deliveries: one done, one waiting. */
beforeAll(async () => {
  const members = 'from generate_series(1, 20000) g';
  const program = '1 + g % 20';
  for (const text of [
    `insert into member (program_id, joined_at, referral_code) select ${program}, now(), 'r' || g ${members}`,
    `insert into customer_link (program_id, store_id, customer, member_id, linked_at) select ${program}, 1, g::text, g, now() ${members}`,
    `insert into order_state (program_id, store_id, order_id, version, snapshot, customer, placed_at, member_id)
     select ${program}, 1, g::text, now(), '{}', g::text, now(), g ${members}`,
    `insert into activity (program_id, kind, key, store_id, member_id, subject, at, facts)
     select ${program}, 'referral', 'r' || g, 1, g, '1/' || g, now(), '{}' ${members}`,
    `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
     select ${program}, now(), g, 'points', 'order:1/' || g, 'earn', 0, 'issued', g, 'available', 'order:1/' || g, 10 ${members}`,
    `insert into inbox (program_id, store_id, shard, topic, delivery_key, body_hash, status)
     select ${program}, 1, g % 4, 'orders/paid', 'k' || g, 'x', case when g <= 20000 then 1 else 0 end from generate_series(1, 40000) g`,
  ])
    await db.sql(text);
  await db.sql('analyze');
});

const WAY: [name: string, sql: string][] = [
  ['what is known of the orders', KNOWN],
  ['keep the orders', KEEP],
  ['who referred their customers', ADVOCATES],
  ['what must be known of their members', FACTS],
  ['balances to be shown', MIRRORS],
];

describe('plans on the way of an order: what a batch costs does not grow with the program', () => {
  test.each(WAY)('%s: each row by an index, no table of the program read for a batch', async (name, sql) => {
    const nodes = flat(await planOf(db, name, sql, 'tallymark_app'));
    expect(readWhole(nodes, BIG)).toEqual([]);
    const byTheProgramAlone = nodes.filter(
      (node) =>
        BIG.includes(node['Relation Name'] ?? '') &&
        /^\(program_id = ANY [^)]*\)\.?col1\)\)?$/.test(node['Index Cond'] ?? ''),
    );
    expect(byTheProgramAlone).toEqual([]);
    expect(nodes.filter((node) => /Hash Join|Merge Join/.test(node['Node Type']))).toEqual([]);
  });

  test('a claim walks over what waits, not over what was done before it', async () => {
    const nodes = flat(await planOf(db, 'claim', CLAIM, 'tallymark_intake'));
    expect(nodes.map((node) => node['Index Name']).filter(Boolean)).toEqual(['inbox_waiting']);
  });
});
