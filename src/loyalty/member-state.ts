import type { Tx } from '../db/database.js';
import { type BalanceAt, readBalancesAt } from '../ledger/balances.js';
import type { Millis } from '../lib/clock.js';
import { type MemberRef, settleMembers } from './settle-members.js';

/** What a member has at an instant, by unit. */
export interface MemberState extends MemberRef {
  balances: Map<string, BalanceAt>;
  /** Tiers come with a later issue. */
  tier: string | null;
}

/**
 * What a member has now. What fell due meanwhile (a friend's return window closed, points matured on a debt) is settled
 * first, so that nobody is refused points that are theirs.
 */
export async function readMemberState(tx: Tx, ref: MemberRef, now: Millis, shards: number): Promise<MemberState> {
  let balances = await readBalancesAt(tx, [ref], now);
  if (balances.some((balance) => balance.due)) {
    await settleMembers(tx, [ref], now, shards);
    balances = await readBalancesAt(tx, [ref], now);
  }
  return { ...ref, balances: new Map(balances.map((balance) => [balance.unit, balance])), tier: null };
}
