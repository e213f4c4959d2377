import type { CustomerState } from '../commerce/inbound-platform.js';
import type { OrderSnapshot } from '../commerce/order.js';
import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import { type Database, type Tx, inTransaction } from '../db/database.js';
import type { Cart } from '../rules/cart.js';
import type { StoreRef } from './context.js';
import { whatProgramsAsk } from './known-products.js';

/** What is known of a store's customers, by `<store>/<customer>`. */
export type KnownCustomers = ReadonlyMap<string, Required<Pick<OrderSnapshot, 'roles' | 'customerTags'>>>;

const READ = `
  select c.store_id, c.customer, c.roles, c.tags
  from unnest($1::bigint[], $2::bigint[], $3::text[]) x(program_id, store_id, customer)
  join customer_state c on c.program_id = x.program_id and c.store_id = x.store_id and c.customer = x.customer`;

export async function knownCustomers(
  tx: Tx,
  refs: readonly (StoreRef & { customer: string })[],
): Promise<KnownCustomers> {
  if (refs.length === 0) return new Map();
  const rows = await tx.prepared<{ store_id: string; customer: string; roles: string[]; tags: string[] }>(
    'loyalty_known_customers',
    READ,
    [refs.map((one) => one.program), refs.map((one) => one.store), refs.map((one) => one.customer)],
  );
  return new Map(
    rows.map(({ store_id, customer, roles, tags }) => [`${store_id}/${customer}`, { roles, customerTags: tags }]),
  );
}

const KEEP = `
  insert into customer_state as c (program_id, store_id, customer, roles, tags, version) values ($1, $2, $3, $4, $5, $6)
  on conflict (program_id, store_id, customer) do update set roles = excluded.roles, tags = excluded.tags,
    version = excluded.version
  where c.version <= excluded.version`;

const FORGET = `
  delete from customer_state where program_id = $1 and store_id = $2 and customer = $3 and version < $4`;

/**
 * Keeps the newest of what the shop makes of a customer, if rules of the program ask for it. Orders already known keep what
 * they were judged with. News that does not tell it (Shopify's bodies leave tags out) makes the customer unknown: the
 * platform is asked again with their next order.
 */
export async function keepCustomer(tx: Tx, ref: StoreRef, customer: CustomerState): Promise<void> {
  const { id, at, roles, tags } = customer;
  if (!(await whatProgramsAsk(tx, [ref.program])).ofCustomers.has(ref.program)) return;
  const key = [ref.program, ref.store, id];
  if (roles === null || tags === null) await tx.prepared('loyalty_forget_buyer', FORGET, [...key, new Date(at)]);
  else await tx.prepared('loyalty_keep_buyer', KEEP, [...key, roles, tags, new Date(at)]);
}

/**
 * Reads through the platform the customers of these orders that are not known yet, if the program's rules ask for what only
 * they tell. Call it outside of any transaction, before the orders are applied.
 */
export async function learnCustomers(
  db: Database,
  platform: OutboundPlatform,
  ref: StoreRef,
  orders: readonly Pick<OrderSnapshot, 'customer'>[],
): Promise<void> {
  const within = <T>(fn: (tx: Tx) => Promise<T>): Promise<T> => inTransaction(db, { programs: [ref.program] }, fn);
  const customers = [...new Set(orders.flatMap(({ customer }) => customer ?? []))];
  const missing = await within(async (tx) => {
    if (!(await whatProgramsAsk(tx, [ref.program])).ofCustomers.has(ref.program)) return [];
    const known = await knownCustomers(
      tx,
      customers.map((customer) => ({ ...ref, customer })),
    );
    return customers.filter((customer) => !known.has(`${ref.store}/${customer}`));
  });
  for (const id of missing) {
    const customer = await platform.fetchCustomer(id);
    const nobody = { id, at: 0, email: null, phone: null, name: null, emailVerified: false, roles: [], tags: [] };
    await within((tx) => keepCustomer(tx, ref, customer ?? nobody));
  }
}

/** A cart that says of its customer what an order would (T15). */
export async function describeBuyer(tx: Tx, ref: StoreRef, customer: string | null, cart: Cart): Promise<Cart> {
  if (customer === null || !(await whatProgramsAsk(tx, [ref.program])).ofCustomers.has(ref.program)) return cart;
  return { ...cart, ...(await knownCustomers(tx, [{ ...ref, customer }])).get(`${ref.store}/${customer}`) };
}
