import type { Millis } from '../lib/clock.js';
import { ceilingInPoints } from './compile.js';
import { judge } from './judged.js';
import { judgeLines } from './judge-lines.js';
import type { Known } from './known.js';
import type { OrderCase } from './order-case.js';
import type { ProgramRules } from './program-rules.js';

/** What an order has of a ceiling, as it is recorded: the whole gain when it was last looked at, and the part granted. */
export interface Grant {
  gain: bigint;
  part: bigint;
}

/**
 * The part after the gain changed: it falls with a gain below it (and frees room); when the gain rises by d it rises by
 * min(d, room). Nothing else tops it up; the same gain again changes nothing (FORMAT 10.2).
 */
export function regrant(held: Grant | null, gain: bigint, room: bigint): Grant {
  const { gain: before, part } = held ?? { gain: 0n, part: 0n };
  if (gain <= before) return { gain, part: part < gain ? part : gain };
  const more = gain - before;
  const free = room > 0n ? room : 0n;
  return { gain, part: part + (more < free ? more : free) };
}

/** Whether any promotion of the rules has a ceiling: only then is there anything to grant. */
export function hasCeilings(rules: ProgramRules): boolean {
  return rules.promotions.some((promotion) => promotion.ceiling !== undefined);
}

/** The ceiling of a promotion in points by these rules; null = it has none. */
export function ceilingOf(rules: ProgramRules, id: string): bigint | null {
  const promotion = rules.promotions.find((one) => one.id === id);
  return promotion ? ceilingInPoints(rules, promotion) : null;
}

/** By order id, what each promotion with a ceiling would give it now if it counted: nothing unless it is paid. */
export function gainsOf(known: Known, now: Millis): Map<string, Record<string, bigint>> {
  const out = new Map<string, Record<string, bigint>>();
  for (const order of judge(known, now).orders) {
    if (hasCeilings(order.times.compiled.rules)) out.set(order.order.id, gainOf(order, now));
  }
  return out;
}

function gainOf(order: OrderCase, now: Millis): Record<string, bigint> {
  const { paid } = order.order;
  if (order.barred !== null || order.scale === null || paid === null || paid > now) return {};
  const remains = order.remainsAt(now);
  if (order.cancelledAt(now) || order.disputedAt(now) || !remains.some) return {};
  const facts = { order: order.order, pins: order.pins(), scale: order.scale, grants: null };
  return judgeLines(order.times.compiled, facts, remains).gains;
}
