import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty } from '../loyalty/context.js';
import type { CsvRow } from './read-csv.js';
import type { Mapping } from './mapping.js';
import { type ImportRow, type RowProblem, readRow } from './read-row.js';

export interface Problem {
  line: number;
  reason: RowProblem;
  of: number | null;
}

const KEEP = `
  insert into import_line (program_id, import_id, line, mailbox, origin, unit, points, ends, level)
  select $1, $2, line, mailbox, $8, $9, points, ends, level
  from unnest($3::int[], $4::text[], $5::bigint[], $6::text[], $7::text[]) x(line, mailbox, points, ends, level)
  on conflict do nothing`;

/** Who has the address already, if anybody: the one that a customer who signs in with it would be. */
const KNOW = `
  update import_line l set member_id = m.id from (
    select distinct on (mailbox) mailbox, id from member
    where program_id = $1 and mailbox = any($3::text[]) and status = 'active' order by mailbox, joined_at, id
  ) m where l.program_id = $1 and l.import_id = $2 and l.mailbox = m.mailbox`;

/** Rows whose address stood in an earlier one. */
const TWICE = `
  select x.line, l.line as of from unnest($3::int[], $4::text[]) x(line, mailbox)
  join import_line l on l.program_id = $1 and l.import_id = $2 and l.mailbox = x.mailbox and l.line <> x.line`;

/** Rows of members who have an opening balance of that origin already. */
const BEFORE = `
  delete from import_line l where l.program_id = $1 and l.import_id = $2 and l.line = any($3::int[]) and exists (
    select from import_line o where o.program_id = $1 and o.member_id = l.member_id and o.origin = l.origin and o.unit = l.unit
      and o.state in ('given', 'kept'))
  returning l.line`;

const TELL = `
  insert into import_problem (program_id, import_id, line, reason, of_line)
  select $1, $2, line, reason, of from unnest($3::int[], $4::text[], $5::int[]) x(line, reason, of) on conflict do nothing`;

/** Reads one part's rows and writes down which are usable, whose they are, and what is wrong with the others. Again changes nothing. */
export async function checkPart(
  tx: Tx,
  of: { program: string; id: string; mapping: Mapping; today: string; width: number },
  rows: readonly CsvRow[],
  loyalty: Pick<Loyalty, 'tokens'>,
): Promise<void> {
  const { program, id, mapping } = of;
  const key = [program, id];
  const { usable, problems } = readAll(rows, of, loyalty);
  const lines = usable.map(({ line }) => line);
  const mailboxes = usable.map(({ mailbox }) => mailbox);
  await tx.prepared('import_keep_lines', KEEP, [
    ...[...key, lines, mailboxes, usable.map((row) => row.points)],
    ...[usable.map((row) => row.ends), usable.map((row) => row.level), mapping.origin, mapping.unit],
  ]);
  await tx.prepared('import_know', KNOW, [...key, mailboxes]);
  const twice = await tx.prepared<{ line: number; of: number }>('import_twice', TWICE, [...key, lines, mailboxes]);
  // of two rows each is the other's double: the later one is the one too many
  problems.push(...twice.filter((one) => one.of < one.line).map((one) => ({ ...one, reason: 'twice' as const })));
  const before = await tx.prepared<{ line: number }>('import_before', BEFORE, [...key, lines]);
  problems.push(...before.map(({ line }) => ({ line, reason: 'before' as const, of: null })));
  await tx.prepared('import_tell', TELL, [
    ...key,
    problems.map(({ line }) => line),
    problems.map(({ reason }) => reason),
    problems.map((one) => one.of),
  ]);
}

interface Usable extends ImportRow {
  line: number;
  mailbox: string;
}

function readAll(
  rows: readonly CsvRow[],
  { program, mapping, today, width }: { program: string; mapping: Mapping; today: string; width: number },
  loyalty: Pick<Loyalty, 'tokens'>,
): { usable: Usable[]; problems: Problem[] } {
  const tokens = loyalty.tokens(program);
  const usable: Usable[] = [];
  const problems: Problem[] = [];
  for (const { line, cells } of rows) {
    const isWide = cells.slice(width).some((cell) => cell.trim() !== '');
    const row = isWide ? { problem: 'too-wide' as const } : readRow(cells, mapping, today);
    if ('problem' in row) problems.push({ line, reason: row.problem, of: null });
    else usable.push({ ...row, line, mailbox: tokens.mailbox(row.email) ?? '' });
  }
  return { usable, problems };
}

const PROBLEMS = `
  select line, reason, of_line as of from import_problem where program_id = $1 and import_id = $2 and line > $3 order by line limit $4`;

/** Rows that cannot be used, in their order, after a row. */
export const readProblems = (tx: Tx, program: string, id: string, after: number, limit: number): Promise<Problem[]> =>
  tx.prepared<Problem>('import_problems', PROBLEMS, [program, id, after, limit]);

/** The shop's own day, as 2027-12-31. */
export const dayIn = (zone: string, now: Millis): string =>
  new Intl.DateTimeFormat('en-CA', { timeZone: zone, year: 'numeric', month: '2-digit', day: '2-digit' }).format(now);
