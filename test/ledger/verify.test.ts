import { expect, test } from '@jest/globals';
import { inTransaction } from '../../src/db/database.js';
import { hold } from '../../src/ledger/hold.js';
import { INVARIANTS } from '../../src/ledger/invariants.js';
import type { Rule } from '../../src/ledger/invariants.js';
import { verify } from '../../src/ledger/verify.js';
import type { VerifyProgress } from '../../src/ledger/verify.js';
import { testDatabase } from '../support/database.js';
import { aMember, aProgram, aStore } from '../support/rows.js';
import { batchOf, DAY, earned, JANUARY, posting } from '../support/points.js';

const db = testDatabase();

/** A small, sound history in which each rule has something to look at. */
async function aHistory(): Promise<string> {
  const program = await aProgram(db);
  const store = await aStore(db, program);
  const member = await aMember(db, program);
  const indebted = await aMember(db, program);
  await posting(
    db,
    batchOf(
      earned({ program, member }, 'order:1/1', 100n),
      earned({ program, member }, 'order:1/2', 30n, { matured: false, usable: JANUARY + DAY }),
    ),
  );
  const owed = { program, member: indebted, unit: 'points', lot: '', seq: 1, at: JANUARY, points: 5n };
  await posting(db, { postings: [{ ...owed, cause: 'order:1/3', kind: 'owe', from: 'debt', to: 'issued' }] });
  await inTransaction(db.app, { programs: [program] }, (tx) =>
    hold(tx, { program, member, unit: 'points', points: 40n, cause: 'redemption:1', at: JANUARY }),
  );
  await db.sql(
    `insert into redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state, made_at, expires_at, cart, of_stock)
     values ($1, $2, $3, 'r', 'points', 40, 400, 40, $4, 'held', 'live', now(), now(), '{}', true)`,
    [program, store, member, `code-${program}`],
  );
  await db.sql("insert into reward_stock (program_id, reward, received, taken) values ($1, 'r', 5, 1)", [program]);
  await db.sql(
    `insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at, grants)
     values ($1, $2, '1', now(), '{}', now(), '{"sum": {"gain": 12, "part": 10}}')`,
    [program, store],
  );
  await db.sql("insert into ceiling (program_id, promotion, granted) values ($1, 'sum', 10)", [program]);
  await db.sql(
    "insert into decision (program_id, activity, reason, gives, rule_version, explanation) values ($1, 'order:' || $2::bigint || '/1', 'r', '{}', 1, '{}')",
    [program, store],
  );
  await db.sql(
    `insert into decision (program_id, activity, member_id, reason, gives, rule_version, explanation)
     values ($1, 'order:1/2', $2, 'earned', '{"points": "30"}', 1, jsonb_build_object('household', $3::text))`,
    [program, indebted, member],
  );
  await db.sql("insert into inbox (program_id, store_id, shard, topic, body_hash) values ($1, $2, 0, 't', 'x')", [
    program,
    store,
  ]);
  await db.sql(
    "insert into outbox (program_id, store_id, shard, kind, subject) values ($1, $2, 0, 'mirror-balance', '1')",
    [program, store],
  );
  return program;
}

/** What somebody with the superuser's hands may do. $1 is the program. */
const DAMAGE: [name: string, sql: string, breaks: Rule[]][] = [
  [
    'what was granted under a ceiling',
    'update ceiling set granted = granted - 1 where program_id = $1',
    ['ceilings_equal_parts'],
  ],
  [
    'the amount of an entry',
    'update entry set points = points + 1 where program_id = $1 and transfer_id = (select min(id) from transfer where program_id = $1) and points > 0',
    ['two_entries_a_transfer', 'balances_equal_entries', 'running_balances'],
  ],
  [
    'the amount of a transfer',
    'update transfer set points = points + 1 where program_id = $1',
    ['two_entries_a_transfer'],
  ],
  [
    'the accounts of a transfer',
    "update transfer set to_account = 'held' where program_id = $1 and to_account = 'available'",
    ['two_entries_a_transfer'],
  ],
  [
    'a transfer that is gone',
    "delete from transfer where program_id = $1 and kind = 'hold'",
    ['entries_have_transfers'],
  ],
  [
    'the last entry that is gone',
    'delete from entry where program_id = $1 and transfer_id = (select max(id) from transfer where program_id = $1)',
    ['two_entries_a_transfer', 'balances_equal_entries'],
  ],
  [
    'an account that is gone',
    "delete from account where program_id = $1 and kind = 'pending'",
    ['entries_have_transfers', 'program_sums_to_zero', 'lots_equal_balances'],
  ],
  [
    'a balance',
    "update account set balance = balance + 1 where program_id = $1 and kind = 'available'",
    ['balances_equal_entries', 'program_sums_to_zero', 'lots_equal_balances'],
  ],
  [
    'a running balance',
    'update entry set balance_after = balance_after + 1 where program_id = $1 and account_seq = 1 and points = 100',
    ['running_balances'],
  ],
  [
    'a number of an entry',
    'update entry set account_seq = account_seq + 100 where program_id = $1 and account_seq = 2',
    ['running_balances'],
  ],
  [
    'what is left in a lot',
    "update lot set remaining = remaining + 1 where program_id = $1 and of = 'order:1/1'",
    ['lots_add_up', 'lots_equal_balances'],
  ],
  ['what a lot gave', 'update lot set given = given + 1 where program_id = $1', ['lots_add_up']],
  ['a lot that matured in secret', 'update lot set matured = true where program_id = $1', ['lots_equal_balances']],
  ['a use of a lot', 'update lot_use set points = points - 1 where program_id = $1', ['uses_equal_draws']],
  [
    'whose household it was earned for',
    "update decision set explanation = jsonb_build_object('household', member_id::text) where program_id = $1 and member_id is not null",
    ['household_earns_for_head'],
  ],
  [
    'a reservation that was forgotten',
    "update redemption set state = 'released' where program_id = $1",
    ['held_equals_reservations'],
  ],
  [
    'a piece of a stock that nobody has',
    'update reward_stock set taken = taken + 1 where program_id = $1',
    ['stock_equals_pieces'],
  ],
  [
    'a debt beside points',
    "insert into account (program_id, member_id, unit, kind, balance, version) select program_id, member_id, unit, 'debt', -5, 1 from account where program_id = $1 and kind = 'available'",
    ['no_debt_beside_points', 'balances_equal_entries', 'program_sums_to_zero'],
  ],
  [
    'a gift that nobody gave',
    "update transfer set kind = 'receive' where program_id = $1 and kind = 'earn'",
    ['what_is_sent_arrives'],
  ],
  ['an order without a decision', 'delete from decision where program_id = $1', ['one_decision_an_order']],
  [
    'a delivery that nobody takes',
    "update inbox set received_at = now() - interval '1 hour' where program_id = $1",
    ['no_stuck_delivery'],
  ],
  [
    'an effect that nobody takes',
    "update outbox set created_at = now() - interval '1 hour' where program_id = $1",
    ['no_stuck_effect'],
  ],
];

test('T5: a sound history has no violation', async () => {
  await aHistory();
  expect(await verify(db.app)).toEqual([]);
});

test.each(DAMAGE)(
  'T31: %s is found, in its program alone, and the first bad row is named',
  async (_name, sql, breaks) => {
    const [program, untouched] = [await aHistory(), await aHistory()];
    const client = await db.owner.pool.connect();
    try {
      await client.query("set session_replication_role = 'replica'");
      const { rowCount } = await client.query(sql, [program]);
      expect(rowCount).toBeGreaterThan(0);
    } finally {
      client.release(true);
    }
    const violations = await verify(db.app, { program });
    expect(violations.map((v) => v.rule).sort()).toEqual(expect.arrayContaining([...breaks].sort()));
    expect(violations[0]!.count).toBeGreaterThan(0);
    expect(Object.keys(violations[0]!.first).length).toBeGreaterThan(1);
    expect(await verify(db.app, { program: untouched })).toEqual([]);
  },
);

test('every rule is broken by some damage above', () => {
  expect(new Set(DAMAGE.flatMap(([, , breaks]) => breaks))).toEqual(new Set(INVARIANTS.map(({ rule }) => rule)));
});

test('it tells how far it is', async () => {
  const program = await aHistory();
  const seen: VerifyProgress[] = [];
  await verify(db.app, { program, onProgress: (progress) => seen.push(progress) });
  expect(seen.map(({ done }) => done)).toEqual(INVARIANTS.map((_, n) => n + 1));
  expect(seen.every(({ total }) => total === INVARIANTS.length)).toBe(true);
});
