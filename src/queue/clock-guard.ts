import { AppError } from '../lib/errors.js';
import type { Logger } from '../lib/logger.js';
import { metrics } from '../lib/metrics.js';

/** The queue on Postgres keeps its locks by the worker's own clock: one that is far off runs healthy work twice. */
const LIMIT_MS = 5_000;
const WATCH_MS = 60_000;

/** The database's clock in milliseconds since the epoch, as of some moment while the question was under way. */
export type AskDatabaseTime = () => Promise<number>;

/** How far this machine's clock is ahead of the database's, at least; 0 when the doubt of the round trip covers it. */
export async function measureSkew(ask: AskDatabaseTime, now: () => number = Date.now): Promise<number> {
  const before = now();
  const database = await ask();
  const after = now();
  if (database < before) return before - database;
  return database > after ? after - database : 0;
}

/** Throws AppError('clock_skew') when this machine's clock is more than 5 s off the database's. */
export async function refuseSkew(ask: AskDatabaseTime, now?: () => number): Promise<void> {
  const skew = await measureSkew(ask, now);
  metrics.clockSkew.set(skew / 1000);
  if (Math.abs(skew) > LIMIT_MS)
    throw new AppError(
      'clock_skew',
      503,
      `The clock of this machine is ${(skew / 1000).toFixed(1)} s ${skew > 0 ? 'ahead of' : 'behind'} the database's; work is refused beyond 5 s. Set the clock (NTP) and start again.`,
    );
}

/** Checks every minute; calls `drifted` when the clock leaves the limits and `restored` when it is back. */
export function guardClock(
  ask: AskDatabaseTime,
  on: { drifted: () => Promise<void>; restored: () => void },
  log: Logger,
  { now = Date.now, everyMs = WATCH_MS }: { now?: () => number; everyMs?: number } = {},
): { close(): void } {
  let adrift = false;
  async function check(): Promise<void> {
    const skew = await measureSkew(ask, now);
    metrics.clockSkew.set(skew / 1000);
    const off = Math.abs(skew) > LIMIT_MS;
    if (off === adrift) return;
    adrift = off;
    log[off ? 'error' : 'info'](
      { skewMs: skew },
      off ? 'clock adrift: work is paused' : 'clock restored: work goes on',
    );
    if (off) await on.drifted();
    else on.restored();
  }
  const timer = setInterval(() => void check().catch(() => undefined), everyMs); // no answer = no judgement
  timer.unref();
  return { close: () => clearInterval(timer) };
}
