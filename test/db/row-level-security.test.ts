import { randomUUID } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { inTransaction, rescope } from '../../src/db/database.js';
import { testDatabase } from '../support/database.js';
import { aLink, aMember, aProgram, aStore } from '../support/rows.js';
import { batchOf, earned, posting } from '../support/points.js';

const db = testDatabase();
/** What intake may read across programs; of these only some may be written. */
const INTAKE_READS = [
  'inbox',
  'outbox',
  'store',
  'store_secret',
  'reconciliation',
  'member_books',
  'lot',
  'redemption',
  'rejudging',
  'simulation',
  'import_file',
  'bulk_adjustment',
  'export_file',
  'shown_name',
  'program',
  'staff',
];
let ours: string;
let theirs: string;

beforeAll(async () => {
  [ours, theirs] = [await aProgram(db), await aProgram(db)];
  for (const program of [ours, theirs]) await oneRowOfEach(program);
});

/** A row of every table that names a program, so that a test that sees none has something not to see. */
async function oneRowOfEach(program: string): Promise<void> {
  const store = await aStore(db, program);
  const member = await aMember(db, program, { mailbox: 'token' });
  await aLink(db, { program, store, customer: '1', member });
  await posting(db, {
    ...batchOf(earned({ program, member }, 'order:1/1', 10n)),
    uses: [{ program, member, unit: 'points', spending: 'redemption:1', lot: 'order:1/1', points: 0n }],
    books: [{ program, member, unit: 'points', disturbed: null, due: null }],
  });
  const [ana] = await db.sql<{ id: string }>(
    "insert into staff (program_id, email, name, role) values ($1, 'ana@example.test', 'Ana', 'owner') returning id",
    [program],
  );
  const staff = ana?.id;
  const now = new Date(0);
  const file = randomUUID();
  const head = await aMember(db, program);
  const bare: Record<string, unknown[]> = {
    'household_member (program_id, member_id, head_id, from_at)': [member, head, now],
    'rule_set (program_id, version, in_force_from, rules)': [1, now, '{}'],
    'draft (program_id, file, hash, base_version, updated_by)': ['{}', 'h', 1, 'key:1'],
    'api_key (program_id, name, hash)': ['till', Buffer.from('x')],
    'sign_in_link (program_id, hash, staff_id, ends_at)': [Buffer.from('x'), staff, now],
    'desk_session (program_id, hash, staff_id, began_at, seen_at, ends_at)': [Buffer.from('x'), staff, now, now, now],
    'passkey (program_id, staff_id, credential, host, public_key, name, counter, added_at, challenged_at)': [
      ...[staff, Buffer.from('x'), 'desk.example', Buffer.from('x'), 'phone', 0, now, now],
    ],
    'store_secret (program_id, store_id, kind, sealed)': [store, 'token', Buffer.from('x')],
    'member_pii (program_id, member_id, sealed)': [member, Buffer.from('x')],
    'member_word (program_id, member_id, token)': [member, 1],
    'survey_answer (program_id, survey, member_id, answers, answered_at)': ['taste', member, {}, now],
    'shown_name (program_id, member_id, name, agreed_at)': [member, 'Bean', now],
    'leaderboard_end (program_id, board, period, ended_at)': ['week', '2026-03-02', now],
    'sticker_batch (program_id, key, unit, made_by, made_at)': ['print:1', 'sticker', 'key:1', now],
    'sticker (program_id, hash, batch, n)': [Buffer.from('x'), 'print:1', 1],
    'consent (program_id, member_id, channel, given, text, source, at)': [member, 'email', true, 't', 's', now],
    'inbox (program_id, store_id, shard, topic, body_hash)': [store, 0, 't', Buffer.from('x')],
    'order_state (program_id, store_id, order_id, version, snapshot, placed_at)': [store, '1', now, '{}', now],
    'ceiling (program_id, promotion)': ['burst'],
    'rejudging (program_id, since, everyone)': [now, false],
    'product_state (program_id, store_id, product, categories, tags, version)': [store, '1', [], [], now],
    'customer_state (program_id, store_id, customer, roles, tags, version)': [store, '1', [], [], now],
    'activity (program_id, kind, key, at, facts)': ['join', 'k', now, '{}'],
    'decision (program_id, activity, reason, gives, rule_version, explanation)': [
      `order:${store}/1`,
      'r',
      '{}',
      1,
      '{}',
    ],
    'redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state, made_at, expires_at, cart)':
      [store, member, 'r', 'points', 0, 0, 0, `c${store}`, 'released', 'killed', now, now, '{}'],
    'outbox (program_id, store_id, shard, kind, subject)': [store, 0, 'mirror-balance', member],
    'reconciliation (program_id, store_id, what, since)': [store, 'orders', now],
    'audit_event (program_id, actor, what)': ['a', 'w'],
    'adjustment_limit (program_id, role, at_once, a_day)': ['support', 10, 20],
    'adjustment (program_id, id, member_id, unit, points, reason, asked_by, asked_at, state)': [
      'a',
      member,
      'points',
      5,
      'r',
      'staff:1',
      now,
      'given',
    ],
    'simulation (program_id, rules, asked_by)': ['{}', 'key:1'],
    'import_file (program_id, id, name, state, encoding, asked_by)': [file, 'a.csv', 'uploaded', 'utf-8', 'key:1'],
    'bulk_adjustment (program_id, id, unit, points, reason, asked_by, asked_at)': [
      ...[file, 'points', 5, 'r', 'staff:1', now],
    ],
    'bulk_adjustment_member (program_id, bulk_id, n, member_id, points)': [file, 1, member, 5],
    'export_file (program_id, id, people, asked_by)': [file, true, 'key:1'],
    'export_part (program_id, export_id, n, sealed)': [file, 0, Buffer.from('x')],
    'import_part (program_id, import_id, n, first_row, sealed)': [file, 0, 2, Buffer.from('x')],
    'import_line (program_id, import_id, line, origin, unit, points)': [file, 2, 'Old club', 'points', 1],
    'import_problem (program_id, import_id, line, reason)': [file, 3, 'no-email'],
    'cause_payout (program_id, cause, month, members, shop, paid_on, reference, paid_by, noted_at)': [
      ...['wood', '2027-03', 100, 50, '2027-04-05', 'r1', 'staff:1', now],
    ],
    'target (program_id, what, aim, set_by, set_at)': ['came-back', 3000, 'staff:1', now],
    'reward_stock (program_id, reward, received)': ['cup', 20],
    'reward_trial (program_id, name, one, other, measure, salt, began_at, ends_at, begun_by)': [
      ...['t', 'five', 'ten', 'bought', 'x', now, now, 'staff:1'],
    ],
    'level_move (program_id, member_id, nth, at, kind)': [member, 0, now, 'joined'],
    'member_level (program_id, member_id, level)': [member, 'gold'],
    'level_count (program_id, counted_at, members)': [now, 1],
    'forecast (program_id, promotion, unit, points, open_hours, together, from_at)': ['double', 'points', 1, 1, 1, now],
  };
  for (const [into, values] of Object.entries(bare)) {
    const all = [program, ...values];
    await db.sql(`insert into ${into} values (${all.map((_, n) => `$${n + 1}`).join(', ')})`, all);
  }
}

const tenantTables = async () =>
  (
    await db.sql<{ name: string }>(
      "select c.table_name as name from information_schema.columns c where c.table_schema = 'public' and c.column_name = 'program_id' order by 1",
    )
  ).map((row) => row.name);

describe('T7: a program sees its own rows only', () => {
  test('every table that names a program has rows of both here, and forces row-level security', async () => {
    for (const table of await tenantTables()) {
      const [row] = await db.sql<{ programs: string }>(`select count(distinct program_id) as programs from ${table}`);
      expect({ table, programs: row?.programs }).toEqual({ table, programs: '2' });
    }
    // a connection belongs to no program yet
    const open = await db.sql(
      "select relname from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace and relname not in ('migration', 'connection') and not (relrowsecurity and relforcerowsecurity)",
    );
    expect(open).toEqual([]);
  });

  test('as the app without the setting a bare select sees nothing, in every table', async () => {
    const client = await db.app.pool.connect();
    try {
      await client.query('set role tallymark_app');
      for (const table of [...(await tenantTables()), 'program']) {
        expect({ table, rows: (await client.query(`select * from ${table}`)).rows }).toEqual({ table, rows: [] });
      }
    } finally {
      client.release(true);
    }
  });

  test('in the scope of a program a bare select sees its rows alone, in every table', async () => {
    await inTransaction(db.app, { programs: [ours] }, async (tx) => {
      for (const table of await tenantTables()) {
        const rows = await tx.prepared<{ program_id: string }>(
          `all_${table}`,
          `select distinct program_id from ${table}`,
          [],
        );
        expect({ table, rows }).toEqual({ table, rows: [{ program_id: ours }] });
      }
    });
  });

  test('rows of another program can be neither written nor moved there', async () => {
    const write = (text: string) =>
      inTransaction(db.app, { programs: [ours] }, (tx) => tx.prepared(text.slice(0, 60), text, []));
    await expect(
      write(`insert into audit_event (program_id, actor, what) values (${theirs}, 'a', 'w')`),
    ).rejects.toThrow('row-level security');
    await expect(write(`update member set program_id = ${theirs} where program_id = ${ours}`)).rejects.toThrow(
      'row-level security',
    );
    await write(`update member set mailbox = 'stolen' where program_id = ${theirs}`);
    await write(`delete from member where program_id = ${theirs}`);
    expect(await db.sql('select mailbox from member where program_id = $1 order by id', [theirs])).toEqual([
      { mailbox: 'token' },
      { mailbox: null },
    ]);
  });

  test('intake reads across programs what it must find first, and nothing else', async () => {
    for (const table of [...(await tenantTables()), 'program']) {
      const read = inTransaction(db.intake, 'intake', (tx) =>
        tx.prepared(`intake_${table}`, `select count(*) as n from ${table}`, []),
      );
      if (INTAKE_READS.includes(table)) expect({ table, rows: await read }).toEqual({ table, rows: [{ n: '2' }] });
      else await expect(read).rejects.toThrow('permission denied');
    }
  });

  test('intake may not move a point', async () => {
    for (const text of [
      'update lot set remaining = 1',
      'insert into outbox (program_id) values (1) on conflict do nothing returning (select balance from account)',
      'update member_books set due_at = now()',
    ]) {
      await expect(
        inTransaction(db.intake, 'intake', (tx) => tx.prepared(text.slice(0, 60), text, [])),
      ).rejects.toThrow('permission denied');
    }
  });

  test('a worker claims as intake and goes on for the programs that it found', async () => {
    const seen = await inTransaction(db.app, 'intake', async (tx) => {
      const found = await tx.prepared<{ program_id: string }>(
        'found',
        'select program_id from inbox where status = 0 order by id limit 1',
        [],
      );
      rescope(db.app, tx, { programs: [found[0]!.program_id] });
      return tx.selectFrom('member').select('program_id').distinct().execute();
    });
    expect(seen).toEqual([{ program_id: ours }]);
  });

  test('a scope that is not made of ids is refused before it reaches SQL', async () => {
    for (const id of ["1}'; drop table member; --", '', '-1', '1.5', '１', '9'.repeat(19)]) {
      await expect(inTransaction(db.app, { programs: [id] }, async () => 1)).rejects.toThrow('not a program id');
    }
  });
});

describe('history is added to, never edited', () => {
  const HISTORY = ['transfer', 'entry', 'rule_set', 'audit_event'];
  const edits = (table: string) => [`update ${table} set program_id = program_id`, `delete from ${table}`];

  test.each(HISTORY)('%s: the app has no right to update or delete', async (table) => {
    for (const text of edits(table)) {
      await expect(
        inTransaction(db.app, { programs: [ours] }, (tx) => tx.prepared(text.slice(0, 60), text, [])),
      ).rejects.toThrow('permission denied');
    }
  });

  test.each(HISTORY)('%s: not even the owner may, nor empty it', async (table) => {
    for (const text of [...edits(table), `truncate ${table} cascade`])
      await expect(db.sql(text)).rejects.toThrow('append-only');
  });
});

describe('a transaction', () => {
  test('commits when its work returns, leaves nothing when it throws', async () => {
    const insert = (what: string, then: () => void) =>
      inTransaction(db.app, { programs: [ours] }, async (tx) => {
        await tx.insertInto('audit_event').values({ program_id: ours, actor: 'x', what, facts: '{}' }).execute();
        then();
      });
    await insert('kept', () => {});
    await expect(
      insert('lost', () => {
        throw new Error('no');
      }),
    ).rejects.toThrow('no');
    expect(await db.sql("select what from audit_event where actor = 'x'")).toEqual([{ what: 'kept' }]);
  });

  test('speaks no more once it is over', async () => {
    const leaked = await inTransaction(db.app, { programs: [ours] }, async (tx) => [tx]);
    await expect(leaked[0]!.selectFrom('member').selectAll().execute()).rejects.toThrow('over');
    await expect(leaked[0]!.prepared('late', 'select 1', [])).rejects.toThrow('over');
  });

  test("in another's way it says: try again", async () => {
    const [a, b] = [await aMember(db, ours), await aMember(db, ours)];
    const ask = 'select from member where program_id = $1 and id = $2 for update';
    const held: (() => void)[] = [];
    const lock = (first: string, second: string) =>
      inTransaction(db.app, { programs: [ours] }, async (tx) => {
        await tx.prepared('lock_one', ask, [ours, first]);
        // neither asks for its second before both hold their first
        await new Promise<void>((go) => held.push(go) === 2 && held.forEach((each) => each()));
        await tx.prepared('lock_one', ask, [ours, second]);
      });
    const outcomes = await Promise.allSettled([lock(a, b), lock(b, a)]);
    expect(outcomes.map((o) => (o.status === 'fulfilled' ? 'done' : (o.reason as Error).name)).sort()).toEqual([
      'RetryLater',
      'done',
    ]);
  });
});
