import type { Millis } from '../../lib/clock.js';
import type { ProgramRules, Promotion } from '../program-rules.js';
import { ceilingInPoints } from '../compile.js';
import { opensAt } from './moment-for.js';

const HOUR = 3_600_000;
/** The rate is that of the last week; a forecast looks two years ahead. */
export const BURN_SPAN = 7 * 24 * HOUR;
const AHEAD = 732 * 24;

/** What was granted under a ceiling in an hour, by its instant. */
export interface Granted {
  at: Millis;
  points: bigint;
}

export interface Burn {
  ceiling: bigint;
  granted: bigint;
  left: bigint;
  /** Points an hour in which the promotion is open, of the last week or since the first grant in it; null = nothing was granted. */
  perHour: number | null;
  /** When the rest is used up if that goes on, counted over the hours in which it is open; null = not as far as can be seen. */
  runsOut: Millis | null;
}

/**
 * How fast a promotion's ceiling is used up, and when it will be. `granted` = all that is granted now, `hours` = what was
 * granted when, of the last week. Null = it has no ceiling.
 */
export function burnOf(
  rules: ProgramRules,
  promotion: Promotion,
  granted: bigint,
  hours: readonly Granted[],
  now: Millis,
): Burn | null {
  const ceiling = ceilingInPoints(rules, promotion);
  if (ceiling === null) return null;
  const left = ceiling > granted ? ceiling - granted : 0n;
  const opens = opensAt([promotion.when ?? {}], rules.zone);
  const perHour = rateOf(hours, opens, now);
  const isOpen = (at: Millis) => !promotion.paused && opens(at);
  return { ceiling, granted, left, perHour, runsOut: left === 0n ? now : forecast(Number(left), perHour, isOpen, now) };
}

type Opens = (at: Millis) => boolean;

/** An hour counts as far as it is open: asked every quarter. */
function openPart(opens: Opens, from: Millis, to: Millis): number {
  const quarters = [1, 3, 5, 7].map((eighth) => from + ((to - from) * eighth) / 8);
  return (quarters.filter(opens).length / 4) * ((to - from) / HOUR);
}

function rateOf(hours: readonly Granted[], opens: Opens, now: Millis): number | null {
  const recent = hours.filter(({ at }) => at > now - BURN_SPAN && at <= now);
  const points = recent.reduce((sum, one) => sum + one.points, 0n);
  if (points <= 0n) return null;
  let open = 0;
  for (let at = Math.min(...recent.map((one) => one.at)); at < now; at += HOUR)
    open += openPart(opens, at, Math.min(at + HOUR, now));
  // what was granted in the first minutes is a rate of an hour, not of minutes
  return Number(points) / Math.max(open, 1);
}

function forecast(left: number, perHour: number | null, isOpen: Opens, now: Millis): Millis | null {
  if (perHour === null) return null;
  let rest = left;
  for (let hour = 0; hour < AHEAD; hour++) {
    const from = now + hour * HOUR;
    const burnt = perHour * openPart(isOpen, from, from + HOUR);
    if (burnt >= rest) return Math.round(from + (rest / burnt) * HOUR);
    rest -= burnt;
  }
  return null;
}
