import type { Millis } from '../lib/clock.js';
import { compile } from './compile.js';
import { plainPins } from './conditions/index.js';
import { judgeLines } from './judge-lines.js';
import type { Judgement } from './judgement.js';
import type { KnownOrder } from './known.js';
import type { ProgramRules } from './program-rules.js';
import { remainsOf, scaleOf } from './remains.js';
import { WHOLE_ROOM } from './rule-limits.js';

export type Tried = Pick<Judgement, 'gives' | 'lines' | 'extra' | 'missed' | 'because'>;

/**
 * What one order gives by rules that nobody need have published: to a member of `tier` (null = the first level) whose first
 * order it is, with all ceilings and limits open. Null = the program does not know its money, or nothing of it can count.
 */
export function tryOrder(rules: ProgramRules, order: KnownOrder, tier: string | null, now: Millis): Tried | null {
  const compiled = compile(rules);
  const scale = scaleOf(rules, order.money);
  const remains = remainsOf(order, now);
  if (scale === null || !remains.some) return null;
  const pins = { ...plainPins(order.placed, order.placed), tier: tier ?? rules.tiers?.levels[0]?.id ?? null };
  return judgeLines(compiled, { order, pins, scale, grants: null, room: WHOLE_ROOM }, remains);
}
