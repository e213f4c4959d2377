import type { Tx } from '../db/database.js';

/** How it goes with a store: what arrived, what waits, what failed. */
export interface StoreHealth {
  id: string;
  platform: string;
  url: string;
  status: string;
  /** Of its orders, ISO 4217. */
  currency: string;
  zone: string;
  installed: Date;
  /** When a delivery of any kind was worked on, to the minute. */
  lastDelivery: Date | null;
  /** When the widget last asked from a page of the store, to the hour. */
  widgetSeen: Date | null;
  hasOrders: boolean;
  /** Deliveries that nobody could read. */
  unread: number;
  /** Effects on the platform that wait, and those of them that failed again and again. */
  waiting: number;
  stuck: number;
  comparisons: { what: string; finished: Date | null; healed: number; error: string | null }[];
}

/** An effect that failed so often is said to be stuck. */
export const STUCK_AFTER = 5;

const STORES = `
  select s.id, s.platform, s.url, s.status, s.money_code as currency, s.zone, s.installed_at as installed,
    s.heard_at as "lastDelivery", to_timestamp((s.settings->>'widgetSeen')::bigint / 1000.0) as "widgetSeen",
    (select o.order_id from order_state o where o.program_id = s.program_id and o.store_id = s.id order by o.order_id limit 1)
      is not null as "hasOrders",
    (select count(*)::int from inbox i where i.store_id = s.id and i.program_id = s.program_id and i.status = 2) as unread,
    (select count(*)::int from outbox o where o.store_id = s.id and o.program_id = s.program_id and o.status = 0) as waiting,
    (select count(*)::int from outbox o where o.store_id = s.id and o.program_id = s.program_id
       and (o.status = 2 or (o.status = 0 and o.attempts >= $2))) as stuck,
    coalesce((select jsonb_agg(jsonb_build_object('what', r.what, 'finished', r.finished_at, 'healed', r.healed,
       'error', r.error) order by r.what) from reconciliation r where r.store_id = s.id and r.program_id = s.program_id), '[]')
      as comparisons
  from store s where s.program_id = $1 order by s.id`;

/** The program's stores and how each of them does. */
export async function readStores(tx: Tx, program: string): Promise<StoreHealth[]> {
  const rows = await tx.prepared<StoreHealth>('stores_health', STORES, [program, STUCK_AFTER]);
  return rows.map((row) => ({
    ...row,
    comparisons: row.comparisons.map((one) => ({
      ...one,
      finished: one.finished === null ? null : new Date(one.finished),
    })),
  }));
}
