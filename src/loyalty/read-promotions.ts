import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { ProgramRules, Promotion } from '../rules/program-rules.js';
import { BURN_SPAN, type Burn, burnOf, type Granted } from '../rules/promotions/burn-rate.js';
import { momentFor, opensAt } from '../rules/promotions/moment-for.js';
import { readGranted } from './grant-ceilings.js';

export interface PromotionState {
  promotion: Promotion;
  /** `waiting` = its window opens again, but is not open now; `over` = it does not open within two years. */
  state: 'paused' | 'open' | 'waiting' | 'over';
  /** Null = it has no ceiling. */
  burn: Burn | null;
}

const HOURS = `
  select g.key as promotion, date_trunc('hour', o.placed_at) as at, sum((g.value ->> 'part')::bigint)::text as points
  from order_state o, jsonb_each(o.grants) g
  where o.program_id = $1 and o.placed_at > $2 and o.placed_at <= $3 and o.grants <> '{}' group by 1, 2`;

/** Every promotion of the rules: whether it is open, how much of its ceiling is left, how fast that goes and how long it lasts. */
export async function readPromotions(
  tx: Tx,
  program: string,
  rules: ProgramRules,
  now: Millis,
): Promise<PromotionState[]> {
  const [granted, hours] = await Promise.all([readGranted(tx, program), readHours(tx, program, now)]);
  return rules.promotions.map((promotion) => ({
    promotion,
    state: stateOf(rules, promotion, now),
    burn: burnOf(rules, promotion, granted.get(promotion.id) ?? 0n, hours.get(promotion.id) ?? [], now),
  }));
}

function stateOf(rules: ProgramRules, promotion: Promotion, now: Millis): PromotionState['state'] {
  const when = [promotion.when ?? {}];
  const isOpen = opensAt(when, rules.zone)(now);
  // what has ended does not go on by being resumed
  if (!isOpen && momentFor(when, rules.zone, now) === null) return 'over';
  if (promotion.paused) return 'paused';
  return isOpen ? 'open' : 'waiting';
}

async function readHours(tx: Tx, program: string, now: Millis): Promise<Map<string, Granted[]>> {
  const values = [program, new Date(now - BURN_SPAN), new Date(now)];
  const rows = await tx.prepared<{ promotion: string; at: Date; points: string }>('promotion_hours', HOURS, values);
  const hours = new Map<string, Granted[]>();
  for (const { promotion, at, points } of rows) {
    hours.set(promotion, [...(hours.get(promotion) ?? []), { at: at.getTime(), points: BigInt(points) }]);
  }
  return hours;
}
