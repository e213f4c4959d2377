import { type Database, type Tx, inTransactionAtOnce } from '../../db/database.js';
import { AppError } from '../../lib/errors.js';
import type { StoreRef } from '../../loyalty/context.js';
import { memberOf } from '../../loyalty/join.js';
import type { MemberRef } from '../../loyalty/settle-members.js';
import type { Customer, Shopper } from './verbs.js';

/** Works for a shopper, in a transaction that sees their program alone. */
export const within = <T>({ db }: { db: Database }, { store }: Shopper, fn: (tx: Tx) => Promise<T>): Promise<T> =>
  inTransactionAtOnce(db, { programs: [store.program] }, fn);

export const refOf = ({ store }: Shopper): StoreRef => ({ program: store.program, store: store.id });

export async function memberOfShopper(tx: Tx, shopper: Shopper): Promise<string | null> {
  return shopper.customer === null ? null : memberOf(tx, refOf(shopper), shopper.customer);
}

/** Throws AppError('not_a_member', 403). */
export async function memberRefOf(tx: Tx, customer: Customer): Promise<MemberRef> {
  const member = await memberOfShopper(tx, customer);
  if (!member) throw new AppError('not_a_member', 403, 'Join first: this is for members.');
  return { program: customer.store.program, member };
}
