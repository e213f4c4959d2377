import type { Generated } from 'kysely';
import type { Big, BigDefault, Instant, InstantOrNull, Json } from './column-types.js';

/** What members had for their points (see tables.ts for how columns come out). */

export interface RedemptionTable {
  program_id: Big;
  id: Generated<string>;
  store_id: Big;
  member_id: Big;
  reward: string;
  unit: string;
  points: Big;
  off: Big;
  net_points: Big;
  code: string;
  state: string;
  code_state: string;
  code_ref: string | null;
  made_at: Instant;
  expires_at: Instant;
  released_at: InstantOrNull;
  given_at: InstantOrNull;
  by_hand: Generated<boolean>;
  of_stock: Generated<boolean>;
  order_id: string | null;
  idempotency_key: string | null;
  request_hash: Buffer | null;
  cart: Json;
}

/** How many pieces of a counted reward came, and how many redemptions have. */
export interface RewardStockTable {
  program_id: Big;
  reward: string;
  received: Big;
  taken: BigDefault;
}
