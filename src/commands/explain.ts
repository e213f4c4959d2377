import { type Database, type Tx, inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import type { StoredExplanation } from '../loyalty/decisions.js';
import { type HistoryRow, readHistory } from '../loyalty/read-history.js';
import { readNothingEarned } from '../loyalty/read-nothing-earned.js';
import { ruleVersions } from '../loyalty/rule-sets.js';
import type { RuleVersion } from '../rules/known.js';
import type { Command } from './command.js';
import { type Explained, decisionText, householdText, lineText } from './explain-text.js';
import { openLedger } from './open-ledger.js';
import { allPrograms } from './replay.js';

const USAGE = 'explain member <public id>, explain order <store>/<order>, or explain line <id of a line>.';
const PAGE = 200;

/** Says in plain text where points come from: all lines of a member, one order, or one line of a history. */
export const command: Command = async (invocation) => {
  const { args, say } = invocation;
  const [what, id] = args;
  const explain = what === undefined ? undefined : EXPLAIN[what];
  if (!explain || id === undefined) throw new AppError('usage', 400, `Say what to explain: ${USAGE}`);
  const db = await openLedger(invocation);
  const lines = await explain(db, id, await allPrograms(db));
  if (lines === null) throw new AppError('nothing_there', 404, `There is no ${what} ${id}. ${USAGE}`);
  for (const line of lines) say(line);
  return 'done';
};

type Explain = (db: Database, id: string, programs: readonly string[]) => Promise<string[] | null>;
const EXPLAIN: Record<string, Explain> = { member: explainMember, order: explainOrder, line: explainLine };

interface Member {
  program_id: string;
  id: string;
  public_id: string;
}

const MEMBER = 'select program_id, coalesce(merged_into, id) as id, public_id from member where public_id = $1';

async function explainMember(db: Database, id: string, programs: readonly string[]): Promise<string[] | null> {
  if (!/^[0-9a-f-]{36}$/i.test(id)) return null;
  return inTransaction(db, { programs }, async (tx) => {
    const [member] = await tx.prepared<Member>('explain_member', MEMBER, [id]);
    if (!member) return null;
    const versions = await versionsOf(tx, member.program_id);
    const rows: HistoryRow[] = [];
    for (let after: string | null = null; ;) {
      const page = await readHistory(tx, member.program_id, member.id, { after, limit: PAGE });
      rows.push(...page);
      after = page.at(-1)?.id ?? null;
      if (page.length < PAGE) break;
    }
    const beside = await readNothingEarned(tx, member.program_id, member.id, { after: null, last: null, limit: PAGE });
    const sums = new Map<string, string>();
    for (const row of rows) if (!sums.has(row.unit)) sums.set(row.unit, row.balance_after);
    const has = [...sums].map(([unit, points]) => `${points} ${unit}`).join(', ');
    return [
      `member ${member.public_id} of program ${member.program_id} has ${has || 'nothing'}`,
      ...rows.reverse().flatMap((row) => ['', ...lineText(row, versions)]),
      ...beside.reverse().flatMap((one) => (one.other === null ? [] : ['', ...householdText(one, versions)])),
    ];
  });
}

const ORDER = `
  select o.program_id, o.store_id, o.order_id, o.version, o.placed_at, o.removed, o.snapshot, m.public_id,
    h.public_id as head, d.reason, d.gives, d.rule_version, d.explanation
  from order_state o
  left join member m on m.program_id = o.program_id and m.id = o.member_id
  left join decision d on d.program_id = o.program_id and d.activity = 'order:' || o.store_id || '/' || o.order_id
  left join member h on h.program_id = o.program_id and h.id = (d.explanation ->> 'household')::bigint
  where o.store_id = $1 and o.order_id = $2`;

interface OrderRow {
  program_id: string;
  store_id: string;
  order_id: string;
  version: Date;
  placed_at: Date;
  removed: boolean;
  snapshot: {
    name?: string | null;
    money: { code: string; exponent: number };
    lines: { id: string; title?: string; product: string | null; net: number }[];
  };
  public_id: string | null;
  /** The head of the household for which it was. */
  head: string | null;
  reason: string | null;
  gives: Record<string, string>;
  rule_version: number;
  explanation: StoredExplanation;
}

async function explainOrder(db: Database, id: string, programs: readonly string[]): Promise<string[] | null> {
  const [, store, order] = /^(\d{1,18})\/(.+)$/.exec(id) ?? [];
  if (store === undefined) return null;
  return inTransaction(db, { programs }, async (tx) => {
    const [row] = await tx.prepared<OrderRow>('explain_order', ORDER, [store, order]);
    if (!row) return null;
    const { code, exponent } = row.snapshot.money;
    return [
      `order ${id}${row.snapshot.name ? ` (${row.snapshot.name})` : ''} of program ${row.program_id}, placed ${row.placed_at.toISOString()}, as of ${row.version.toISOString()}${row.removed ? ', removed since' : ''}`,
      row.public_id === null
        ? 'nobody’s: its customer is no member'
        : `of member ${row.public_id}${forHousehold(row.head)}`,
      ...row.snapshot.lines.map(
        (line) =>
          `  line ${line.id}: ${line.title === undefined ? '' : `${line.title}, `}product ${line.product ?? 'none'}, net ${line.net} (${code}, ${exponent} decimals)`,
      ),
      ...(row.reason === null
        ? ['NO DECISION: run verify']
        : decisionText(decided(row, row.reason), await versionsOf(tx, row.program_id))),
    ];
  });
}

const forHousehold = (head: string | null) => (head === null ? '' : `, for the household of member ${head}`);

const decided = ({ gives, rule_version, explanation }: OrderRow, reason: string): Explained => ({
  reason,
  gives,
  version: rule_version,
  explanation,
});

async function explainLine(db: Database, id: string, programs: readonly string[]): Promise<string[] | null> {
  if (!/^\d{1,18}$/.test(id)) return null;
  return inTransaction(db, { programs }, async (tx) => {
    const [owner] = await tx.prepared<{ program_id: string; id: string }>(
      'explain_line',
      `select t.program_id, coalesce(m.merged_into, m.id) as id from transfer t
       join member m on m.program_id = t.program_id and m.id = t.member_id where t.id = $1`,
      [id],
    );
    if (!owner) return null;
    const after = (BigInt(id) + 1n).toString();
    const [row] = await readHistory(tx, owner.program_id, owner.id, { after, limit: 1 });
    return row?.id === id ? lineText(row, await versionsOf(tx, owner.program_id)) : null;
  });
}

async function versionsOf(tx: Tx, program: string): Promise<RuleVersion[]> {
  return (await ruleVersions(tx, [program])).get(program) ?? [];
}
