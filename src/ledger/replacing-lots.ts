import type { Tx } from '../db/database.js';
import { readLots } from './balances.js';
import type { MemberRef } from './lock-members.js';
import type { LotState } from './postings.js';

/**
 * The lots to hand to `post` so that exactly `wanted` stand for these members: one that is nobody's any more, or another's
 * (its order has a new owner, its member was merged), is written down as holding nothing.
 */
export async function replacingLots(
  tx: Tx,
  members: readonly MemberRef[],
  wanted: readonly LotState[],
): Promise<LotState[]> {
  const kept = new Set(wanted.map(keyOf));
  const gone = (await readLots(tx, members, 'all')).filter((lot) => lot.given > 0n && !kept.has(keyOf(lot)));
  return [...wanted, ...gone.map((lot) => ({ ...lot, given: 0n, left: 0n, lapsed: 0n, drawn: 0n }))];
}

const keyOf = ({ program, member, unit, of }: LotState) => [program, member, unit, of].join('\n');
