import { BALANCES } from './post-sql.js';

/**
 * The posting statement for gains, each a posting with a lot of its own: the lot is made from the posting, so that the two
 * cannot disagree. Nothing is looked for that may be there already, which is a third of what the other one costs: where a
 * transfer or a lot is, their unique keys refuse the whole.
 */
export const GAIN = `
with asked as materialized (
  select nextval('transfer_id_seq') as id, program_id, member_id, unit, cause, kind, from_account, to_account, lot, points,
    to_timestamp(at / 1000) as at, to_timestamp(earned / 1000) as earned_at, to_timestamp(usable / 1000) as usable_at,
    to_timestamp(ends / 1000) as ends_at
  from (
    select unnest($1::bigint[]) as program_id, unnest($2::bigint[]) as member_id, unnest($3::text[]) as unit,
      unnest($4::text[]) as cause, unnest($5::text[]) as kind, unnest($6::text[]) as from_account,
      unnest($7::text[]) as to_account, unnest($8::text[]) as lot, unnest($9::bigint[]) as points, unnest($10::float8[]) as at,
      unnest($11::float8[]) as earned, unnest($12::float8[]) as usable, unnest($13::float8[]) as ends
  ) x
),
made as (
  insert into transfer (id, program_id, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points, at)
  select id, program_id, member_id, unit, cause, kind, 0, from_account, member_id, to_account, lot, points, at
  from asked
  order by member_id, program_id, cause, lot, kind, unit, from_account, to_account
  returning id, program_id, unit, from_member, from_account, to_member, to_account, points
),
${BALANCES},
lots as (
  insert into lot (program_id, member_id, unit, of, given, remaining, matured, earned_at, usable_at, ends_at)
  select program_id, member_id, unit, lot, points, points, to_account = 'available', earned_at, usable_at, ends_at
  from asked
  order by member_id, program_id, unit, lot
)
select count(*)::int as posted from asked`;
