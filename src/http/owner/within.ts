import { type Database, type Tx, inTransactionAtOnce } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import type { Loyalty } from '../../loyalty/context.js';
import type { Asking } from './verbs.js';

export interface OwnerParts {
  db: Database;
  loyalty: Loyalty;
  ringEffects(program: string): void;
  /** Sends a way in to whoever's mailbox it is. */
  sendSignInLinks(email: string, now: Millis): Promise<void>;
}

/** A transaction in the scope of the key's program. */
export const within = <T>(
  { db }: OwnerParts,
  { owner }: Asking,
  fn: (tx: Tx, program: string) => Promise<T>,
): Promise<T> => inTransactionAtOnce(db, { programs: [owner.program] }, (tx) => fn(tx, owner.program));

/** As the audit knows it. */
export const actorOf = ({ owner }: Asking): string => `${owner.by}:${owner.id}`;

export const iso = (at: Millis): string => new Date(at).toISOString();
