import * as z from 'zod';
import type { CustomerState } from '../../commerce/inbound-platform.js';
import type { BalanceMirror } from '../../commerce/outbound-platform.js';
import { nonsense } from '../failures.js';
import { customer, expect } from './answers.js';
import type { WooAnswer, WooClient } from './client.js';
import type { StoreMoney } from './orders.js';
import { PERKS_META, writePerks } from './perks-note.js';

/** WooCommerce drops, without a word, what REST writes under a key that begins with an underscore. */
export const BALANCE_META = 'tallymark_balance';
const BATCH = 100;

/** WooCommerce does not check mailboxes, so it vouches for none. */
export async function fetchCustomer(client: WooClient, id: string): Promise<CustomerState | null> {
  const answer = await client.get(`customers/${id}`);
  if (answer.status === 404 || answer.status === 400) return null;
  const found = expect(customer, answer.body, 'customer');
  return {
    id: found.id,
    at: found.date_modified_gmt ?? found.date_created_gmt ?? 0,
    email: found.email || null,
    phone: found.billing?.phone || null,
    name: [found.first_name, found.last_name].filter(Boolean).join(' ') || null,
    emailVerified: false,
    roles: found.role ? [found.role] : [],
    tags: [],
  };
}

/**
 * Writes each balance into the customer's meta data, unless a newer one is there, and what their standing takes off: that has no
 * version, the last word holds. Customers who are gone are passed over.
 */
export async function mirrorBalances(
  client: WooClient,
  store: StoreMoney,
  balances: readonly BalanceMirror[],
): Promise<void> {
  for (let from = 0; from < balances.length; from += BATCH) {
    const some = balances.slice(from, from + BATCH);
    const include = some.map((each) => each.customer).join(',');
    const answer = await client.get('customers', { include, role: 'all', per_page: BATCH });
    const there = new Map(expect(z.array(customer), answer.body, 'customers').map((each) => [each.id, each]));
    const update = some.flatMap((balance) => {
      const known = there.get(balance.customer);
      const meta_data = known ? [...balanceFor(known, balance), ...perksFor(known, balance, store)] : [];
      return meta_data.length > 0 ? [{ id: Number(balance.customer), meta_data }] : [];
    });
    if (update.length > 0) checkWritten(await client.post('customers/batch', { update }));
  }
}

type Known = z.output<typeof customer>;
interface Meta {
  key: string;
  /** Null takes it away. */
  value: string | null;
}

function balanceFor(known: Known, { available, pending, version, label }: BalanceMirror): Meta[] {
  if (!isNewer(version, versionOf(known))) return [];
  return [{ key: BALANCE_META, value: JSON.stringify({ available, pending, version, label }) }];
}

function perksFor(known: Known, { perks }: BalanceMirror, store: StoreMoney): Meta[] {
  const [there, wanted] = [metaOf(known, PERKS_META) ?? null, writePerks(perks, store)];
  return there === wanted ? [] : [{ key: PERKS_META, value: wanted }];
}

const metaOf = (known: Known, key: string): unknown => known.meta_data?.find((each) => each.key === key)?.value;

const batchAnswer = z.object({ update: z.array(z.union([customer, z.object({ error: z.unknown() })])) });

/** Each customer is answered as it is now; who went meanwhile is answered with an error and passed over. */
function checkWritten({ body }: WooAnswer): void {
  for (const one of expect(batchAnswer, body, 'customers/batch').update) {
    if ('id' in one && versionOf(one) === null) throw nonsense('customers/batch', `${BALANCE_META} was not kept`);
  }
}

const kept = z.object({ version: z.string().regex(/^\d+$/) });

function versionOf(known: Known): string | null {
  const value = metaOf(known, BALANCE_META);
  try {
    const parsed = kept.safeParse(typeof value === 'string' ? JSON.parse(value) : value);
    return parsed.success ? parsed.data.version : null;
  } catch {
    return null;
  }
}

const isNewer = (version: string, than: string | null): boolean => than === null || BigInt(version) > BigInt(than);
