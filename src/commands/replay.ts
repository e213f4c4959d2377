import { compareDeliveries } from '../../webhooks/compare-deliveries.js';
import { type Database, inTransaction } from '../db/database.js';
import type { Posting } from '../ledger/postings.js';
import { makeLoyalty } from '../loyalty/make-loyalty.js';
import { replayProgram } from '../loyalty/replay-program.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';

/**
 * Rebuilds from what arrived and compares (T4): every delivery whose body is still kept is read again and its order compared
 * with the one that we hold; then every member's books are replayed and compared with the ledger. Changes nothing.
 */
export const command: Command = async (invocation) => {
  const { config, say, complain } = invocation;
  const db = await openLedger(invocation);
  const loyalty = makeLoyalty(config.keys, config.shards);
  let different = 0;
  for (const program of await allPrograms(db)) {
    const told = (what: string) => (done: number, total?: number) =>
      complain(`program ${program}: ${done}${total === undefined ? '' : ` of ${total}`} ${what}`);
    const deliveries = await compareDeliveries(
      db,
      program,
      { keys: config.keys, loyalty },
      told('deliveries read again'),
    );
    for (const { store, order, why } of deliveries.differences) say(`DIFFERENT order ${store}/${order}: ${why}`);
    const books = await replayProgram(db, program, Date.now(), told('members replayed'));
    for (const posting of books.differences) say(`DIFFERENT member ${posting.member}: ${sentenceOf(posting)}`);
    say(`program ${program}: ${deliveries.read} deliveries of ${deliveries.orders} orders, ${books.members} members`);
    different += deliveries.differences.length + books.differences.length;
  }
  say(different === 0 ? 'live and replayed agree' : `${different} differences`);
  return different === 0 ? 'done' : 'failed';
};

function sentenceOf({ points, unit, from, to, cause, kind, lot }: Posting): string {
  return `the replay would move ${points} ${unit} from ${from} to ${to} (${kind} of ${cause}${lot === '' ? '' : `, lot ${lot}`})`;
}

/** All programs there are. */
export async function allPrograms(db: Database): Promise<string[]> {
  const rows = await inTransaction(db, 'intake', (tx) =>
    tx.prepared<{ id: string }>('commands_programs', 'select id from program order by id', []),
  );
  return rows.map((row) => row.id);
}
