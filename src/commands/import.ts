import { createReadStream } from 'node:fs';
import { basename } from 'node:path';
import { type Tx, inTransaction } from '../db/database.js';
import { readProblems } from '../imports/check-part.js';
import { cancelImport, checkImport, readImport, startImport, undoImport } from '../imports/imports.js';
import { mapping, proposeColumns } from '../imports/mapping.js';
import { ENCODINGS } from '../imports/read-csv.js';
import { receiveFile } from '../imports/receive-file.js';
import { SOURCES } from '../imports/sources/index.js';
import { runImport } from '../jobs/run-imports.js';
import { systemClock } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { makeLoyalty } from '../loyalty/make-loyalty.js';
import { type Command, type Invocation } from './command.js';
import { openLedger } from './open-ledger.js';

const UNDER_WAY: ReadonlySet<string> = new Set(['checking', 'importing', 'undoing']);

const USAGE = `import check <program> <file> <origin> [source] [encoding], import start <program> <import>, import undo <program> <import> or
import remove <program> <import>. Sources: ${SOURCES.map(({ id }) => id).join(', ')}; encodings: ${ENCODINGS.join(', ')}.`;

/**
 * Members and balances from a CSV: `check` reads the file, proposes which column is what and says what would happen; `start` does it,
 * `undo` takes it back. Columns that are not recognised are mapped at the desk.
 */
export const command: Command = async (invocation) => {
  const [act = '', program = '', subject = ''] = invocation.args;
  if (!['check', 'start', 'undo', 'remove'].includes(act) || !/^\d{1,18}$/.test(program) || subject === '')
    throw new AppError('usage', 400, `Say what to do, and with which program, by its number: ${USAGE}`);
  const db = await openLedger(invocation);
  const loyalty = makeLoyalty(invocation.config.keys, invocation.config.shards);
  const within = <T>(fn: (tx: Tx) => Promise<T>) => inTransaction(db, { programs: [program] }, fn);
  const now = systemClock.now();
  let id = subject;
  if (act === 'check') {
    id = await checkFile(invocation, program, (wish) =>
      receiveFile(db, program, wish, createReadStream(subject), loyalty).then(async (made) => ({
        id: made,
        columns: (await within((tx) => readImport(tx, program, made))).columns,
        check: (of) => within((tx) => checkImport(tx, program, made, of)),
      })),
    );
  } else if (act === 'start') await within((tx) => startImport(tx, program, id, 'command', now));
  else if (act === 'undo') await within((tx) => undoImport(tx, program, id, 'command', now));
  else {
    await within((tx) => cancelImport(tx, program, id, 'command'));
    invocation.say('removed');
    return 'done';
  }
  let one = await within((tx) => readImport(tx, program, id));
  // a worker may have been faster: then it is waited for
  for (; UNDER_WAY.has(one.state); one = await within((tx) => readImport(tx, program, id))) {
    await runImport({ db, clock: systemClock, loyalty }, { program, id });
    await new Promise((done) => setTimeout(done, 300));
  }
  invocation.say(JSON.stringify({ import: id, state: one.state, report: one.report, parity: one.parity }, null, 2));
  for (const { line, reason } of await within((tx) => readProblems(tx, program, id, 0, 20)))
    invocation.complain(`row ${line}: ${reason}`);
  return one.state === 'failed' || one.parity?.agrees === false ? 'failed' : 'done';
};

interface Received {
  id: string;
  columns: string[];
  check(of: ReturnType<typeof mapping.parse>): Promise<void>;
}

async function checkFile(
  { args, complain }: Invocation,
  program: string,
  receive: (wish: { name: string; encoding: (typeof ENCODINGS)[number]; by: string }) => Promise<Received>,
): Promise<string> {
  const [, , path = '', origin = '', sourceId = 'other', told = 'utf-8'] = args;
  const source = SOURCES.find(({ id }) => id === sourceId);
  const encoding = ENCODINGS.find((one) => one === told);
  if (origin === '' || !source || !encoding) throw new AppError('usage', 400, `For program ${program} say: ${USAGE}`);
  const { id, columns, check } = await receive({ name: basename(path), encoding, by: 'command' });
  const proposal = proposeColumns(columns, source);
  for (const [field, at] of Object.entries(proposal)) complain(`${field}: column "${columns[at]}"`);
  const wish = mapping.safeParse({ columns: proposal, origin, reason: `Brought from ${origin}` });
  if (!wish.success)
    throw new AppError(
      'columns_unknown',
      422,
      `Which column has the addresses and which the points is not certain (${columns.join(', ')}): name them "email" and "points", or map import ${id} at the desk.`,
    );
  await check(wish.data);
  return id;
}
