import { AppError } from '../lib/errors.js';
import type { Tx } from '../db/database.js';
import { numbers, texts } from '../db/columns.js';
import { GAIN } from './gain-sql.js';
import { gainColumns, onlyGains } from './gains.js';
import type { Gains } from './gains.js';
import { POST } from './post-sql.js';
import { ownerOf } from './postings.js';
import type { Batch, BooksMark, LotState, LotUse, Posting } from './postings.js';

/** How many postings moved points, and how many had been made before and moved nothing. */
export interface Posted {
  posted: number;
  repeated: number;
}

/**
 * The one door through which points move: one set-based statement for the whole batch. It inserts the transfers by
 * their unique key, two entries each with the running balance, moves every balance once (the program's hot ones too) and
 * sets the lots. A posting whose key is known moves nothing; when all of a member's unit are known, its lots stay too.
 * A batch of nothing but gains is posted by a shorter statement that expects them to be new, and by the other one when
 * they were not.
 *
 * Call `lockMembers` for everybody concerned before reading what the batch rests on, and post once in a transaction.
 * @throws AppError `not_enough_points` (409) when a balance would be overdrawn, `points_out_of_range` (422)
 * @throws Error when lots and moves disagree (a defect of the caller: nothing is kept)
 */
export async function post(tx: Tx, batch: Batch): Promise<Posted> {
  const gains = onlyGains(batch);
  if (gains && (await postGains(tx, gains))) return { posted: batch.postings.length, repeated: 0 };
  const { postings, lots = [], uses = [], books = [] } = batch;
  const values = [...postingColumns(postings), ...lotColumns(lots), ...useColumns(uses), ...bookColumns(books)];
  try {
    const [row] = await tx.prepared<{ posted: number }>('ledger_post', POST, values);
    const posted = row?.posted ?? 0;
    return { posted, repeated: postings.length - posted };
  } catch (error) {
    throw explained(error);
  }
}

/** Posts without looking for what may be there already. False, and nothing has happened, when something was. */
async function postGains(tx: Tx, gains: Gains): Promise<boolean> {
  await tx.prepared('ledger_savepoint', 'savepoint before_gains', []);
  try {
    await tx.prepared('ledger_gain', GAIN, gainColumns(gains));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw explained(error);
    await tx.prepared('ledger_rollback', 'rollback to savepoint before_gains', []);
    return false;
  }
}

const UNIQUE_VIOLATION = '23505';

const postingColumns = (postings: readonly Posting[]): string[] => [
  numbers(postings.map((p) => p.program)),
  numbers(postings.map((p) => p.member)),
  texts(postings.map((p) => p.unit)),
  texts(postings.map((p) => p.cause)),
  texts(postings.map((p) => p.kind)),
  numbers(postings.map((p) => ownerOf(p.from, p.fromMember ?? p.member))),
  texts(postings.map((p) => p.from)),
  numbers(postings.map((p) => ownerOf(p.to, p.toMember ?? p.member))),
  texts(postings.map((p) => p.to)),
  texts(postings.map((p) => p.lot)),
  numbers(postings.map((p) => p.points)),
  numbers(postings.map((p) => p.seq)),
  numbers(postings.map((p) => p.at)),
];

const lotColumns = (lots: readonly LotState[]): string[] => [
  numbers(lots.map((lot) => lot.program)),
  numbers(lots.map((lot) => lot.member)),
  texts(lots.map((lot) => lot.unit)),
  texts(lots.map((lot) => lot.of)),
  numbers(lots.map((lot) => lot.given)),
  numbers(lots.map((lot) => lot.left)),
  numbers(lots.map((lot) => lot.lapsed)),
  numbers(lots.map((lot) => lot.drawn)),
  numbers(lots.map((lot) => lot.matured)),
  numbers(lots.map((lot) => lot.earned)),
  numbers(lots.map((lot) => lot.usable)),
  numbers(lots.map((lot) => lot.ends ?? Infinity)),
];

const useColumns = (uses: readonly LotUse[]): string[] => [
  numbers(uses.map((use) => use.program)),
  numbers(uses.map((use) => use.member)),
  texts(uses.map((use) => use.unit)),
  texts(uses.map((use) => use.spending)),
  texts(uses.map((use) => use.lot)),
  numbers(uses.map((use) => use.points)),
];

const bookColumns = (books: readonly BooksMark[]): string[] => [
  numbers(books.map((mark) => mark.program)),
  numbers(books.map((mark) => mark.member)),
  texts(books.map((mark) => mark.unit)),
  numbers(books.map((mark) => mark.disturbed)),
  numbers(books.map((mark) => mark.due)),
];

/** What the database refused, in our words. */
export function explained(error: unknown): unknown {
  const { code, constraint } = error as { code?: string; constraint?: string };
  if (code === '23514' && constraint === 'never_overdrawn') {
    return new AppError('not_enough_points', 409, 'There are not enough points on the account for this.');
  }
  if (code === '22003') {
    return new AppError('points_out_of_range', 422, 'These are more points than an account can hold.');
  }
  return error;
}
