import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { inTransaction } from '../db/database.js';
import type { Database, Tx } from '../db/database.js';
import type { MemberRef } from './lock-members.js';
import { CLAIM, DUE_OF_MEMBER, DUE_PROGRAMS, SWEEP } from './sweep-sql.js';
import type { Sweep } from './sweep-sql.js';

/** What one round of a sweep did. */
export interface Swept {
  /** Lots that matured or ended; 0 with an empty `replay` = nothing is due any more (or others hold it). */
  lots: number;
  /** Whose balances changed. */
  members: MemberRef[];
  /** Whose books need a replay first (a debt to settle, something else due): their lots were left alone. */
  replay: MemberRef[];
}

export interface SweepOptions {
  now: Millis;
  /** Lots a round, 500 to 2000: a longer statement makes writers of the same balances wait. */
  limit?: number;
  /** Done in the same transaction, e.g. effects for the members whose balances changed. */
  within?: (tx: Tx, swept: Swept) => void | Promise<void>;
}

/** Pending lots that became usable, over all programs: kind 'mature', from pending to available. Repeat until nothing is due. */
export const matureDue = (db: Database, options: SweepOptions): Promise<Swept> => sweep(db, 'mature', options);

/** Usable lots that ended: kind 'expire', from available to expired. Run `matureDue` first: a lot may be due for both. */
export const expireDue = (db: Database, options: SweepOptions): Promise<Swept> => sweep(db, 'expire', options);

async function sweep(db: Database, what: Sweep, { now, limit = 500, within }: SweepOptions): Promise<Swept> {
  const programs = await inTransaction(db, 'intake', (tx) =>
    tx.prepared<{ program: string }>(`ledger_due_programs_${what}`, DUE_PROGRAMS[what], [now, limit]),
  );
  if (programs.length === 0) return { lots: 0, members: [], replay: [] };
  return inTransaction(db, { programs: programs.map((row) => row.program) }, async (tx) => {
    // members who are busy elsewhere are left for the next round
    const due = await tx.prepared<DueLot>(`ledger_claim_${what}`, CLAIM[what], [now, limit]);
    const swept = await settle(tx, what, due, now);
    await within?.(tx, swept);
    return swept;
  });
}

/**
 * Posts what matured and ended of one member, who is locked already.
 * @throws AppError `books_due` (409) when that takes a replay
 */
export async function settleDue(tx: Tx, { program, member }: MemberRef, now: Millis): Promise<void> {
  for (const what of ['mature', 'expire'] as const) {
    const due = await tx.prepared<DueLot>(`ledger_due_${what}`, DUE_OF_MEMBER[what], [now, program, member]);
    const { replay } = await settle(tx, what, due, now);
    if (replay.length > 0) {
      throw new AppError(
        'books_due',
        409,
        'Something fell due for this member: replay the books first, then ask again.',
      );
    }
  }
}

interface DueLot extends MemberRef {
  unit: string;
  of: string;
}

async function settle(tx: Tx, what: Sweep, due: readonly DueLot[], now: Millis): Promise<Swept> {
  if (due.length === 0) return { lots: 0, members: [], replay: [] };
  const [row] = await tx.prepared<{ posted: number; members: MemberRef[] | null; replay: MemberRef[] | null }>(
    `ledger_${what}`,
    SWEEP[what],
    [
      due.map((lot) => lot.program),
      due.map((lot) => lot.member),
      due.map((lot) => lot.unit),
      due.map((lot) => lot.of),
      now,
    ],
  );
  return { lots: row?.posted ?? 0, members: row?.members ?? [], replay: row?.replay ?? [] };
}
