import type { Books } from '../../src/rules/books.js';
import { promise } from '../../src/rules/promise.js';
import type { Knowledge } from './knowledge.js';
import { list, readCart } from './read-example.js';

const bare = (of: string): string =>
  of.startsWith('order:') ? of.slice(6) : of.startsWith('card:') ? `card:${of.split(':').slice(2).join(':')}` : of;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The state in the words of the format. */
export function observe(
  knowledge: Knowledge,
  books: Books,
  at: number,
  expected: Record<string, unknown>,
): Record<string, unknown> {
  return {
    at: expected.at,
    members: Object.fromEntries(Object.entries(books.members).map(([id, of]) => [id, observeMember(of)])),
    orders: netOfOrders(knowledge, books, at),
    decisions: observeDecisions(books),
    redemptions: observeRedemptions(knowledge, books),
    liability: liabilityOf(knowledge, books, at),
    carts: list(expected.carts).map((cart) => observeCart(knowledge, books, cart, at)),
  };
}

function observeMember(of: Books['members'][string]): Record<string, unknown> {
  const units = Object.entries(of.units).map(([unit, books]) => [
    unit,
    {
      available: Number(books.available),
      pending: Number(books.pending),
      held: Number(books.held),
      debt: Number(books.debt),
      lots: books.lots.map((lot) => ({
        of: bare(lot.of),
        left: Number(lot.left),
        ends: iso(lot.ends),
        ...(lot.matured ? {} : { usable: iso(lot.usable) }),
      })),
    },
  ]);
  const membership = of.membership && { until: iso(of.membership.until) };
  return { ...Object.fromEntries(units), tier: of.tier, stamps: of.stamps, membership };
}

/** Net of all earning transfers by order, member and unit; what a merged member had is the other's. */
function netOfOrders(
  knowledge: Knowledge,
  books: Books,
  at: number,
): Record<string, Record<string, Record<string, number>>> {
  const out: Record<string, Record<string, Record<string, number>>> = {};
  for (const move of books.moves) {
    if (!move.cause.startsWith('order:') || (move.from !== 'issued' && move.to !== 'issued')) continue;
    const of = ((out[move.cause.slice(6)] ??= {})[knowledge.current(move.member, at)] ??= {});
    of[move.unit] = (of[move.unit] ?? 0) + Number(move.from === 'issued' ? move.points : -move.points);
  }
  return out;
}

function observeDecisions(books: Books): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const numbers = (of: Record<string, bigint>): Record<string, number> =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, Number(value)]));
  for (const [key, decision] of Object.entries(books.decisions)) {
    out[key.slice(key.indexOf(':') + 1)] = {
      reason: decision.reason,
      gives: numbers(decision.gives),
      lines: Object.fromEntries(Object.entries(decision.lines).map(([unit, of]) => [unit, numbers(of)])),
      extra: numbers(decision.extra),
      missed: Object.fromEntries(decision.missed.map((one) => [one.id, one.why])),
      promotions: numbers(decision.promotions),
    };
  }
  return out;
}

/** Two lots that have one name in the format (the first full cards of two members who became one) are told as one. */
export function byName(draws: readonly { of: string; points: number }[]): { of: string; points: number }[] {
  const sums = new Map<string, number>();
  for (const { of, points } of draws) sums.set(of, (sums.get(of) ?? 0) + points);
  return [...sums].map(([of, points]) => ({ of, points }));
}

function observeRedemptions(knowledge: Knowledge, books: Books): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [id, { reason }] of knowledge.refused) out[id] = { state: 'refused', reason, points: 0, draws: [] };
  for (const [id, of] of Object.entries(books.redemptions)) {
    const draws = byName(of.draws.map((draw) => ({ of: bare(draw.of), points: Number(draw.points) })));
    out[id] = { state: of.state, points: Number(of.points), off: of.off, draws };
  }
  return out;
}

function liabilityOf(knowledge: Knowledge, books: Books, at: number): Record<string, unknown> {
  const rules = knowledge.rulesAt(at);
  const out: Record<string, unknown> = {};
  for (const [unit, { value }] of Object.entries(rules.units)) {
    const sum = { available: 0, pending: 0, held: 0, debt: 0 };
    for (const member of Object.values(books.members)) {
      const of = member.units[unit];
      if (!of) continue;
      sum.available += Number(of.available);
      sum.pending += Number(of.pending);
      sum.held += Number(of.held);
      sum.debt += Number(of.debt);
    }
    const [n, d] = String(value).split('/');
    const worth = BigInt(sum.available + sum.pending + sum.held) * BigInt(n ?? '0');
    const per = BigInt(d ?? '1');
    out[unit] = { ...sum, money: Number((worth + per - 1n) / per) };
  }
  return out;
}

function observeCart(
  knowledge: Knowledge,
  books: Books,
  cart: Record<string, unknown>,
  at: number,
): Record<string, unknown> {
  const rules = knowledge.rulesAt(at);
  const of = readCart(cart, rules.money);
  const member = knowledge.current(String(cart.member), at);
  const { gives } = promise(knowledge.known, member, of, at, knowledge.room(at));
  const redeem = rules.rewards.map((reward) => {
    const { points, off, binding } = knowledge.offer(member, reward.id, of, at, null, books);
    return [reward.id, { points: Number(points), off, binding }];
  });
  return {
    ...cart,
    promise: Object.fromEntries(Object.entries(gives).map(([unit, points]) => [unit, Number(points)])),
    redeem: Object.fromEntries(redeem),
  };
}
