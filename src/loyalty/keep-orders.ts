import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { keepFinerAmounts } from '../commerce/drift.js';
import type { Untold } from '../commerce/inbound-platform.js';
import type { OrderSnapshot } from '../commerce/order.js';
import type { Loyalty, StoreRef } from './context.js';
import { describeBuyers } from './describe-buyers.js';
import { describeOrders } from './describe-orders.js';
import { whatProgramsAsk } from './known-products.js';
import { type StoredOrder, aliasOf, customerKey, isAlias, toStored } from './stored-order.js';

/** An order as it arrived; `fingerprint` tells two states of the same version apart. */
export interface ArrivedOrder extends StoreRef {
  order: OrderSnapshot;
  /** What the delivery does not tell: the known order's is kept, or the platform is asked. */
  untold: readonly Untold[];
  /** True when it was read through the platform's API just now: at equal versions it is believed over a delivery. */
  reread: boolean;
}

/** An order whose newest snapshot changed, with whose it was and whose it is. */
export interface KeptOrder extends StoreRef {
  stored: StoredOrder;
  isNew: boolean;
  previousMember: string | null;
  member: string | null;
}

export interface KeepResult {
  kept: KeptOrder[];
  /** Same version, other content, or something that only the platform can tell: they are to be read through it. */
  doubtful: ArrivedOrder[];
}

/**
 * The snapshot is stored in the insert itself; an older one, or the same one again, changes nothing. The order's owner is
 * its customer's member, or whoever claimed it. A delivery does not bring a removed order back: it may have been sent before
 * the removal and have come after it. Only the platform's own answer does.
 */
export const KEEP = `
  insert into order_state as o (program_id, store_id, order_id, version, snapshot, customer, placed_at, member_id)
  select x.program_id, x.store_id, x.order_id, x.version, x.snapshot, x.customer, x.placed_at, (
    select l.member_id from customer_link l
    where l.program_id = x.program_id and l.store_id = x.store_id and l.customer = x.customer)
  from rows from (
    unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[], $5::text[], $6::timestamptz[]),
    jsonb_array_elements($7::jsonb)) x(program_id, store_id, order_id, version, customer, placed_at, snapshot)
  order by x.program_id, x.store_id, x.order_id
  on conflict (program_id, store_id, order_id) do update set version = excluded.version, updated_at = now(),
    removed = o.removed and not $8,
    snapshot = case when o.removed and not $8 and excluded.snapshot -> 'cancelled' = 'null'::jsonb
      then jsonb_set(excluded.snapshot, '{cancelled}', o.snapshot -> 'cancelled') else excluded.snapshot end,
    customer = excluded.customer,
    member_id = coalesce(excluded.member_id, case when excluded.customer is null then (
      select c.member_id from activity c where c.program_id = o.program_id and c.kind = 'claim'
        and c.key = o.store_id || '/' || o.order_id) end)
  where o.version < excluded.version
    or (o.version = excluded.version and $8 and (o.removed or o.snapshot is distinct from excluded.snapshot))
  returning new.program_id, new.store_id, new.order_id, old.order_id is null as is_new,
    old.member_id as previous_member, new.member_id as member, new.removed, new.snapshot -> 'cancelled' as cancelled`;

interface KeptRow {
  program_id: string;
  store_id: string;
  order_id: string;
  is_new: boolean;
  previous_member: string | null;
  member: string | null;
  removed: boolean;
  cancelled: Millis | null;
}

/** Stores the newest snapshot of each order and tells which of them changed anything. */
export async function keepOrders(tx: Tx, arrived: readonly ArrivedOrder[], loyalty: Loyalty): Promise<KeepResult> {
  const { newest, tied } = newestOfEach(arrived);
  const [{ told: whole, unclear }, asking] = await Promise.all([
    completeFromKnown(tx, newest, loyalty),
    whatProgramsAsk(
      tx,
      newest.map((one) => one.program),
    ),
  ]);
  const { told: known, unclear: strangers } = await describeBuyers(tx, whole, asking.ofCustomers);
  const { told, unclear: undescribed } = await describeOrders(tx, known, asking.ofProducts);
  const kept: KeptOrder[] = [];
  const doubted = new Set<string>();
  for (const reread of [false, true]) {
    const group = told.filter((one) => one.reread === reread);
    if (group.length === 0) continue;
    const done = await keepGroup(tx, group, reread, loyalty);
    kept.push(...done.kept);
    for (const key of done.removed) doubted.add(key);
  }
  const changed = new Set(kept.map((one) => `${one.store}/${one.stored.id}`));
  for (const key of tied) if (changed.has(key)) doubted.add(key);
  const unchanged = told.filter((one) => !one.reread && !changed.has(keyOf(one)));
  const ties = unchanged.length === 0 ? [] : await findTies(tx, unchanged, loyalty);
  const again = told.filter((one) => doubted.has(keyOf(one)));
  return { kept, doubtful: [...unclear, ...strangers, ...undescribed, ...ties, ...again] };
}

/** An order with all that was known of it put in. */
interface Whole extends ArrivedOrder {
  before: StoredOrder | undefined;
}

/** The same with its lines described, if its program asks. */
type Ready = Whole & { described: boolean };

const keyOf = ({ store, order }: ArrivedOrder): string => `${store}/${order.id}`;

export const KNOWN = `
  select o.store_id, o.snapshot from unnest($1::bigint[], $2::bigint[], $3::text[]) x(program_id, store_id, order_id)
  join order_state o on o.program_id = x.program_id and o.store_id = x.store_id and o.order_id = x.order_id`;

/**
 * Fills what the deliveries leave out from what is known of the same orders. When and with what an order was paid is only
 * believed from a delivery that tells it, or once it is known: else the platform is asked (`unclear`).
 */
async function completeFromKnown(
  tx: Tx,
  arrived: ArrivedOrder[],
  loyalty: Loyalty,
): Promise<{ told: Whole[]; unclear: ArrivedOrder[] }> {
  const rows = await tx.prepared<{ store_id: string; snapshot: StoredOrder }>('loyalty_known_orders', KNOWN, [
    arrived.map((one) => one.program),
    arrived.map((one) => one.store),
    arrived.map((one) => one.order.id),
  ]);
  const known = new Map(rows.map((row) => [`${row.store_id}/${row.snapshot.id}`, row.snapshot]));
  const told: Whole[] = [];
  const unclear: ArrivedOrder[] = [];
  for (const one of arrived) {
    const before = known.get(`${one.store}/${one.order.id}`);
    const asks = one.untold.some((what) => what !== 'disputes') && (before?.paid ?? null) === null;
    if (asks) unclear.push(one);
    else told.push({ ...one, before, order: before ? completed(one, before, loyalty) : one.order });
  }
  return { told, unclear };
}

/** An order with what its delivery does not tell, or may not, taken from what is known of it. */
export function completed(arrived: ArrivedOrder, before: StoredOrder, loyalty: Loyalty): OrderSnapshot {
  const { order, untold } = arrived;
  const kept: Partial<OrderSnapshot> = isErased(arrived, before, loyalty)
    ? { customer: before.customer, email: null, phone: null }
    : {};
  if (untold.includes('disputes')) kept.disputes = before.disputes;
  if (untold.includes('paid')) kept.paid = before.paid;
  if (untold.includes('giftCardPaid')) kept.giftCardPaid = before.giftCardPaid;
  return keepFinerAmounts({ ...before, name: before.name ?? null, email: null, phone: null }, { ...order, ...kept });
}

/** A late word about an order of somebody who was erased: it is still theirs, and says nothing of them again. */
function isErased({ program, store, order }: ArrivedOrder, before: StoredOrder, { codeOf }: Loyalty): boolean {
  if (!isAlias(before.customer) || order.customer === null) return false;
  return aliasOf(codeOf, program, customerKey(store, order.customer)) === before.customer;
}

/**
 * Within a batch the newest of each order; at equal versions the one that was read, else the later. `tied` = the orders of
 * which two deliveries say different things of the newest version: which came later proves nothing.
 */
function newestOfEach(arrived: readonly ArrivedOrder[]): { newest: ArrivedOrder[]; tied: Set<string> } {
  const newest = new Map<string, ArrivedOrder>();
  const tied = new Set<string>();
  for (const one of arrived) {
    const key = keyOf(one);
    const other = newest.get(key);
    const same = other?.order.at === one.order.at;
    if (other && (other.order.at > one.order.at || (same && other.reread && !one.reread))) continue;
    if (one.reread || !same) tied.delete(key);
    else if (JSON.stringify(other.order) !== JSON.stringify(one.order)) tied.add(key);
    newest.set(key, one);
  }
  return { newest: [...newest.values()], tied };
}

/** Keeps what is newer than what is known; `removed` = those that stay removed until the platform has been asked. */
async function keepGroup(
  tx: Tx,
  group: Ready[],
  reread: boolean,
  loyalty: Loyalty,
): Promise<{ kept: KeptOrder[]; removed: string[] }> {
  const stored = group.map((one) => toStored(one.order, loyalty.tokens(one.program), one.described));
  const rows = await tx.prepared<KeptRow>('loyalty_keep_orders', KEEP, [
    group.map((one) => one.program),
    group.map((one) => one.store),
    stored.map((order) => order.id),
    stored.map((order) => new Date(order.at)),
    stored.map((order) => order.customer),
    stored.map((order) => new Date(order.placed)),
    JSON.stringify(stored),
    reread,
  ]);
  const byKey = new Map(stored.map((order, i) => [`${group[i]?.store}/${order.id}`, order]));
  const kept = rows.flatMap((row): KeptOrder[] => {
    const order = byKey.get(`${row.store_id}/${row.order_id}`);
    if (!order) return [];
    return [
      {
        program: row.program_id,
        store: row.store_id,
        stored: { ...order, cancelled: row.cancelled },
        isNew: row.is_new,
        previousMember: row.previous_member,
        member: row.member,
      },
    ];
  });
  return { kept, removed: rows.filter((row) => row.removed).map((row) => `${row.store_id}/${row.order_id}`) };
}

const TIES = `
  select o.store_id, o.order_id
  from rows from (unnest($1::bigint[], $2::bigint[], $3::text[], $4::timestamptz[]), jsonb_array_elements($5::jsonb))
    x(program_id, store_id, order_id, version, snapshot)
  join order_state o on o.program_id = x.program_id and o.store_id = x.store_id and o.order_id = x.order_id
  where o.version = x.version and (o.removed or o.snapshot is distinct from x.snapshot)`;

async function findTies(tx: Tx, unchanged: Ready[], loyalty: Loyalty): Promise<ArrivedOrder[]> {
  const rows = await tx.prepared<{ store_id: string; order_id: string }>('loyalty_ties', TIES, [
    unchanged.map((one) => one.program),
    unchanged.map((one) => one.store),
    unchanged.map((one) => one.order.id),
    unchanged.map((one) => new Date(one.order.at)),
    JSON.stringify(unchanged.map((one) => toStored(one.order, loyalty.tokens(one.program), one.described))),
  ]);
  const ties = new Set(rows.map((row) => `${row.store_id}/${row.order_id}`));
  return unchanged.filter((one) => ties.has(`${one.store}/${one.order.id}`));
}
