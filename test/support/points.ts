import { inTransaction } from '../../src/db/database.js';
import { lockMembers } from '../../src/ledger/lock-members.js';
import type { MemberRef } from '../../src/ledger/lock-members.js';
import { post } from '../../src/ledger/post.js';
import type { Batch, LotState, Posting } from '../../src/ledger/postings.js';
import type { TestDatabase } from './database.js';

/** Ready-made postings, for tests of the ledger and of what stands on it. */
export const JANUARY = Date.UTC(2026, 0, 1);
export const DAY = 86_400_000;

type Earned = Partial<Pick<LotState, 'unit' | 'earned' | 'usable' | 'ends' | 'matured'>>;

/** A rise of a new lot by an order: the posting and the lot after it. */
export function earned(
  who: MemberRef,
  of: string,
  points: bigint,
  given: Earned = {},
): { posting: Posting; lot: LotState } {
  const { unit = 'points', earned: at = JANUARY, usable = at, ends = null, matured = true } = given;
  const to = matured ? 'available' : 'pending';
  return {
    posting: { ...who, unit, cause: of, kind: 'earn', from: 'issued', to, lot: of, seq: 1, at, points },
    lot: { ...who, unit, of, given: points, left: points, lapsed: 0n, drawn: 0n, matured, earned: at, usable, ends },
  };
}

/** Several of them as one batch. */
export const batchOf = (...rises: { posting: Posting; lot: LotState }[]): Batch => ({
  postings: rises.map((rise) => rise.posting),
  lots: rises.map((rise) => rise.lot),
});

/** Posts as the service would: in a transaction of its own, members locked. */
export const posting = (db: TestDatabase, batch: Batch) =>
  inTransaction(db.app, { programs: [...new Set(batch.postings.map((p) => p.program))] }, async (tx) => {
    lockMembers(tx, batch.postings);
    return post(tx, batch);
  });

/** Everything the ledger's tables hold, to compare before with after. */
export async function ledgerOf(db: TestDatabase): Promise<Record<string, unknown>> {
  const tables = ['transfer', 'entry', 'account', 'lot', 'lot_use', 'member_books'];
  const rows = await Promise.all(tables.map((table) => db.sql(`select * from ${table} order by 1, 2, 3, 4`)));
  return Object.fromEntries(tables.map((table, n) => [table, rows[n]]));
}
