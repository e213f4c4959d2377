import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { inForce, ruleVersions } from '../loyalty/rule-sets.js';

/** Members a part: locked, posted and noted together. */
export const PART = 200;
/** More than one look holds: it is made while somebody waits for it. */
const MOST = 200_000;
const PAGE = 5_000;

/** Points a member, to give or (negative) to take; or their hold, put on or ended. */
export type BulkDeed = { kind: 'points'; unit: string; points: bigint } | { kind: 'hold' | 'release' };

export type BulkWish = BulkDeed & {
  /** Names the act: the same id again changes nothing. */
  id: string;
  /** The members read it when it is about points. */
  reason: string;
  by: string;
};

/** Pages of whom it is about: members' own ids, from the beginning (null) or from the `next` of the page before. */
export type PagesOf = (before: string | null, limit: number) => Promise<{ ids: string[]; next: string | null }>;

const BEGIN = `
  insert into bulk_adjustment (program_id, id, kind, unit, points, reason, asked_by, asked_at) values ($1, $2, $3, $4, $5, $6, $7, $8)
  on conflict (program_id, id) do nothing returning id`;
/** Who is on hold, erased or merged is left out; taken is what is there, never more. */
const CHOOSE = `
  insert into bulk_adjustment_member (program_id, bulk_id, n, member_id, points)
  select $1, $2, $4 + x.ord, m.id, p.points from unnest($3::bigint[]) with ordinality x(id, ord)
  join member m on m.program_id = $1 and m.id = x.id and m.status = 'active' and m.merged_into is null and m.blocked_at is null
  left join account a on a.program_id = $1 and a.member_id = m.id and a.unit = $5 and a.kind = 'available'
  cross join lateral (select case when $6::bigint > 0 then $6::bigint else -least(-$6::bigint, coalesce(a.balance, 0)) end as points) p
  where p.points <> 0
  on conflict (program_id, bulk_id, member_id) do nothing
  returning points`;
/** Who is not on hold yet (or, to end it, is). */
const CHOOSE_TO_HOLD = `
  insert into bulk_adjustment_member (program_id, bulk_id, n, member_id, points)
  select $1, $2, $4 + x.ord, m.id, 0 from unnest($3::bigint[]) with ordinality x(id, ord)
  join member m on m.program_id = $1 and m.id = x.id and m.status = 'active' and m.merged_into is null and (m.blocked_at is null) = $5
  on conflict (program_id, bulk_id, member_id) do nothing
  returning points`;
const LOOKED = `
  update bulk_adjustment set members = $3, total = $4, short = $5, left_out = $6, parts = $7 where program_id = $1 and id = $2`;

/**
 * Writes down whom it is about and how much that is in all; nothing moves yet. The same id again changes nothing.
 * @throws AppError `no_such_unit`, `too_many_members`, `nobody_chosen` (422)
 */
export async function chooseMembers(
  tx: Tx,
  program: string,
  wish: BulkWish,
  pagesOf: PagesOf,
  now: Millis,
): Promise<void> {
  const { id, kind, reason, by } = wish;
  if (wish.kind === 'points') await refuseNoUnit(tx, program, wish.unit, now);
  const [unit, points] = wish.kind === 'points' ? [wish.unit, wish.points] : [null, 0n];
  const values = [program, id, kind, unit, `${points}`, reason, by, new Date(now)];
  if ((await tx.prepared('bulk_begin', BEGIN, values)).length === 0) return;
  const found = { named: 0, members: 0, total: 0n, short: 0 };
  for (let before: string | null = null; ;) {
    const { ids, next } = await pagesOf(before, PAGE);
    const chosen = await choose(tx, [program, id, ids, found.named], wish);
    found.named += ids.length;
    found.members += chosen.length;
    for (const one of chosen) {
      const size = BigInt(one.points);
      found.total += size < 0n ? -size : size;
      if (size !== points) found.short++;
    }
    if (found.named > MOST)
      throw new AppError(
        'too_many_members',
        422,
        `These are more than ${MOST} members: choose fewer of them at a time.`,
      );
    if (next === null) break;
    before = next;
  }
  if (found.members === 0) throw new AppError('nobody_chosen', 422, NOBODY[kind]);
  const { named, members, total, short } = found;
  const looked = [program, id, members, `${total}`, short, named - members, Math.ceil(named / PART)];
  await tx.prepared('bulk_looked', LOOKED, looked);
}

const NOBODY = {
  points: 'Nobody of them can be given or taken these points: choose others.',
  hold: 'All of them are on hold already, or members no longer: choose others.',
  release: 'None of them is on hold: choose others.',
};

const choose = (tx: Tx, page: unknown[], wish: BulkWish): Promise<{ points: string }[]> =>
  wish.kind === 'points'
    ? tx.prepared('bulk_choose', CHOOSE, [...page, wish.unit, `${wish.points}`])
    : tx.prepared('bulk_choose_to_hold', CHOOSE_TO_HOLD, [...page, wish.kind === 'hold']);

async function refuseNoUnit(tx: Tx, program: string, unit: string, now: Millis): Promise<void> {
  const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
  if (Object.hasOwn(rules.units, unit)) return;
  const units = Object.keys(rules.units).join(', ');
  throw new AppError('no_such_unit', 422, `There is no unit ${unit}: name one of ${units}.`);
}

const NAMED = 'select id from member where program_id = $1 and public_id = any($2::uuid[]) order by id';

/** Some members, by the ids that the outside knows. */
export const namedMembers =
  (tx: Tx, program: string, publicIds: readonly string[]): PagesOf =>
  async () => ({
    ids: (await tx.prepared<{ id: string }>('bulk_named', NAMED, [program, publicIds])).map(({ id }) => id),
    next: null,
  });
