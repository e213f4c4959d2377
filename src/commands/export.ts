import { inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';

/** Everything of a program but secrets, raw bodies and sealed persons; in an order in which it could be put back. */
const TABLES = [
  ['program', 'id'],
  ['rule_set', 'version'],
  ['store', 'id'],
  ['member', 'id'],
  ['customer_link', 'store_id, customer'],
  ['consent', 'id'],
  ['order_state', 'store_id, order_id'],
  ['activity', 'kind, key'],
  ['decision', 'activity'],
  ['redemption', 'id'],
  ['transfer', 'id'],
  ['account', 'id'],
  ['lot', 'member_id, unit, of'],
  ['lot_use', 'member_id, unit, spending, lot'],
  ['audit_event', 'id'],
] as const;
const PAGE = 1_000;

/** All rows of a program as lines of JSON, `{"table": ..., "row": {...}}`, in one snapshot: `export <program>`. */
export const command: Command = async (invocation) => {
  const [program] = invocation.args;
  if (program === undefined || !/^\d{1,18}$/.test(program))
    throw new AppError('no_such_program', 404, 'Say which program, by its number: export <program>.');
  const db = await openLedger(invocation);
  let rows = 0;
  await inTransaction(db, { programs: [program] }, async (tx) => {
    await tx.prepared('export_snapshot', 'set transaction isolation level repeatable read', []);
    for (const [table, order] of TABLES) {
      const key = table === 'program' ? 'id' : 'program_id';
      const cursor = `export_${table}`;
      await tx.prepared(
        `export_open_${table}`,
        `declare ${cursor} cursor for select to_json(t)::text as row from ${table} t where ${key} = ${program} order by ${order}`,
        [],
      );
      for (let more = true; more;) {
        const page = await tx.prepared<{ row: string }>(`export_${table}`, `fetch ${PAGE} from ${cursor}`, []);
        for (const { row } of page) invocation.say(`{"table":"${table}","row":${row}}`);
        rows += page.length;
        more = page.length === PAGE;
      }
    }
  });
  if (rows === 0) throw new AppError('no_such_program', 404, `There is no program ${program}.`);
  return 'done';
};
