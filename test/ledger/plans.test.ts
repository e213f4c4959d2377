import { beforeAll, describe, expect, test } from '@jest/globals';
import { GAIN } from '../../src/ledger/gain-sql.js';
import { HOLD } from '../../src/ledger/hold.js';
import { LOCK } from '../../src/ledger/lock-members.js';
import { POST } from '../../src/ledger/post-sql.js';
import { totals } from '../../src/ledger/posted-totals.js';
import { AT } from '../../src/ledger/balances.js';
import { CLAIM, DUE_OF_MEMBER, DUE_PROGRAMS, SWEEP } from '../../src/ledger/sweep-sql.js';
import { testDatabase } from '../support/database.js';
import { flat, planOf, readWhole } from '../support/plan-of.js';
import { aProgram } from '../support/rows.js';

const db = testDatabase();
const BIG = ['transfer', 'entry', 'account', 'lot', 'lot_use', 'member_books', 'member'];

/** Big enough for a sequential scan to be a mistake, with statistics that say so. */
beforeAll(async () => {
  const program = await aProgram(db);
  await db.sql(
    "insert into member (program_id, joined_at, referral_code) select $1, now(), 'r' || g from generate_series(1, 20000) g",
    [program],
  );
  await db.sql(
    `insert into lot (program_id, member_id, unit, of, given, remaining, matured, earned_at, usable_at, ends_at)
     select program_id, id, 'points', 'order:1/' || n, 10, 10, n % 3 > 0, now(), now() - interval '1 day', now() + n * interval '1 day'
     from member, generate_series(1, 3) n where program_id = $1`,
    [program],
  );
  await db.sql(
    `insert into account (program_id, member_id, unit, kind, balance) select program_id, id, 'points', kind, 10
     from member, unnest(array['available', 'pending']) kind where program_id = $1`,
    [program],
  );
  await db.sql(
    `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
     select program_id, now(), member_id, unit, of, 'earn', 0, 'issued', member_id, 'available', of, 10 from lot where program_id = $1`,
    [program],
  );
  await db.sql(
    'insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after) select program_id, id, id, id, 1, 1 from transfer where program_id = $1',
    [program],
  );
  await db.sql(
    'insert into member_books (program_id, member_id, unit) select program_id, id, $2 from member where program_id = $1',
    [program, 'points'],
  );
  await db.sql(
    'insert into lot_use (program_id, member_id, unit, spending, lot, points) select program_id, member_id, unit, of, of, 1 from lot where program_id = $1',
    [program],
  );
  await db.sql('analyze');
});

const STATEMENTS: [name: string, sql: string][] = [
  ['post', POST],
  ['post gains', GAIN],
  ['hold', HOLD],
  ['lock members', LOCK],
  ['posted totals', totals('')],
  ['posted totals of causes', totals('and t.cause = any ($3::text[])')],
  ['balances as of now', AT],
  ['what is due of a member, mature', DUE_OF_MEMBER.mature],
  ['what is due of a member, expire', DUE_OF_MEMBER.expire],
  ['claim mature', CLAIM.mature],
  ['claim expire', CLAIM.expire],
  ['sweep mature', SWEEP.mature],
  ['sweep expire', SWEEP.expire],
];

describe('plans, as the service gets them (prepared, generic, under row-level security)', () => {
  test.each(STATEMENTS)('%s: no big table from end to end, no nested loop over two CTEs', async (name, sql) => {
    const nodes = flat(await planOf(db, name, sql, 'tallymark_app'));
    expect(readWhole(nodes, BIG)).toEqual([]);
    const loops = nodes.filter(
      (node) =>
        node['Node Type'] === 'Nested Loop' &&
        node.Plans!.every(
          (side) => flat(side).some((n) => n['CTE Name']) && !flat(side).some((n) => n['Relation Name']),
        ),
    );
    expect(loops).toEqual([]);
  });

  test.each(['mature', 'expire'] as const)(
    'programs with something due, %s, by the index of what is due',
    async (what) => {
      const nodes = flat(await planOf(db, `due ${what}`, DUE_PROGRAMS[what], 'tallymark_intake'));
      expect(nodes.filter((node) => node['Node Type'] === 'Seq Scan')).toEqual([]);
    },
  );
});
