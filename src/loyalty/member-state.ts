import type { Tx } from '../db/database.js';
import { type BalanceAt, isOverdue, readBalancesAt } from '../ledger/balances.js';
import type { Millis } from '../lib/clock.js';
import { judge } from '../rules/judged.js';
import type { RuleVersion } from '../rules/known.js';
import { NO_STANDING, type Standing, givesStanding, standingNow } from '../rules/standing.js';
import { gatherKnown } from './gather-known.js';
import { inForce } from './rule-sets.js';
import { type MemberRef, settleMembers } from './settle-members.js';

/** What a member has at an instant, by unit, and what they are to the program. */
export interface MemberState extends MemberRef {
  balances: Map<string, BalanceAt>;
  standing: Standing;
}

/**
 * What a member has now. What fell due meanwhile (a friend's return window closed, points matured on a debt) is settled
 * first, so that nobody is refused points that are theirs. `rules` = the program's versions.
 */
export async function readMemberState(
  tx: Tx,
  ref: MemberRef,
  rules: RuleVersion[],
  now: Millis,
  shards: number,
): Promise<MemberState> {
  const [told, overdue] = await Promise.all([readBalancesAt(tx, [ref], now), isOverdue(tx, ref, now)]);
  let balances = told;
  if (overdue || balances.some((balance) => balance.due)) {
    await settleMembers(tx, [ref], now, shards);
    balances = await readBalancesAt(tx, [ref], now);
  }
  const standing = await readStanding(tx, ref, rules, now);
  return { ...ref, balances: new Map(balances.map((balance) => [balance.unit, balance])), standing };
}

/** Tier, stamps and membership change by time alone, so they are judged when they are asked for, and only if rules give any. */
async function readStanding(
  tx: Tx,
  { program, member }: MemberRef,
  rules: RuleVersion[],
  now: Millis,
): Promise<Standing> {
  if (!givesStanding(inForce(rules, now).rules)) return NO_STANDING;
  const { known } = await gatherKnown(tx, program, rules, [member]);
  return standingNow(judge(known, now), member);
}
