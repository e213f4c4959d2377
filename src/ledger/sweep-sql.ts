import { NO_BOOKS, NO_USES, postingStatement } from './post-sql.js';

export type Sweep = 'mature' | 'expire';

const at = (parameter: string) => `to_timestamp(${parameter}::float8 / 1000)`;

/** Which lots a sweep is about; spelled like the partial indexes lot_maturing and lot_ending. */
const due = {
  mature: (now: string) => `l.remaining > 0 and not l.matured and l.usable_at <= ${at(now)}`,
  expire: (now: string) => `l.remaining > 0 and l.matured and l.ends_at < 'infinity' and l.ends_at <= ${at(now)}`,
};
const soonest = { mature: 'l.usable_at', expire: 'l.ends_at' };

const both = <T>(make: (what: Sweep) => T): Record<Sweep, T> => ({ mature: make('mature'), expire: make('expire') });

/** As intake, across programs: whose lots are due soonest. $1 now, $2 how many lots. */
export const DUE_PROGRAMS = both(
  (what) => `
select distinct program_id as program from (
  select l.program_id from lot l where ${due[what]('$1')} order by ${soonest[what]} limit $2
) l`,
);

/**
 * Those lots, their members locked; members who are locked by others are left out. A member at a time by the primary key:
 * joined, the plan for any limit reads all members.
 */
export const CLAIM = both(
  (what) => `
select l.program_id as program, l.member_id as member, l.unit, l.of
from (
  select l.program_id, l.member_id, l.unit, l.of from lot l where ${due[what]('$1')} order by ${soonest[what]} limit $2
) l
cross join lateral (
  select from member m where m.program_id = l.program_id and m.id = l.member_id for no key update skip locked
) locked`,
);

/** The due lots of one member. $1 now, $2 program, $3 member. */
export const DUE_OF_MEMBER = both(
  (what) => `
select l.program_id as program, l.member_id as member, l.unit, l.of from lot l
where ${due[what]('$1')} and l.program_id = $2 and l.member_id = $3`,
);

/**
 * Posts the lots handed in (by key; looked at again, now that their members are locked). The key of each posting is the
 * one that a replay would post: cause and lot are the lot's key. $5 now.
 */
export const SWEEP = both((what) =>
  postingStatement({
    first: `
due as materialized (
  select l.*,
    exists (
      select from member_books b
      where b.program_id = l.program_id and b.member_id = l.member_id and b.unit = l.unit and b.due_at <= ${at('$5')}
    ) ${
      what === 'mature'
        ? `or exists (
      select from account a
      where a.program_id = l.program_id and a.member_id = l.member_id and a.unit = l.unit and a.kind = 'debt' and a.balance < 0
    )`
        : ''
    } as replay
  from unnest($1::bigint[], $2::bigint[], $3::text[], $4::text[]) x (program_id, member_id, unit, of)
  join lot l on l.program_id = x.program_id and l.member_id = x.member_id and l.unit = x.unit and l.of = x.of
  where ${due[what]('$5')}
),`,
    postings: `
    select program_id, member_id, unit, of as cause, '${what}' as kind, member_id as from_member,
      ${what === 'mature' ? `'pending' as from_account, member_id as to_member, 'available' as to_account` : `'available' as from_account, 0::bigint as to_member, 'expired' as to_account`},
      of as lot, remaining as points,
      (select coalesce(max(seq), 0) + 1 from transfer t
       where t.program_id = due.program_id and t.member_id = due.member_id and t.cause = due.of and t.lot = due.of
         and t.kind = '${what}' and t.unit = due.unit) as seq,
      ${what === 'mature' ? 'usable_at' : 'ends_at'} as at
    from due where not replay`,
    lots: `
    select program_id, member_id, unit, of, given, ${what === 'mature' ? 'remaining, lapsed' : '0::bigint as remaining, lapsed + remaining as lapsed'},
      drawn, true as matured, earned_at, usable_at, ends_at
    from due where not replay`,
    uses: NO_USES,
    books: NO_BOOKS,
    last: `(select json_agg(json_build_object('program', program_id::text, 'member', member_id::text))
      from (select distinct program_id, member_id from due where not replay) d) as members,
  (select json_agg(json_build_object('program', program_id::text, 'member', member_id::text))
      from (select distinct program_id, member_id from due where replay) d) as replay`,
  }),
);
