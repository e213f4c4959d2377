import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import { type Database, inTransaction } from '../db/database.js';
import type { Clock } from '../lib/clock.js';
import { AppError, RetryLater } from '../lib/errors.js';
import { type Effect, claimEffects, finishEffects, postponeEffects } from './claim-effects.js';
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

/** How each kind of effect is done: all that wait for one store at once. Each throws `RetryLater` or an `AppError`. */
const DO: Record<string, (work: Work, platform: OutboundPlatform, effects: Effect[]) => Promise<void>> = {
  'mirror-balance': mirrorBalances,
  'create-code': (work, platform, effects) => each(effects, (effect) => createCode(work, platform, effect)),
  'kill-code': (work, platform, effects) => each(effects, (effect) => killCode(work, platform, effect)),
};

/** Does what waits in the outbox of a shard; gives how many effects it took. What fails is put back with a longer wait. */
export async function runEffects(work: Work, shard: number): Promise<number> {
  const effects = await claimEffects(work.db, shard, work.clock.now(), BATCH);
  for (const group of byStoreAndKind(effects)) await runGroup(work, group);
  return effects.length;
}

/** Effects of one store and kind. A store that answers slowly or not at all delays itself alone by its own time-outs. */
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
  for (const effect of group) work.noticed(effect, 'postponed', error);
}

/** One after the other; a failure of one does not keep the rest from being tried. */
async function each(effects: Effect[], run: (effect: Effect) => Promise<void>): Promise<void> {
  const failures: Error[] = [];
  for (const effect of effects) {
    await run(effect).catch((error: unknown) =>
      failures.push(error instanceof Error ? error : new Error(String(error))),
    );
  }
  if (failures[0]) throw failures[0];
}

function byStoreAndKind(effects: Effect[]): Effect[][] {
  const groups = new Map<string, Effect[]>();
  for (const effect of effects) {
    const key = `${effect.store}/${effect.kind}`;
    groups.set(key, [...(groups.get(key) ?? []), effect]);
  }
  return [...groups.values()];
}

/** Marks effects done in a transaction of their program. */
export async function finish(work: Work, effects: Effect[]): Promise<void> {
  const programs = [...new Set(effects.map((effect) => effect.program))];
  await inTransaction(work.db, { programs }, (tx) => finishEffects(tx, effects, work.clock.now()));
}
