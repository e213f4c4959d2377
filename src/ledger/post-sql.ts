/** Where a posting statement takes its rows from: each a select (or CTE body) with the columns named beside it. */
interface Sources {
  /** CTEs before the rest, e.g. the walk over lots; each ends with a comma. */
  first?: string;
  /** program_id, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points, seq, at */
  postings: string;
  /** program_id, member_id, unit, of, given, remaining, lapsed, drawn, matured, earned_at, usable_at, ends_at: as they stand after it */
  lots: string;
  /** program_id, member_id, unit, spending, lot, points */
  uses: string;
  /** program_id, member_id, unit, disturbed_at, due_at */
  books: string;
  /** What it says beside the counts. */
  last?: string;
}

const KEY = 'program_id, member_id, cause, lot, kind, unit, from_account, to_account, seq';

/**
 * From `made` (transfers just inserted) to balances and entries, the same for all. What groups and sorts does so by the
 * member first: the program is nearly always the same one, and each further key compared costs.
 */
export const BALANCES = `
side as materialized (
  select id, program_id, from_member as member_id, unit, from_account as kind, -points as points from made
  union all
  select id, program_id, to_member, unit, to_account, points from made
),
moved as materialized (
  select program_id, member_id, unit, kind, ledger_sum(points) as points, count(*) as entries,
    kind in ('available', 'pending', 'held') and ledger_sum(points) < 0 or kind = 'debt' and ledger_sum(points) > 0 as leaves
  from side group by member_id, program_id, kind, unit
),
went as (
  update account a set balance = a.balance + m.points, version = a.version + m.entries
  from (select * from moved order by member_id, program_id, unit, kind) m
  where a.program_id = m.program_id and a.member_id = m.member_id and a.unit = m.unit and a.kind = m.kind
  returning a.program_id, a.member_id, a.unit, a.kind, a.id, old.balance, old.version
),
came as (
  insert into account as a (program_id, member_id, unit, kind, balance, version)
  select program_id, member_id, unit, kind, points, entries from moved
  where (select count(*) from moved) > (select count(*) from went) and not leaves
    and (program_id, member_id, unit, kind) not in (select program_id, member_id, unit, kind from went)
  order by member_id, program_id, unit, kind
  on conflict (program_id, member_id, unit, kind) do update
    set balance = a.balance + excluded.balance, version = a.version + excluded.version
  returning program_id, member_id, unit, kind, id, coalesce(old.balance, 0) as balance, coalesce(old.version, 0) as version
),
running as (
  select transfer_id, points, program_id, ledger_sum(account_id) over sofar as account_id,
    ledger_sum(amount) over sofar as balance_after, ledger_sum(n) over sofar as account_seq
  from (
    select program_id, member_id, unit, kind, 0::bigint as transfer_id, 0::bigint as points, balance as amount, version as n, id as account_id from went
    union all
    select program_id, member_id, unit, kind, 0, 0, balance, version, id from came
    union all
    select program_id, member_id, unit, kind, id, points, points, 1, 0 from side
  ) line
  window sofar as (partition by member_id, program_id, kind, unit order by transfer_id rows unbounded preceding)
),
written as (
  insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after)
  select program_id, account_id, account_seq, transfer_id, points, balance_after from running where transfer_id > 0
)`;

/**
 * The posting statement: every point that moves, moves by this text, whatever its rows come from. From top to bottom:
 *
 * - `asked` numbers the postings, so that ids (and the running balances) follow the order of the batch.
 * - `made` inserts what is new by the unique key, in key order, so that two batches never wait for each other crosswise.
 * - `side` has both sides of each new transfer, `moved` the sum by account.
 * - Balances move once an account: those that exist are updated, others begin with the sum, unless that alone would be
 *   unlawful (points leave a member).
 * - `entry` gets the running balance by one window over the old balance and the new sides: no join of two CTEs, whose
 *   plan could flip to a nested loop.
 * - Lots, uses and marks follow, unless everything that was asked for their member and unit had been posted before.
 * - `ledger_must` refuses the whole when lots and balances would part.
 */
export const postingStatement = ({ first = '', postings, lots, uses, books, last = '' }: Sources): string => `
with recursive ${first}
asked as materialized (
  select nextval('transfer_id_seq') as id, x.* from (${postings}) x
),
made as (
  insert into transfer (id, program_id, member_id, unit, cause, kind, from_member, from_account, to_member, to_account,
    lot, points, seq, at)
  select id, program_id, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points, seq, at
  from asked
  order by member_id, program_id, cause, lot, kind, unit, from_account, to_account, seq
  on conflict (${KEY}) do nothing
  returning id, program_id, unit, from_member, from_account, to_member, to_account, points
),
${BALANCES},
stale as materialized (
  select program_id, member_id, unit from asked where (select count(*) from made) < (select count(*) from asked)
  except
  select program_id, member_id, unit from side
),
lots as (
  insert into lot as l (program_id, member_id, unit, of, given, remaining, lapsed, drawn, matured, earned_at, usable_at, ends_at)
  select program_id, member_id, unit, of, given, remaining, lapsed, drawn, matured, earned_at, usable_at, ends_at
  from (${lots}) x
  where (program_id, member_id, unit) not in (select program_id, member_id, unit from stale)
  order by program_id, member_id, unit, of
  on conflict (program_id, member_id, unit, of) do update
    set given = excluded.given, remaining = excluded.remaining, lapsed = excluded.lapsed, drawn = excluded.drawn,
      matured = excluded.matured, earned_at = excluded.earned_at, usable_at = excluded.usable_at, ends_at = excluded.ends_at
  returning program_id, member_id, unit, new.remaining, new.matured, coalesce(old.remaining, 0) as was, coalesce(old.matured, new.matured) as was_matured
),
parted as (
  select from (
    select program_id, member_id, unit, kind, points from moved where kind in ('available', 'pending')
    union all
    select program_id, member_id, unit, case when matured then 'available' else 'pending' end, -remaining from lots where remaining > 0
    union all
    select program_id, member_id, unit, case when was_matured then 'available' else 'pending' end, was from lots where was > 0
  ) change
  group by program_id, member_id, unit, kind having ledger_sum(points) <> 0 limit 1
),
uses as (
  insert into lot_use as u (program_id, member_id, unit, spending, lot, points)
  select program_id, member_id, unit, spending, lot, points from (${uses}) x
  where (program_id, member_id, unit) not in (select program_id, member_id, unit from stale)
  order by program_id, member_id, unit, spending, lot
  on conflict (program_id, member_id, unit, spending, lot) do update set points = excluded.points
),
books as (
  insert into member_books as b (program_id, member_id, unit, disturbed_at, due_at, version)
  select program_id, member_id, unit, disturbed_at, due_at, 1 from (${books}) x
  where (program_id, member_id, unit) not in (select program_id, member_id, unit from stale)
  order by program_id, member_id, unit
  on conflict (program_id, member_id, unit) do update
    set disturbed_at = excluded.disturbed_at, due_at = excluded.due_at, version = b.version + 1
)
select (select count(*) from made)::int as posted, (select count(*) from asked)::int as asked,
  ledger_must((select count(*) from moved) = (select count(*) from came) + (select count(*) from went), 'never_overdrawn',
    'points would leave an account that does not exist'),
  ledger_must(not exists (select from parted), 'lots_equal_balances',
    'the lots handed in do not change by what the postings move')${last && `,\n  ${last}`}`;

/** Sources that are empty. */
export const NO_USES = `select null::bigint as program_id, null::bigint as member_id, '' as unit, '' as spending, '' as lot,
  null::bigint as points where false`;
export const NO_BOOKS = `select null::bigint as program_id, null::bigint as member_id, '' as unit, null::timestamptz as disturbed_at,
  null::timestamptz as due_at where false`;

/** The statement of `post`: everything comes from columns handed in, instants as milliseconds. */
export const POST = postingStatement({
  postings: `
    select program_id, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points, seq,
      to_timestamp(at / 1000) as at
    from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[], $5::text[], $6::bigint[], $7::text[], $8::bigint[],
      $9::text[], $10::text[], $11::bigint[], $12::int[], $13::float8[])
      as x (program_id, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points, seq, at)`,
  lots: `
    select program_id, member_id, unit, of, given, remaining, lapsed, drawn, matured,
      to_timestamp(earned / 1000) as earned_at, to_timestamp(usable / 1000) as usable_at, to_timestamp(ends / 1000) as ends_at
    from unnest($14::bigint[], $15::bigint[], $16::text[], $17::text[], $18::bigint[], $19::bigint[], $20::bigint[],
      $21::bigint[], $22::bool[], $23::float8[], $24::float8[], $25::float8[])
      as x (program_id, member_id, unit, of, given, remaining, lapsed, drawn, matured, earned, usable, ends)`,
  uses: `
    select * from unnest($26::bigint[], $27::bigint[], $28::text[], $29::text[], $30::text[], $31::bigint[])
      as x (program_id, member_id, unit, spending, lot, points)`,
  books: `
    select program_id, member_id, unit, to_timestamp(disturbed / 1000) as disturbed_at, to_timestamp(due / 1000) as due_at
    from unnest($32::bigint[], $33::bigint[], $34::text[], $35::float8[], $36::float8[])
      as x (program_id, member_id, unit, disturbed, due)`,
});
