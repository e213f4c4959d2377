import type { Millis } from '../lib/clock.js';
import { Calendar, parseTime } from './calendar.js';
import type { Asked } from './conditions/index.js';
import { askedOfMember, checkOf } from './gift-conditions.js';
import type { Past } from './past.js';
import type { Perk } from './perk-rules.js';
import type { When } from './program-rules.js';

/** So far it is looked ahead for a change: every season and every birthday comes within it. */
const DAYS_AHEAD = 400;

const NEEDS = { tiers: false, asked: new Set(['joined', 'birthday'] as const) };

/** What a perk asks of whoever has it; null = nothing. */
export const whenOf = (perk: Perk): When | null => (perk.kind === 'access' ? null : (perk.when ?? null));

/** Of the perks that a member has, those that hold at an instant: of who they are by then. */
export function perksHolding(perks: Perk[], zone: string, past: Past, member: string, at: Millis): Perk[] {
  if (!perks.some(whenOf)) return perks;
  const asked = askedOfMember(member, at, NEEDS, past);
  return perks.filter((perk) => holds(perk, zone, asked, at));
}

/** The next instant at which another of the perks may hold if nothing more is learned of the member; null = time changes none. */
export function nextPerkChange(perks: Perk[], zone: string, past: Past, member: string, now: Millis): Millis | null {
  const conditional = perks.filter(whenOf);
  if (conditional.length === 0) return null;
  const asked = askedOfMember(member, now, NEEDS, past);
  const nextOf = conditional.map((perk) => {
    const before = holds(perk, zone, asked, now);
    const turns = turnsOf(whenOf(perk) ?? {}, zone, now);
    return turns.find((at) => holds(perk, zone, asked, at) !== before) ?? Infinity;
  });
  // what lies further ahead is looked for again
  const last = Calendar.of(zone).addDays(now, DAYS_AHEAD - 1);
  return Math.min(last, ...nextOf);
}

function holds(perk: Perk, zone: string, asked: Asked, at: Millis): boolean {
  const when = whenOf(perk);
  const check = when && checkOf(when, zone);
  return !check || check({ ...asked, pins: { ...asked.pins, moment: at } }) === null;
}

/** Every instant after `now` at which a condition on the time or on a day of one's own may turn, ascending. */
function turnsOf({ from, to, hours, zone: own }: When, zone: string, now: Millis): Millis[] {
  const calendar = Calendar.of(own ?? zone);
  const today = calendar.dayOf(now);
  const clocks = [0, ...(hours ? [parseTime(hours.from), parseTime(hours.to)] : [])];
  const turns = [from, to].flatMap((text) => (text === undefined ? [] : [calendar.instantOf(text)]));
  for (let day = today; day < today + DAYS_AHEAD; day++) {
    for (const clock of clocks) turns.push(calendar.wallAt(day, clock));
  }
  return turns.filter((at) => at > now).sort((a, b) => a - b);
}
