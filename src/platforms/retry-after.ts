import type { Millis } from '../lib/clock.js';

const LONGEST_MS = 24 * 3_600_000;

/** How long a `Retry-After` (seconds or HTTP date) asks to wait, at most a day; null when it says nothing usable. */
export function retryAfterMs(header: string | null | undefined, now: Millis): number | null {
  const text = header?.trim();
  if (!text) return null;
  if (/^\d{1,9}(\.\d+)?$/.test(text)) return Math.min(LONGEST_MS, Number(text) * 1000);
  const at = Date.parse(text);
  return Number.isNaN(at) ? null : Math.min(LONGEST_MS, Math.max(0, at - now));
}
