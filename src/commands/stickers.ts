import { type Tx, inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { makeLoyalty } from '../loyalty/make-loyalty.js';
import { printStickers, stickerBooks, voidStickers } from '../loyalty/stickers/print-stickers.js';
import type { Command } from './command.js';
import { openLedger } from './open-ledger.js';

const USAGE = `stickers list <program>, stickers print <program> <batch> <how many> [last instant, as 2027-11-14T22:00:00Z], or
stickers void <program> <batch>.`;

/** Stickers of a program: what became of them; makes codes to print (told once, one a line); voids what is open of a batch. */
export const command: Command = async (invocation) => {
  const { args, say, complain, config } = invocation;
  const [act = '', program = '', id = '', many = '', ends] = args;
  const until = ends === undefined ? null : Date.parse(ends);
  const known = act === 'list' || (id !== '' && (act === 'void' || (act === 'print' && /^[1-9]\d{0,4}$/.test(many))));
  if (!/^\d{1,18}$/.test(program) || !known || Number.isNaN(until))
    throw new AppError('usage', 400, `Say what to do, and with which program, by its number: ${USAGE}`);
  const db = await openLedger(invocation);
  const loyalty = makeLoyalty(config.keys, config.shards);
  const wish = { id, by: 'command', stickers: Number(many), ends: until };
  const lines = await inTransaction(db, { programs: [program] }, async (tx) => {
    if (act === 'list') return booksLines(tx, program);
    if (act === 'void') return [`${await voidStickers(tx, program, wish, Date.now(), loyalty)} were used before`];
    const { codes } = await printStickers(tx, program, wish, Date.now(), loyalty);
    complain(`${codes.length} stickers of batch ${id}: they are not shown again`);
    return codes;
  });
  for (const line of lines) say(line);
  return 'done';
};

async function booksLines(tx: Tx, program: string): Promise<string[]> {
  const books = await stickerBooks(tx, program);
  if (books.length === 0) return ['There are no stickers yet.'];
  return books.map(
    ({ unit, issued, open, held, redeemed, expired }) =>
      `${unit}: ${issued} issued, ${open} open, ${held} held, ${redeemed} redeemed, ${expired} expired`,
  );
}
