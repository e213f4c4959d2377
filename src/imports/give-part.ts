import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty, Person } from '../loyalty/context.js';
import { referralCode } from '../loyalty/join.js';
import { settleMembers } from '../loyalty/settle-members.js';
import type { Mapping } from './mapping.js';
import type { CsvRow } from './read-csv.js';
import { readRow } from './read-row.js';

export interface Giving {
  program: string;
  id: string;
  mapping: Mapping;
  /** Of all that the import gives. */
  at: Millis;
  now: Millis;
  by: string;
}

interface Line {
  line: number;
  mailbox: string;
  points: string;
  ends: string | null;
}

const READY = `
  select line, mailbox, points::text, ends from import_line
  where program_id = $1 and import_id = $2 and line = any($3::int[]) and state = 'ready' order by line for update`;
/** One address at a time, whoever asks: two imports never make two members of it. */
const LOCK = 'select pg_advisory_xact_lock(hashtextextended($1, 0))';
const KNOWN = `
  select distinct on (mailbox) mailbox, id from member
  where program_id = $1 and mailbox = any($2::text[]) and status = 'active' order by mailbox, joined_at, id`;
const MAKE = `
  insert into member (program_id, joined_at, referral_code, mailbox, phone, brought_by)
  select $1, $2, code, mailbox, phone, $3 from unnest($4::text[], $5::text[], $6::text[]) x(code, mailbox, phone)
  returning id, mailbox`;
const TAKEN = `
  select member_id as id from import_line
  where program_id = $1 and member_id = any($2::bigint[]) and origin = $3 and unit = $4 and state in ('given', 'kept')`;
const NOTE = `
  insert into activity (program_id, kind, key, member_id, at, facts)
  select $1, 'adjust', key, member_id, $2, facts::jsonb from unnest($3::text[], $4::bigint[], $5::text[]) x(key, member_id, facts)
  on conflict (program_id, kind, key) do nothing`;
const GIVEN = `
  update import_line l set state = x.state, member_id = x.member_id
  from unnest($3::int[], $4::bigint[], $5::text[]) x(line, member_id, state)
  where l.program_id = $1 and l.import_id = $2 and l.line = x.line`;

/** Names the act of giving: the same row again changes nothing. */
export const adjustmentOf = (id: string, line: number): string => `import/${id}/${line}`;

/**
 * Brings the usable rows of one part: who is nobody yet becomes a member, each balance is an opening adjustment with its reason, and
 * the members are settled like after anything else. All of it in the caller's transaction.
 */
export async function givePart(tx: Tx, of: Giving, rows: readonly CsvRow[], loyalty: Loyalty): Promise<void> {
  const { program, id, mapping, at, now } = of;
  await tx.prepared('import_lock', LOCK, [`import/${program}`]);
  const lines = await tx.prepared<Line>('import_ready', READY, [program, id, rows.map(({ line }) => line)]);
  if (lines.length === 0) return;
  const memberOf = await membersOf(tx, of, lines, rows, loyalty);
  const taken = await tx.prepared<{ id: string }>('import_taken', TAKEN, [
    ...[program, [...memberOf.values()], mapping.origin, mapping.unit],
  ]);
  const passed = new Set(taken.map((one) => one.id));
  const brought = lines.map((line) => {
    const member = memberOf.get(line.mailbox) ?? '';
    return { ...line, member, state: passed.has(member) ? 'passed' : 'given' };
  });
  const giving = brought.filter(({ state, points }) => state === 'given' && points !== '0');
  await tx.prepared('import_note', NOTE, [
    ...[program, new Date(at), giving.map(({ line }) => adjustmentOf(id, line)), giving.map(({ member }) => member)],
    giving.map((line) => factsOf(of, line)),
  ]);
  await tx.prepared('import_given', GIVEN, [
    ...[program, id, brought.map(({ line }) => line), brought.map(({ member }) => member)],
    brought.map(({ state }) => state),
  ]);
  const refs = brought.map(({ member }) => ({ program, member }));
  await settleMembers(tx, refs, now, loyalty.shards);
}

function factsOf({ mapping, by }: Giving, { points, ends }: Line): string {
  const { unit, reason } = mapping;
  return JSON.stringify({ unit, amount: Number(points), reason, by, ...(ends !== null && { ends }) });
}

/** By mailbox, members that are there and those that are made now. */
async function membersOf(
  tx: Tx,
  { program, id, mapping, at }: Giving,
  lines: readonly Line[],
  rows: readonly CsvRow[],
  loyalty: Loyalty,
): Promise<Map<string, string>> {
  const mailboxes = lines.map(({ mailbox }) => mailbox);
  const known = await tx.prepared<{ id: string; mailbox: string }>('import_known', KNOWN, [program, mailboxes]);
  const memberOf = new Map(known.map((one) => [one.mailbox, one.id]));
  const cellsOf = new Map(rows.map(({ line, cells }) => [line, cells]));
  const fresh = lines.filter(({ mailbox }) => !memberOf.has(mailbox));
  if (fresh.length === 0) return memberOf;
  const people = fresh.map(({ line }) => personIn(cellsOf.get(line) ?? [], mapping));
  const tokens = loyalty.tokens(program);
  const made = await tx.prepared<{ id: string; mailbox: string }>('import_make', MAKE, [
    ...[program, new Date(at), id, fresh.map(() => referralCode()), fresh.map(({ mailbox }) => mailbox)],
    people.map(({ phone }) => tokens.phone(phone)),
  ]);
  const personOf = new Map(fresh.map(({ mailbox }, i) => [mailbox, people[i]]));
  const kept = new Map<string, Person>();
  for (const one of made) {
    memberOf.set(one.mailbox, one.id);
    const person = personOf.get(one.mailbox);
    if (person) kept.set(one.id, person);
  }
  await loyalty.keepNewPeople(tx, program, kept);
  return memberOf;
}

function personIn(cells: readonly string[], mapping: Mapping): Person {
  // the day was judged by the dry run
  const row = readRow(cells, { ...mapping, columns: { ...mapping.columns, ends: undefined } }, '');
  return 'problem' in row
    ? { email: null, phone: null, name: null }
    : { email: row.email, phone: row.phone, name: row.name };
}
