import { parseArgs } from 'node:util';
import { inTransaction } from '../db/database.js';
import { open, rename, rm } from 'node:fs/promises';
import { RAW_ROWS } from '../exports/raw-rows.js';
import { writeExport } from '../exports/write-export.js';
import { systemClock } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { makeLoyalty } from '../loyalty/make-loyalty.js';
import type { Command, Invocation } from './command.js';
import { openLedger } from './open-ledger.js';

const PAGE = 1_000;

/**
 * All rows of a program but secrets, raw bodies and sealed persons, as lines of JSON, `{"table": ..., "row": {...}}`, as of one instant: `export <program>`. With `--everything <file>`
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
  await inTransaction(db, { programs: [program] }, async (tx) => {
    await tx.prepared('export_open', `declare export no scroll cursor for ${RAW_ROWS}`, [program]);
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
