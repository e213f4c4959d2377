import type { Generated, GeneratedAlways } from 'kysely';
import type { Big, Instant, InstantDefault, InstantOrNull, Json } from './column-types.js';

/** What platforms tell, as it arrived and as it is kept (see tables.ts for how columns come out). */

export interface InboxTable {
  id: GeneratedAlways<string>;
  program_id: Big;
  store_id: Big;
  shard: number;
  topic: string;
  delivery_key: string | null;
  subject: string | null;
  body_hash: Buffer;
  body: Buffer | null;
  triggered_at: InstantOrNull;
  received_at: InstantDefault;
  status: Generated<number>;
  attempts: Generated<number>;
  next_at: InstantDefault;
  error: string | null;
  processed_at: InstantOrNull;
}

export interface OrderStateTable {
  program_id: Big;
  store_id: Big;
  order_id: string;
  version: Instant;
  snapshot: Json;
  mailbox: GeneratedAlways<string | null>;
  customer: string | null;
  member_id: string | null;
  placed_at: Instant;
  removed: Generated<boolean>;
  grants: Json;
  imported: Generated<boolean>;
  first_seen_at: InstantDefault;
  updated_at: InstantDefault;
  paid_arrival: string | null;
  number: GeneratedAlways<string | null>;
  brought: string | null;
  brought_in: GeneratedAlways<string | null>;
}

export interface ProductStateTable {
  program_id: Big;
  store_id: Big;
  product: string;
  categories: string[];
  tags: string[];
  on_sale: Generated<boolean>;
  version: Instant;
  title: string | null;
  category_names: Json;
}

export interface CustomerStateTable {
  program_id: Big;
  store_id: Big;
  customer: string;
  roles: string[];
  tags: string[];
  version: Instant;
}

export interface ConnectionTable {
  id: string;
  platform: string;
  url: string;
  made_at: Instant;
  award_history: Generated<boolean>;
  outcome: string | null;
}
