import type { Millis } from '../lib/clock.js';
import type { Tx } from '../db/database.js';
import { ownerOf } from './postings.js';
import type { AccountKind, Posting } from './postings.js';
import type { MemberRef } from './lock-members.js';

/** What a posting aims at: the whole of what should have moved under its key, without a seq. */
export type Target = Omit<Posting, 'seq'>;

/** What was posted under one key, corrections (from and to swapped) netted. */
export interface PostedTotal extends Omit<Target, 'at'> {
  /** From `from` to `to`; negative when more went back. */
  points: bigint;
  /** The seq of the next posting under this key, in either direction. */
  nextSeq: number;
}

/**
 * What was posted for members, by key: the other half of "target minus posted". Of all their activities, or of the
 * `causes` named.
 */
export async function postedTotals(
  tx: Tx,
  members: readonly MemberRef[],
  causes?: readonly string[],
): Promise<PostedTotal[]> {
  const refs = [members.map((m) => m.program), members.map((m) => m.member)];
  const rows = causes
    ? await tx.prepared<Row>('ledger_posted_of', totals('and t.cause = any ($3::text[])'), [...refs, causes])
    : await tx.prepared<Row>('ledger_posted', totals(''), refs);
  return rows.map(({ from_member, to_member, points, ...row }) => ({
    ...row,
    ...elsewhere('fromMember', row.from, from_member, row.member),
    ...elsewhere('toMember', row.to, to_member, row.member),
    points: BigInt(points),
  }));
}

interface Row extends Omit<PostedTotal, 'points' | 'fromMember' | 'toMember'> {
  from_member: string;
  to_member: string;
  points: string;
}

const elsewhere = (name: 'fromMember' | 'toMember', account: AccountKind, owner: string, member: string) =>
  owner === ownerOf(account, member) ? {} : { [name]: owner };

export const totals = (also: string) => `
select t.program_id as program, t.member_id as member, t.unit, t.cause, t.kind, t.lot,
  case when forward then from_member else to_member end as from_member, case when forward then from_account else to_account end as "from",
  case when forward then to_member else from_member end as to_member, case when forward then to_account else from_account end as "to",
  ledger_sum(case when forward then points else -points end) as points, max(seq) + 1 as "nextSeq"
from unnest($1::bigint[], $2::bigint[]) x (program_id, member_id)
join transfer t on t.program_id = x.program_id and t.member_id = x.member_id ${also}
cross join lateral (select (from_member, from_account) < (to_member, to_account) as forward) direction
group by 1, 2, 3, 4, 5, 6, 7, 8, 9, 10`;

/**
 * Target minus posted: the postings that are missing, corrections with from and to swapped. What was posted and is aimed
 * at no longer goes back, dated `now`. In the order of the targets; what goes back comes first, because it may be what
 * the rest stands on.
 */
export function differences(targets: readonly Target[], posted: readonly PostedTotal[], now: Millis): Posting[] {
  const aims = new Map<string, { target: Target; points: bigint }>();
  for (const total of posted) {
    const { target, sign } = oriented({ ...total, at: now });
    aims.set(keyOf(target), { target, points: -sign * total.points });
  }
  const wanted = new Set<string>();
  for (const raw of targets) {
    const { target, sign } = oriented(raw);
    const key = keyOf(target);
    const before = aims.get(key)?.points ?? 0n;
    aims.delete(key);
    aims.set(key, { target, points: before + sign * raw.points });
    wanted.add(key);
  }
  const nextSeq = new Map(posted.map((total) => [keyOf(oriented({ ...total, at: now }).target), total.nextSeq]));
  return [...aims]
    .filter(([, { points }]) => points !== 0n)
    .sort(([a], [b]) => Number(wanted.has(a)) - Number(wanted.has(b)))
    .map(([key, { target, points }]) => {
      const seq = nextSeq.get(key) ?? 1;
      return points > 0n ? { ...target, points, seq } : { ...swapped(target), points: -points, seq };
    });
}

/** One direction for both: a key and its correction meet under it. */
function oriented(target: Target): { target: Target; sign: bigint } {
  const from = ownerOf(target.from, target.fromMember ?? target.member);
  const to = ownerOf(target.to, target.toMember ?? target.member);
  const forward = from === to ? target.from < target.to : BigInt(from) < BigInt(to);
  return forward ? { target, sign: 1n } : { target: swapped(target), sign: -1n };
}

function swapped({ fromMember, toMember, ...target }: Target): Target {
  return {
    ...target,
    from: target.to,
    to: target.from,
    ...(toMember === undefined ? {} : { fromMember: toMember }),
    ...(fromMember === undefined ? {} : { toMember: fromMember }),
  };
}

const keyOf = (t: Target) =>
  [t.program, t.member, t.unit, t.cause, t.kind, t.lot, t.fromMember ?? '', t.from, t.toMember ?? '', t.to].join('\n');
