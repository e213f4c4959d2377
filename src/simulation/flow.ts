import type { MemberBooks } from '../rules/books.js';
import type { AccountKind, Move } from '../rules/moves.js';

/** What happened to points of one unit, and what is left of them. All in whole points. */
export interface Flow {
  given: bigint;
  takenBack: bigint;
  redeemed: bigint;
  returned: bigint;
  expired: bigint;
  forgiven: bigint;
  available: bigint;
  pending: bigint;
  held: bigint;
  debt: bigint;
}

export const nothing = (): Flow => ({
  ...{ given: 0n, takenBack: 0n, redeemed: 0n, returned: 0n, expired: 0n, forgiven: 0n },
  ...{ available: 0n, pending: 0n, held: 0n, debt: 0n },
});

export function flowIn(flow: Flow, { from, to, points }: Pick<Move, 'from' | 'to' | 'points'>): void {
  if (from === 'issued') flow.given += points;
  if (to === 'issued') flow.takenBack += points;
  if (to === 'redeemed') flow.redeemed += points;
  if (from === 'redeemed') flow.returned += points;
  if (to === 'expired') flow.expired += points;
  if (from === 'expired') flow.expired -= points;
  if (from === 'forgiven') flow.forgiven += points;
  if (to === 'forgiven') flow.forgiven -= points;
}

export function leave(flow: Flow, { available, pending, held, debt }: MemberBooks['units'][string]): void {
  flow.available += available;
  flow.pending += pending;
  flow.held += held;
  flow.debt += debt;
}

export function addFlow(to: Flow, from: Flow): void {
  for (const key of Object.keys(to) as (keyof Flow)[]) to[key] += from[key];
}

/** What stayed with the member: in the balance, or used. */
export const kept = ({ given, takenBack, expired, forgiven }: Flow): bigint => given - takenBack - expired + forgiven;

const OWED: ReadonlySet<AccountKind> = new Set(['available', 'pending', 'held'] as const);

/** By how much a move changes what the program owes its members. */
export function owedBy({ from, to, points }: Pick<Move, 'from' | 'to' | 'points'>): bigint {
  return (OWED.has(to) ? points : 0n) - (OWED.has(from) ? points : 0n);
}
