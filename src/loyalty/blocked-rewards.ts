import type { Capability } from '../commerce/outbound-platform.js';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { platformNeedOf } from '../rewards/index.js';
import type { ProgramRules, RewardRule } from '../rules/program-rules.js';
import type { StoreRef } from './context.js';

/** What stands in the way at a store, in words for its owner, by what a reward needs of the platform. */
export type Obstacles = Partial<Record<Capability, string>>;

/** Kept beside the other comparisons with the platform, under this and the capability. */
const PREFIX = 'can:';

const READ = `
  select substr(what, length($3) + 1) as capability, error from reconciliation
  where program_id = $1 and store_id = $2 and starts_with(what, $3) and error is not null`;

/** What was in the way when the store was last looked at; nothing is known of a store that was not. */
export async function readObstacles(tx: Tx, ref: StoreRef): Promise<Obstacles> {
  const rows = await tx.prepared<{ capability: Capability; error: string }>('loyalty_obstacles', READ, [
    ref.program,
    ref.store,
    PREFIX,
  ]);
  return Object.fromEntries(rows.map(({ capability, error }) => [capability, error]));
}

const KEEP = `
  insert into reconciliation as r (program_id, store_id, what, since, finished_at, error) values ($1, $2, $3, $4, $4, $5)
  on conflict (store_id, what) do update set finished_at = excluded.finished_at, error = excluded.error,
    since = case when r.error is distinct from excluded.error then excluded.since else r.since end
  returning old.error is distinct from new.error as changed`;

/** Notes what is in the way of one capability, null = nothing; true when that is news. */
export async function keepObstacle(
  tx: Tx,
  ref: StoreRef,
  capability: Capability,
  why: string | null,
  now: Millis,
): Promise<boolean> {
  const [row] = await tx.prepared<{ changed: boolean }>('loyalty_keep_obstacle', KEEP, [
    ref.program,
    ref.store,
    PREFIX + capability,
    new Date(now),
    why,
  ]);
  return row?.changed ?? false;
}

/** Why a reward can do nothing at a store, for its owner; null = it can. */
export function blockedBy(obstacles: Obstacles, reward: RewardRule): string | null {
  const need = platformNeedOf(reward);
  return need === null ? null : (obstacles[need] ?? null);
}

/** The rules as a store can keep them: rewards that would do nothing there are not offered. */
export function offeredAt(obstacles: Obstacles, rules: ProgramRules): ProgramRules {
  const rewards = rules.rewards.filter((reward) => blockedBy(obstacles, reward) === null);
  return rewards.length === rules.rewards.length ? rules : { ...rules, rewards };
}
