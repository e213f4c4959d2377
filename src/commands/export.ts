import { parseArgs } from 'node:util';
import { inTransaction } from '../db/database.js';
import { open, rename, rm } from 'node:fs/promises';
import { writeExport } from '../exports/write-export.js';
import { systemClock } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { makeLoyalty } from '../loyalty/make-loyalty.js';
import type { Command, Invocation } from './command.js';
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
  ['survey_answer', 'survey, member_id'],
  ['shown_name', 'member_id'],
  ['leaderboard_end', 'board, period'],
  ['sticker_batch', 'key'],
  ['sticker', 'batch, n'],
  ['decision', 'activity'],
  ['redemption', 'id'],
  ['reward_stock', 'reward'],
  ['cause_payout', 'id'],
  ['transfer', 'id'],
  ['account', 'id'],
  ['lot', 'member_id, unit, of'],
  ['lot_use', 'member_id, unit, spending, lot'],
  ['audit_event', 'id'],
] as const;
const PAGE = 1_000;

/**
 * All rows of a program as lines of JSON, `{"table": ..., "row": {...}}`, as of one instant: `export <program>`. With `--everything <file>`
 * the ZIP archive that the desk gives, without names unless `--people` is said too.
 */
export const command: Command = async (invocation) => {
  const { values, positionals } = parseArgs({
    args: [...invocation.args],
    allowPositionals: true,
    options: { everything: { type: 'string' }, people: { type: 'boolean', default: false } },
  });
  const [program] = positionals;
  if (program === undefined || !/^\d{1,18}$/.test(program))
    throw new AppError(
      'no_such_program',
      404,
      'Say which program, by its number: export <program> [--everything <file> [--people]].',
    );
  if (values.everything !== undefined)
    return everything(invocation, { program, people: values.people, file: values.everything });
  const db = await openLedger(invocation);
  let rows = 0;
  // one statement sees one instant
  const all = TABLES.map(([table, order]) => {
    const key = table === 'program' ? 'id' : 'program_id';
    return `(select '${table}' as of, to_json(t)::text as row from ${table} t where ${key} = ${program} order by ${order})`;
  });
  await inTransaction(db, { programs: [program] }, async (tx) => {
    await tx.prepared('export_open', `declare export no scroll cursor for ${all.join(' union all ')}`, []);
    for (let more = true; more;) {
      const page = await tx.prepared<{ of: string; row: string }>('export_fetch', `fetch ${PAGE} from export`, []);
      for (const { of, row } of page) invocation.say(`{"table":"${of}","row":${row}}`);
      rows += page.length;
      more = page.length === PAGE;
    }
  });
  if (rows === 0) throw new AppError('no_such_program', 404, `There is no program ${program}.`);
  return 'done';
};

/** Written beside its place and put there when it is whole. */
async function everything(
  invocation: Invocation,
  { program, people, file }: { program: string; people: boolean; file: string },
) {
  const db = await openLedger(invocation);
  const loyalty = makeLoyalty(invocation.config.keys, invocation.config.shards);
  const unfinished = `${file}.unfinished`;
  const out = await open(unfinished, 'w', 0o600);
  try {
    const made = await inTransaction(db, { programs: [program] }, async (tx) => {
      const pieces = writeExport(tx, { program, people, now: systemClock.now() }, loyalty);
      for (let next = await pieces.next(); ; next = await pieces.next()) {
        if (next.done) return next.value;
        await out.write(next.value);
      }
    });
    await out.sync();
    await out.close();
    await rename(unfinished, file);
    invocation.say(JSON.stringify(made, null, 2));
    return 'done' as const;
  } catch (error) {
    await out.close();
    await rm(unfinished, { force: true });
    throw error;
  }
}
