import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty } from '../loyalty/context.js';
import { forgetPeople } from '../loyalty/redact.js';
import { settleMembers } from '../loyalty/settle-members.js';

/** Rows that stand, whose members are locked, and whether something of them was spent meanwhile. */
const STANDING = `
  select l.line, l.member_id as member, coalesce(lot.drawn, 0) > 0 as spent from import_line l
  left join lot on lot.program_id = l.program_id and lot.member_id = l.member_id and lot.unit = l.unit
    and lot.of = 'adjust:import/' || l.import_id || '/' || l.line
  where l.program_id = $1 and l.import_id = $2 and l.state = 'given' order by l.line limit $3`;
const LOCK = `
  select from member where program_id = $1 and id in (
    select coalesce(m.merged_into, m.id) from import_line l join member m on m.program_id = l.program_id and m.id = l.member_id
    where l.program_id = $1 and l.import_id = $2 and l.state = 'given' and l.line <= (
      select max(line) from (select line from import_line where program_id = $1 and import_id = $2 and state = 'given'
        order by line limit $3) page))
  order by id for no key update`;
const UNDO = `
  update activity set facts = facts || jsonb_build_object('undone', $4::bigint)
  where program_id = $1 and kind = 'adjust' and key = any(select 'import/' || $2::text || '/' || line from unnest($3::int[]) x(line))`;
const UNDONE = `
  update import_line set state = case when line = any($4::int[]) then 'undone' else 'kept' end
  where program_id = $1 and import_id = $2 and line = any($3::int[])`;
/** Members that this import made and who have done nothing since: nobody would know them. */
const STRANGERS = `
  select m.id from member m where m.program_id = $1 and m.id = any($3::bigint[]) and m.brought_by = $2 and m.status = 'active'
    and m.merged_into is null
    and not exists (select from customer_link c where c.program_id = $1 and c.member_id = m.id)
    and not exists (select from member o where o.program_id = $1 and o.merged_into = m.id)
    and not exists (select from activity a where a.program_id = $1 and a.member_id = m.id
      and not (a.kind = 'adjust' and a.facts ? 'undone'))`;

/**
 * Takes back what some rows gave, at the instant of the undoing, and lets go of the people whom the import alone knew. What was spent
 * meanwhile stays. Gives how many rows it went through: none = it is done.
 */
export async function undoPart(
  tx: Tx,
  of: { program: string; id: string; at: Millis; now: Millis },
  limit: number,
  loyalty: Loyalty,
): Promise<number> {
  const { program, id, at, now } = of;
  await tx.prepared('import_undo_lock', LOCK, [program, id, limit]);
  const rows = await tx.prepared<{ line: number; member: string; spent: boolean }>('import_standing', STANDING, [
    ...[program, id, limit],
  ]);
  if (rows.length === 0) return 0;
  const back = rows.filter(({ spent }) => !spent);
  const lines = back.map(({ line }) => line);
  await tx.prepared('import_take_back', UNDO, [program, id, lines, at]);
  await tx.prepared('import_taken_back', UNDONE, [program, id, rows.map(({ line }) => line), lines]);
  const members = back.map(({ member }) => member);
  await settleMembers(
    tx,
    members.map((member) => ({ program, member })),
    now,
    loyalty.shards,
  );
  const strangers = await tx.prepared<{ id: string }>('import_strangers', STRANGERS, [program, id, members]);
  forgetPeople(
    tx,
    program,
    strangers.map((stranger) => stranger.id),
  );
  return rows.length;
}
