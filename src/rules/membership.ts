import type { Millis } from '../lib/clock.js';
import type { Calendar } from './calendar.js';

/**
 * The end of the term that runs at an instant; null = none runs. A term begins when its order counted, or after the
 * running one; terms are added to the first day of the chain, so that a month's end is clamped once. Half-open.
 */
export function termAt(calendar: Calendar, months: number, starts: readonly Millis[], at: Millis): Millis | null {
  let chain: { start: Millis; terms: number; until: Millis } | null = null;
  for (const start of [...starts].sort((a, b) => a - b)) {
    if (chain && start < chain.until) {
      chain.terms++;
      chain.until = calendar.addMonths(chain.start, months * chain.terms);
    } else {
      chain = { start, terms: 1, until: calendar.addMonths(start, months) };
    }
  }
  return chain && at >= chain.start && at < chain.until ? chain.until : null;
}
