import { AppError } from '../lib/errors.js';
import type { Tx } from '../db/database.js';
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
 * Call `lockMembers` for everybody concerned before reading what the batch rests on. Locks are in one order within a call:
 * a transaction that posts again may meet another crosswise, and the one that Postgres ends is run again.
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
  tx.send('ledger_savepoint', 'savepoint before_gains', []);
  try {
    await tx.prepared('ledger_gain', GAIN, gainColumns(gains));
    return true;
  } catch (error) {
    if ((error as { code?: string }).code !== UNIQUE_VIOLATION) throw explained(error);
    tx.send('ledger_rollback', 'rollback to savepoint before_gains', []);
    return false;
  }
}

const UNIQUE_VIOLATION = '23505';

const postingColumns = (postings: readonly Posting[]): unknown[] => [
  postings.map((p) => p.program),
  postings.map((p) => p.member),
  postings.map((p) => p.unit),
  postings.map((p) => p.cause),
  postings.map((p) => p.kind),
  postings.map((p) => ownerOf(p.from, p.fromMember ?? p.member)),
  postings.map((p) => p.from),
  postings.map((p) => ownerOf(p.to, p.toMember ?? p.member)),
  postings.map((p) => p.to),
  postings.map((p) => p.lot),
  postings.map((p) => p.points),
  postings.map((p) => p.seq),
  postings.map((p) => p.at),
];

const lotColumns = (lots: readonly LotState[]): unknown[] => [
  lots.map((lot) => lot.program),
  lots.map((lot) => lot.member),
  lots.map((lot) => lot.unit),
  lots.map((lot) => lot.of),
  lots.map((lot) => lot.given),
  lots.map((lot) => lot.left),
  lots.map((lot) => lot.lapsed),
  lots.map((lot) => lot.drawn),
  lots.map((lot) => lot.matured),
  lots.map((lot) => lot.earned),
  lots.map((lot) => lot.usable),
  lots.map((lot) => lot.ends ?? Infinity),
];

const useColumns = (uses: readonly LotUse[]): unknown[] => [
  uses.map((use) => use.program),
  uses.map((use) => use.member),
  uses.map((use) => use.unit),
  uses.map((use) => use.spending),
  uses.map((use) => use.lot),
  uses.map((use) => use.points),
];

const bookColumns = (books: readonly BooksMark[]): unknown[] => [
  books.map((mark) => mark.program),
  books.map((mark) => mark.member),
  books.map((mark) => mark.unit),
  books.map((mark) => mark.disturbed),
  books.map((mark) => mark.due),
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
