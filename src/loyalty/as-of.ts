import type { Millis } from '../lib/clock.js';
import type { Known } from '../rules/known.js';

/**
 * The instant as of which books are settled: `now`, or the last thing that was recorded here, when that is later. Who settles reads
 * the clock before waiting for the members' locks, and another process' clock may be ahead: as of a `now` before a reservation that
 * stands already, the replay would not know of it and give its points back. What a platform dates is not asked: that may lie ahead.
 */
export function asOf(known: Known, now: Millis): Millis {
  const recorded = [
    ...[known.reservations, known.adjustments, known.deeds, known.visits, known.claims, known.merges, known.links],
    ...[known.sent ?? [], known.received ?? []],
    known.members.map(({ joined }) => ({ at: joined })),
    known.reservations.map(({ released, given }) => ({ at: Math.max(released ?? now, given ?? now) })),
    (known.households ?? []).map(({ from, until }) => ({ at: Math.max(from, until ?? now) })),
    known.adjustments.map(({ undone }) => ({ at: undone ?? now })),
  ];
  return recorded.flat().reduce((latest, { at }) => Math.max(latest, at), now);
}
