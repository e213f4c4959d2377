import type { Tx } from '../db/database.js';
import { readBalancesAt } from '../ledger/balances.js';
import { lockMembers } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import { undoOf } from '../loyalty/decide-adjustment.js';
import { settleMembers } from '../loyalty/settle-members.js';
import type { BulkAdjustment } from './bulk-adjustments.js';
import { PART } from './choose-members.js';

/** Names what one member got: given twice it is given once. */
export const bulkAct = (id: string, member: string): string => `bulk:${id}:${member}`;

const READY = `
  select n, member_id as member, points from bulk_adjustment_member
  where program_id = $1 and bulk_id = $2 and n > $3 and n <= $4 and state = 'ready' order by member_id for update`;
const ACTIVE = `
  select id from member where program_id = $1 and id = any($2::bigint[]) and status = 'active' and merged_into is null and blocked_at is null`;
const NOTE = `
  insert into activity (program_id, kind, key, member_id, at, facts)
  select $1, 'adjust', key, member_id, $2, facts::jsonb from unnest($3::text[], $4::bigint[], $5::text[]) x(key, member_id, facts)
  on conflict (program_id, kind, key) do nothing`;
const GIVEN = `
  update bulk_adjustment_member b set state = case when x.given = 0 then 'passed' else 'given' end, given = x.given
  from unnest($3::int[], $4::bigint[]) x(n, given) where b.program_id = $1 and b.bulk_id = $2 and b.n = x.n`;
const SUM = `
  update bulk_adjustment set given_members = given_members + $3, given_points = given_points + $4 where program_id = $1 and id = $2`;

/**
 * Gives or takes one part's points, and settles its members like after anything else; all in the caller's transaction. Who can no
 * longer be reached is passed over, and of whoever has less meanwhile what is there is taken: nobody owes anything by it.
 */
export async function givePart(
  tx: Tx,
  program: string,
  { id, unit, reason, asked_by: by }: BulkAdjustment,
  part: number,
  now: Millis,
  shards: number,
): Promise<void> {
  const within = [program, id, part * PART, (part + 1) * PART];
  const lines = await tx.prepared<{ n: number; member: string; points: string }>('bulk_ready', READY, within);
  if (lines.length === 0) return;
  const refs = lines.map(({ member }) => ({ program, member }));
  lockMembers(tx, refs);
  const active = await tx.prepared<{ id: string }>('bulk_active', ACTIVE, [program, refs.map(({ member }) => member)]);
  const reached = new Set(active.map((one) => one.id));
  const has = new Map(
    (await readBalancesAt(tx, refs, now)).flatMap((one) => (one.unit === unit ? [[one.member, one.available]] : [])),
  );
  const given = lines.map((line) => {
    const [wanted, there] = [BigInt(line.points), has.get(line.member) ?? 0n];
    const points = wanted < 0n && -wanted > there ? -there : wanted;
    return { ...line, given: reached.has(line.member) ? points : 0n };
  });
  const moving = given.filter((line) => line.given !== 0n);
  await tx.prepared('bulk_note', NOTE, [
    ...[program, new Date(now), moving.map(({ member }) => bulkAct(id, member)), moving.map(({ member }) => member)],
    moving.map((line) => JSON.stringify({ unit, amount: Number(line.given), reason, by })),
  ]);
  const points = given.map((line) => `${line.given}`);
  await tx.prepared('bulk_given', GIVEN, [program, id, given.map(({ n }) => n), points]);
  const sum = moving.reduce((so, line) => so + line.given, 0n);
  await tx.prepared('bulk_sum', SUM, [program, id, moving.length, `${sum < 0n ? -sum : sum}`]);
  await settleMembers(
    tx,
    moving.map(({ member }) => ({ program, member })),
    now,
    shards,
  );
}

/** Whoever remains of merged members; who was erased has nothing left to take back. */
const STANDING = `
  select l.n, l.member_id as named, l.given, s.id as member, s.status = 'redacted' as erased
  from bulk_adjustment_member l
  join member m on m.program_id = l.program_id and m.id = l.member_id
  join member s on s.program_id = m.program_id and s.id = coalesce(m.merged_into, m.id)
  where l.program_id = $1 and l.bulk_id = $2 and l.state = 'given' order by l.n limit ${PART} for update of l`;
const UNDONE = `
  update bulk_adjustment_member b set state = x.state
  from unnest($3::int[], $4::text[]) x(n, state) where b.program_id = $1 and b.bulk_id = $2 and b.n = x.n`;
const BACK = 'update bulk_adjustment set undone_members = undone_members + $3 where program_id = $1 and id = $2';

/**
 * Undoes what some members got by its counterpart, which has the name that undoing one of them alone has: what was undone already
 * stays undone once. Gives how many it went through: none = it is done.
 */
export async function undoPart(
  tx: Tx,
  program: string,
  { id, unit, undo_reason: reason, undone_by: by }: BulkAdjustment,
  now: Millis,
  shards: number,
): Promise<number> {
  const lines = await tx.prepared<{ n: number; named: string; given: string; member: string; erased: boolean }>(
    'bulk_standing',
    STANDING,
    [program, id],
  );
  if (lines.length === 0) return 0;
  const back = lines.filter(({ erased }) => !erased);
  lockMembers(
    tx,
    back.map(({ member }) => ({ program, member })),
  );
  await tx.prepared('bulk_note', NOTE, [
    ...[program, new Date(now), back.map(({ named }) => undoOf(bulkAct(id, named))), back.map(({ member }) => member)],
    back.map(({ given }) => JSON.stringify({ unit, amount: -Number(given), reason, by })),
  ]);
  const states = lines.map(({ erased }) => (erased ? 'kept' : 'undone'));
  await tx.prepared('bulk_undone', UNDONE, [program, id, lines.map(({ n }) => n), states]);
  await tx.prepared('bulk_back', BACK, [program, id, back.length]);
  await settleMembers(
    tx,
    back.map(({ member }) => ({ program, member })),
    now,
    shards,
  );
  return lines.length;
}
