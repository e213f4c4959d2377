import { isDeepStrictEqual } from 'node:util';
import type { Untold } from '../src/commerce/inbound-platform.js';
import type { OrderSnapshot } from '../src/commerce/order.js';
import { type Database, type Tx, inTransaction } from '../src/db/database.js';
import type { SealingKey } from '../src/lib/key-file.js';
import type { Loyalty } from '../src/loyalty/context.js';
import { completed } from '../src/loyalty/keep-orders.js';
import { type StoredOrder, toStored } from '../src/loyalty/stored-order.js';
import type { ClaimedRow } from './claim.js';
import { readStore, STORE_COLUMNS } from './read-store.js';
import { providerOf } from './reviews/index.js';
import { readDelivery } from './sealed-body.js';

export interface DeliveryDifference {
  store: string;
  order: string;
  /** In words: what a delivery says that we do not hold. */
  why: string;
}

export interface DeliveryReport {
  /** Deliveries whose body was still there. */
  read: number;
  orders: number;
  differences: DeliveryDifference[];
}

/** All deliveries of an order that tell its newest state. */
interface Newest {
  store: string;
  at: number;
  told: { order: OrderSnapshot; untold: readonly Untold[] }[];
}

const PAGE = 500;
const READ = `select i.id, i.program_id as program, i.store_id as store, topic, delivery_key as key, subject, body_hash as hash, body,
  null::float8 as triggered, (extract(epoch from received_at) * 1000)::float8 as received, attempts, ${STORE_COLUMNS}
from inbox i left join store s on s.id = i.store_id
where i.program_id = $1 and i.status = 1 and body is not null and i.id > $2 order by i.id limit $3`;

/**
 * Reads every settled delivery of a program again whose body is still kept, and compares the newest snapshot of each order
 * with the one we hold. Ours may be newer (it was read through the platform); it may not be older, other, or missing.
 */
export async function compareDeliveries(
  db: Database,
  program: string,
  { keys, loyalty }: { keys: readonly SealingKey[]; loyalty: Loyalty },
  onProgress: (read: number) => void = () => {},
): Promise<DeliveryReport> {
  const newest = new Map<string, Newest>();
  let read = 0;
  for (let after = '0', more = true; more;) {
    const rows = await inTransaction(db, { programs: [program] }, async (tx) => {
      const page = await tx.prepared<ClaimedRow>('inbox_reread', READ, [program, after, PAGE]);
      keepNewest(page, keys, newest);
      return page;
    });
    read += rows.length;
    after = rows.at(-1)?.id ?? after;
    more = rows.length === PAGE;
    onProgress(read);
  }
  const all = [...newest];
  const differences: DeliveryDifference[] = [];
  for (let i = 0; i < all.length; i += PAGE) {
    const page = all.slice(i, i + PAGE);
    differences.push(
      ...(await inTransaction(db, { programs: [program] }, (tx) => comparePage(tx, program, page, loyalty))),
    );
  }
  return { read, orders: newest.size, differences };
}

function keepNewest(rows: readonly ClaimedRow[], keys: readonly SealingKey[], newest: Map<string, Newest>): void {
  for (const row of rows) {
    const store = readStore(row);
    if (!store || providerOf(row.topic) !== null) continue;
    const reading = readDelivery(row, store.platform, store.known, keys);
    if (reading.kind !== 'order') continue;
    const { order, untold } = reading;
    const key = `${row.store}/${order.id}`;
    const before = newest.get(key);
    if (before && before.at > order.at) continue;
    const told = before?.at === order.at ? before.told : [];
    newest.set(key, { store: row.store, at: order.at, told: [...told, { order, untold }] });
  }
}

const HELD = `
  select o.store_id, o.snapshot, o.removed from unnest($2::bigint[], $3::text[]) x(store_id, order_id)
  join order_state o on o.program_id = $1 and o.store_id = x.store_id and o.order_id = x.order_id`;

async function comparePage(
  tx: Tx,
  program: string,
  page: readonly (readonly [string, Newest])[],
  loyalty: Loyalty,
): Promise<DeliveryDifference[]> {
  const idOf = (key: string) => key.slice(key.indexOf('/') + 1);
  const rows = await tx.prepared<{ store_id: string; snapshot: StoredOrder; removed: boolean }>('inbox_held', HELD, [
    program,
    page.map(([, { store }]) => store),
    page.map(([key]) => idOf(key)),
  ]);
  const held = new Map(rows.map((row) => [`${row.store_id}/${row.snapshot.id}`, row]));
  return page.flatMap(([key, told]) => {
    const ours = held.get(key);
    const why = ours?.removed ? null : whyDifferent(told, ours?.snapshot, program, loyalty);
    return why === null ? [] : [{ store: told.store, order: idOf(key), why }];
  });
}

function whyDifferent(
  { store, at, told }: Newest,
  ours: StoredOrder | undefined,
  program: string,
  loyalty: Loyalty,
): string | null {
  if (!ours) return 'it was delivered and we do not hold it';
  if (ours.at > at) return null;
  if (ours.at < at) return `its state of ${iso(at)} was delivered, ours is of ${iso(ours.at)}`;
  const tokens = loyalty.tokens(program);
  const differing = told.map(({ order, untold }) =>
    fieldsApart(
      JSON.parse(
        JSON.stringify(toStored(completed({ program, store, order, untold, reread: false }, ours, loyalty), tokens)),
      ) as StoredOrder,
      ours,
    ),
  );
  const closest = differing.sort((a, b) => a.length - b.length)[0] ?? [];
  return closest.length === 0 ? null : `no delivery of its newest state agrees with ours in: ${closest.join(', ')}`;
}

/**
 * Refunds come and go at a platform without a new version of their order: they are read through its API. An order that was
 * kept before names were is no other order.
 */
function fieldsApart(theirs: StoredOrder, ours: StoredOrder): string[] {
  const fields = new Set([...Object.keys(theirs), ...Object.keys(ours)]) as Set<keyof StoredOrder>;
  fields.delete('refunds');
  if (ours.name === undefined) fields.delete('name');
  return [...fields].filter((field) => !isDeepStrictEqual(theirs[field], ours[field]));
}

const iso = (at: number): string => new Date(at).toISOString();
