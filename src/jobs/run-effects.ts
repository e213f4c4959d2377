import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import { type Database, inTransaction } from '../db/database.js';
import type { Clock } from '../lib/clock.js';
import { AppError, RetryLater } from '../lib/errors.js';
import { grouped } from '../lib/grouped.js';
import { sideBySide } from '../lib/side-by-side.js';
import { suspendStore } from '../loyalty/store-life.js';
import { type Effect, claimEffects, postponeEffects } from './claim-effects.js';
import { createCode } from './create-code.js';
import { killCode } from './kill-code.js';
import { mirrorBalances } from './mirror-balances.js';

/** The platform of a store, ready to be called. @throws AppError `store_inactive` when the store is gone */
export type PlatformOf = (program: string, store: string) => Promise<OutboundPlatform>;

/** What the jobs of this folder work with. */
export interface Work {
  db: Database;
  clock: Clock;
  platformOf: PlatformOf;
  shards: number;
  /** Told what happened on a platform, for the log and for whoever watches. */
  noticed(effect: Effect, outcome: 'taken' | 'done' | 'postponed' | 'given-up', error?: Error): void;
}

const BATCH = 200;
/** Stores whose platforms are called at the same time: one that hangs does not hold up the others. */
const SIDE_BY_SIDE = 4;
/** A platform that failed so often in a row is left alone; within a lease even if each of them was a time-out. */
const ENOUGH = 2;

/** How each kind of effect is done: all that wait for one store at once. Each throws `RetryLater` or an `AppError`. */
const DO: Record<string, (work: Work, platform: OutboundPlatform, effects: Effect[]) => Promise<void>> = {
  'mirror-balance': mirrorBalances,
  'create-code': (work, platform, effects) => each(effects, (effect) => createCode(work, platform, effect)),
  'kill-code': (work, platform, effects) => each(effects, (effect) => killCode(work, platform, effect)),
};

/** Does what waits in the outbox of a shard; gives how many effects it took. What fails is put back with a longer wait. */
export async function runEffects(work: Work, shard: number): Promise<number> {
  const effects = await claimEffects(work.db, shard, work.clock.now(), BATCH);
  const stores = [...grouped(effects, (effect) => effect.store).values()];
  await sideBySide(SIDE_BY_SIDE, stores, async (own) => {
    for (const group of grouped(own, (effect) => effect.kind).values()) await runGroup(work, group);
  });
  return effects.length;
}

/** Effects of one store and kind: what fails is put back, and a store whose platform knows us no longer is suspended. */
export async function runGroup(work: Work, group: Effect[]): Promise<void> {
  const [first] = group;
  if (!first) return;
  for (const effect of group) work.noticed(effect, 'taken');
  try {
    const doIt = DO[first.kind];
    if (!doIt) throw new AppError('unknown_effect', 500, `nothing here does ${first.kind}`);
    await doIt(work, await work.platformOf(first.program, first.store), group);
    for (const effect of group) work.noticed(effect, 'done');
  } catch (error) {
    await putBack(work, group, error instanceof Error ? error : new Error(String(error)));
  }
}

async function putBack(work: Work, group: Effect[], error: Error): Promise<void> {
  const afterMs = error instanceof RetryLater ? error.afterMs : null;
  await postponeEffects(work.db, group, error, afterMs, work.clock.now());
  const [first] = group;
  if (first && error instanceof AppError && error.code === 'platform_revoked')
    await inTransaction(work.db, { programs: [first.program] }, (tx) => suspendStore(tx, first, error.message));
  for (const effect of group) work.noticed(effect, 'postponed', error);
}

/** One after the other; a failure of one keeps the rest from being tried only when it is the platform that fails. */
async function each(effects: Effect[], run: (effect: Effect) => Promise<void>): Promise<void> {
  let failure: Error | null = null;
  let inARow = 0;
  for (const effect of effects) {
    try {
      await run(effect);
      inARow = 0;
    } catch (error) {
      failure ??= error instanceof Error ? error : new Error(String(error));
      inARow = error instanceof RetryLater ? inARow + 1 : 0;
      const revoked = error instanceof AppError && error.code === 'platform_revoked';
      if (revoked || inARow === ENOUGH) throw error;
    }
  }
  if (failure) throw failure;
}
