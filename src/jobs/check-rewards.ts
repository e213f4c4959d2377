import { inTransaction } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { keepObstacle } from '../loyalty/blocked-rewards.js';
import type { StoreRef } from '../loyalty/context.js';
import { inForce, ruleVersions } from '../loyalty/rule-sets.js';
import { audit } from '../loyalty/store-life.js';
import { platformNeedOf } from '../rewards/index.js';
import type { Work } from './run-effects.js';

export interface BlockedReward {
  reward: string;
  /** In words for the owner: what to change in the shop. */
  why: string;
}

/**
 * Asks the platform whether each reward in force would do something in the shop as it is set up now. One that would not
 * is not offered there until it does; log and audit say when that began and ended.
 */
export async function checkRewards(work: Work, ref: StoreRef): Promise<BlockedReward[]> {
  const now = work.clock.now();
  const rewards = await inTransaction(work.db, { programs: [ref.program] }, async (tx) => {
    const versions = (await ruleVersions(tx, [ref.program])).get(ref.program) ?? [];
    return inForce(versions, now).rules.rewards;
  });
  const needs = [...new Set(rewards.map(platformNeedOf))].filter((need) => need !== null);
  const obstacles = await (await work.platformOf(ref.program, ref.store)).obstacles(needs);
  const blocked: BlockedReward[] = [];
  for (const need of needs) {
    const why = obstacles[need] ?? null;
    const concerned = rewards.filter((reward) => platformNeedOf(reward) === need).map(({ id }) => id);
    if (why !== null) blocked.push(...concerned.map((reward) => ({ reward, why })));
    const isNew = await inTransaction(work.db, { programs: [ref.program] }, async (tx) => {
      const changed = await keepObstacle(tx, ref, need, why, now);
      const what = why === null ? 'rewards.offered' : 'rewards.blocked';
      if (changed) await audit(tx, ref.program, 'platform', what, { store: ref.store, rewards: concerned, why });
      return changed;
    });
    if (isNew && why !== null) tell(work, ref, concerned, why);
  }
  return blocked;
}

function tell(work: Work, ref: StoreRef, rewards: readonly string[], why: string): void {
  const trouble = new AppError('rewards_blocked', 409, `${rewards.join(', ')}: not offered, because ${why}`);
  work.noticed({ ...ref, id: '0', kind: 'rewards', subject: '', asked: 0, attempts: 0 }, 'given-up', trouble);
}
