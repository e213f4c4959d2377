import type { Tx } from '../db/database.js';
import type { Parity } from './report.js';

/** By row: what should stand (nothing, when it was taken back) and what the ledger issued for it, corrections netted. */
const ROWS = `
  with row as (
    select l.line, l.state, l.member_id, case when l.state = 'undone' then 0 else l.points end as file, (
      select coalesce(sum(case when t.from_account = 'issued' then t.points when t.to_account = 'issued' then -t.points else 0 end), 0)
      from transfer t where t.program_id = l.program_id and t.member_id = l.member_id
        and t.cause = 'adjust:import/' || l.import_id || '/' || l.line) as posted
    from import_line l where l.program_id = $1 and l.import_id = $2
  )`;
const SUMS = `${ROWS}
  select (count(*) filter (where state in ('given', 'kept')))::int as members, coalesce(sum(file), 0)::text as file,
    coalesce(sum(posted), 0)::text as posted, (count(*) filter (where state in ('given', 'kept') and exists (
      select from member m where m.program_id = $1 and m.id = row.member_id and m.brought_by = $2)))::int as made,
    (count(*) filter (where file <> posted))::int as different from row`;
const DIFFERENT = `${ROWS}
  select line, file::text, posted::text, state from row where file <> posted order by line limit 100`;

const WHY: Record<string, string> = { ready: 'stopped', passed: 'before' };

/** Compares what the file said with what the ledger posted, row by row. */
export async function compareImport(tx: Tx, program: string, id: string): Promise<Parity> {
  const [sums] = await tx.prepared<Omit<Parity, 'differences' | 'agrees'> & { different: number }>(
    'import_parity',
    SUMS,
    [program, id],
  );
  if (!sums) throw new Error('an aggregate without a row');
  const { different, ...rest } = sums;
  const rows = await tx.prepared<{ line: number; file: string; posted: string; state: string }>(
    'import_different',
    DIFFERENT,
    [program, id],
  );
  return {
    ...rest,
    agrees: different === 0,
    differences: rows.map(({ state, ...row }) => ({ ...row, why: WHY[state] ?? 'otherwise' })),
  };
}
