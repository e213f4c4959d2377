import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { Tx } from '../db/database.js';
import { lockMembers } from './lock-members.js';
import type { MemberRef } from './lock-members.js';
import { postingStatement } from './post-sql.js';
import { explained } from './post.js';
import { settleDue } from './sweeps.js';

/** A reservation of points for a redemption. */
export interface Hold extends MemberRef {
  unit: string;
  points: bigint;
  /** The activity key of the redemption: `redemption:<id>`. */
  cause: string;
  at: Millis;
}

/** What a hold took from a lot. */
export interface Draw {
  of: string;
  points: bigint;
}

/**
 * Moves points from available to held, taking usable lots by soonest end, then oldest, then key (one move a lot: kind
 * 'hold', as the replay would say). Locks the member first; 64 at once leave exactly floor(balance / points) granted.
 * Asked again with the same cause it answers with what it drew then.
 * @throws AppError `not_enough_points` (409), also while what fell due of the member waits for a replay
 */
export async function hold(tx: Tx, { program, member, unit, points, cause, at }: Hold): Promise<Draw[]> {
  await lockMembers(tx, [{ program, member }]);
  await settleDue(tx, { program, member }, at);
  try {
    const rows = await tx.prepared<{ draws: { of: string; points: string }[] | null }>('ledger_hold', HOLD, [
      program,
      member,
      unit,
      points,
      cause,
      at,
    ]);
    const draws = rows[0]?.draws;
    if (!draws) throw new AppError('not_enough_points', 409, 'There are not enough points on the account for this.');
    return draws.map((draw) => ({ of: draw.of, points: BigInt(draw.points) }));
  } catch (error) {
    throw explained(error);
  }
}

/**
 * The walk takes one lot a step by the index lot_open and stops when the need is met, so that a member with a thousand
 * open lots waits no longer than one with a single one.
 */
export const HOLD = postingStatement({
  first: `
before as materialized (
  select lot as of, points from transfer
  where program_id = $1 and member_id = $2 and cause = $5 and kind = 'hold' and unit = $3 and from_account = 'available'
),
walk as (
  (select l.of, l.ends_at, l.earned_at, least(l.remaining, $4::bigint) as points, $4::bigint - least(l.remaining, $4::bigint) as need
   from lot l
   where l.program_id = $1 and l.member_id = $2 and l.unit = $3 and l.remaining > 0 and l.matured
     and (select balance from account where program_id = $1 and member_id = $2 and unit = $3 and kind = 'available') >= $4
     and not exists (select from before)
   order by l.ends_at, l.earned_at, l.of limit 1)
  union all
  select n.of, n.ends_at, n.earned_at, least(n.remaining, w.need), w.need - least(n.remaining, w.need)
  from walk w
  cross join lateral (
    select l.of, l.ends_at, l.earned_at, l.remaining from lot l
    where l.program_id = $1 and l.member_id = $2 and l.unit = $3 and l.remaining > 0 and l.matured
      and (l.ends_at, l.earned_at, l.of) > (w.ends_at, w.earned_at, w.of)
    order by l.ends_at, l.earned_at, l.of limit 1
  ) n
  where w.need > 0
),
drawn as materialized (
  select of, points from walk where (select min(need) from walk) = 0
),`,
  postings: `
    select $1::bigint as program_id, $2::bigint as member_id, $3::text as unit, $5::text as cause, 'hold' as kind,
      $2::bigint as from_member, 'available' as from_account, $2::bigint as to_member, 'held' as to_account, of as lot, points,
      1 as seq, to_timestamp($6::float8 / 1000) as at
    from drawn`,
  lots: `
    select l.program_id, l.member_id, l.unit, l.of, l.given, l.remaining - d.points as remaining, l.lapsed, l.drawn + d.points as drawn,
      l.matured, l.earned_at, l.usable_at, l.ends_at
    from drawn d join lot l on l.program_id = $1 and l.member_id = $2 and l.unit = $3 and l.of = d.of`,
  uses: `
    select $1::bigint as program_id, $2::bigint as member_id, $3::text as unit, $5::text as spending, of as lot, points from drawn`,
  books: `
    select $1::bigint as program_id, $2::bigint as member_id, $3::text as unit,
      greatest(to_timestamp($6::float8 / 1000), (select disturbed_at from member_books where program_id = $1 and member_id = $2 and unit = $3)) as disturbed_at,
      (select due_at from member_books where program_id = $1 and member_id = $2 and unit = $3) as due_at
    where exists (select from drawn)`,
  last: `(select json_agg(json_build_object('of', of, 'points', points::text)) from (table drawn union all table before) d) as draws`,
});
