import { AppError, RetryLater } from '../lib/errors.js';
import type { Millis } from '../lib/clock.js';
import { retryAfterMs } from './retry-after.js';

/** How long to leave a platform alone that told us nothing better. */
export const PAUSE = { throttled: 60_000, down: 30_000, nonsense: 60_000, moved: 600_000 } as const;

/**
 * The failure that an answer's status stands for; null when the call may look at the body. Messages name the platform's
 * host and the call, never a header or a query: those carry credentials.
 */
export function failureOf(status: number, retryAfter: string | null, what: string, now: Millis): Error | null {
  if (status === 401 || status === 403) return revoked(what, status);
  if (status === 429)
    return new RetryLater(`${what}: told to slow down (429)`, retryAfterMs(retryAfter, now) ?? PAUSE.throttled);
  if (status >= 500 || status === 408 || status === 425) {
    return new RetryLater(`${what}: answered ${status}`, retryAfterMs(retryAfter, now) ?? PAUSE.down);
  }
  if (status >= 300 && status < 400)
    return new RetryLater(`${what}: answered a redirect (${status}), which is not followed`, PAUSE.moved);
  return null;
}

export function revoked(what: string, status = 401): AppError {
  return new AppError(
    'platform_revoked',
    409,
    `${what}: the store no longer accepts our access (${status}). Connect the store again.`,
  );
}

export const lost = (what: string, cause: string): RetryLater =>
  new RetryLater(`${what}: no answer (${cause})`, PAUSE.down);
export const nonsense = (what: string, why: string): RetryLater =>
  new RetryLater(`${what}: the answer makes no sense (${why})`, PAUSE.nonsense);

/** A short name of what went wrong on the wire (ECONNRESET, ETIMEDOUT...), without anything the request carried. */
export function wireFault(error: unknown): string {
  const code =
    (error as { code?: unknown } | null)?.code ?? (error as { cause?: { code?: unknown } } | null)?.cause?.code;
  if (typeof code === 'string') return code;
  return error instanceof Error ? error.name : 'unknown';
}
