import type { Millis } from '../lib/clock.js';
import type { Cart } from './cart.js';
import { orderOfCart } from './cart.js';
import { compile } from './compile.js';
import type { Compiled } from './compile.js';
import { plainPins } from './conditions/index.js';
import type { Pins } from './conditions/index.js';
import { judge } from './judged.js';
import { judgeLines } from './judge-lines.js';
import type { Judgement } from './judgement.js';
import type { Known } from './known.js';
import { isExcluded } from './order-case.js';
import { needsOf } from './past-needs.js';
import { roomAfter } from './order-room.js';
import { WHOLE_ROOM } from './rule-limits.js';
import type { Room } from './rule-limits.js';
import { remainsOf, scaleOf } from './remains.js';
import { versionAt } from './versions.js';

const NOTHING: Pick<Judgement, 'gives' | 'lines' | 'extra' | 'missed' | 'because'> = {
  gives: {},
  lines: {},
  extra: {},
  missed: [],
  because: [],
};
export type Promised = typeof NOTHING;

/**
 * What a cart would give if it were placed and paid now: the arithmetic of orders, with the member's past as it stands.
 * `member` null = somebody who would join with this order. `room` = points left under each promotion's ceiling.
 */
export function promise(
  known: Known,
  member: string | null,
  cart: Cart,
  now: Millis,
  room: Readonly<Record<string, number>> = {},
): Promised {
  const compiled = compile(versionAt(known.rules, now).rules);
  const scale = scaleOf(compiled.rules, cart.money);
  if (scale === null || now < compiled.startsAt || now >= compiled.earnsUntil) return NOTHING;
  const order = orderOfCart(cart, now, null);
  const remains = remainsOf(order, now);
  if (!remains.some || isExcluded(order, compiled.rules.excludes)) return NOTHING;
  const { pins, left } = memberSide(known, compiled, member, order.id, now);
  return judgeLines(compiled, { order, pins, scale, grants: room, room: left }, remains);
}

/** What the member's past, as it stands, has to say. */
function memberSide(
  known: Known,
  compiled: Compiled,
  member: string | null,
  order: string,
  now: Millis,
): { pins: Pins; left: Room } {
  if (member === null) {
    const pins = { ...plainPins(now, now), tier: compiled.rules.tiers?.levels[0]?.id ?? null };
    return { pins, left: WHOLE_ROOM };
  }
  const needs = needsOf(compiled);
  const { past, shared, ownership } = judge(known, now);
  const group = ownership.groupAt(member, now);
  const theirs = shared.filter(({ activity }) => group.has(activity.member));
  const nth = needs.asked.has('nth') ? past.nthAt(member, now, order) : 1;
  return {
    pins: { ...past.pinsAt(member, now, needs), nth },
    left: roomAfter(past.ordersOf(member, now), now, now, theirs),
  };
}
