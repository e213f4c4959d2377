import * as z from 'zod';
import type { CustomerState } from '../../commerce/inbound-platform.js';
import type { BalanceMirror } from '../../commerce/outbound-platform.js';
import { nonsense } from '../failures.js';
import type { ShopifyClient } from './client.js';
import { dateTime, gid, gidOf } from './gid.js';
import { BALANCES, CUSTOMER, SET_METAFIELDS } from './operations.js';

const answer = z.object({
  customer: z
    .object({
      id: gid('Customer'),
      updatedAt: dateTime,
      firstName: z.string().nullish(),
      lastName: z.string().nullish(),
      verifiedEmail: z.boolean().nullish(),
      tags: z.array(z.string()),
      defaultEmailAddress: z.object({ emailAddress: z.string() }).nullish(),
      defaultPhoneNumber: z.object({ phoneNumber: z.string() }).nullish(),
    })
    .nullable(),
});

/** Name, e-mail and phone are null where the shop's owner has not let us see them. */
export async function fetchCustomer(client: ShopifyClient, id: string): Promise<CustomerState | null> {
  const { customer } = await client.run(CUSTOMER, { id: gidOf('Customer', id) }, answer);
  if (!customer) return null;
  return {
    id: customer.id,
    at: customer.updatedAt,
    email: customer.defaultEmailAddress?.emailAddress ?? null,
    phone: customer.defaultPhoneNumber?.phoneNumber ?? null,
    name: [customer.firstName, customer.lastName].filter(Boolean).join(' ') || null,
    emailVerified: customer.verifiedEmail === true,
    roles: [],
    tags: customer.tags,
  };
}

/** Metafields of one call: a customer has two. */
const MOST = 12;
const balancesAnswer = z.object({
  nodes: z.array(
    z
      .object({
        id: gid('Customer'),
        metafield: z.object({ value: z.string(), compareDigest: z.string() }).nullish(),
        perks: z.object({ value: z.string() }).nullish(),
      })
      .nullable(),
  ),
});
const setAnswer = z.object({
  metafieldsSet: z
    .object({
      userErrors: z.array(
        z.object({ code: z.string().nullish(), message: z.string(), elementIndex: z.int().nullish() }),
      ),
    })
    .nullable(),
});
const kept = z.object({ version: z.string().regex(/^\d+$/) });

/**
 * Writes each balance into the customer's metafield `tallymark.balance`, unless a newer one is there. What was read is
 * what is replaced (compareDigest): when somebody else wrote in between, it is read again. Beside it stands what the
 * customer's standing takes off (`noteOf`, null = nothing is said of it), in a metafield that is ours alone.
 */
export async function mirrorBalances(
  client: ShopifyClient,
  balances: readonly BalanceMirror[],
  noteOf: (balance: BalanceMirror) => string | null,
): Promise<void> {
  for (let from = 0; from < balances.length; from += MOST) {
    const some = balances.slice(from, from + MOST);
    for (let tries = 0; !(await writeOnce(client, some, noteOf)); tries += 1) {
      if (tries === 3) throw nonsense('metafields', 'they change faster than they can be written');
    }
  }
}

/** False = something else was written in between. */
async function writeOnce(
  client: ShopifyClient,
  balances: readonly BalanceMirror[],
  noteOf: (balance: BalanceMirror) => string | null,
): Promise<boolean> {
  const ids = balances.map(({ customer }) => gidOf('Customer', customer));
  const { nodes } = await client.run(BALANCES, { ids }, balancesAnswer);
  const there = new Map(nodes.flatMap((node) => (node ? [[node.id, node] as const] : [])));
  const metafields = balances.flatMap(({ customer, ...balance }) => {
    const node = there.get(customer);
    if (node === undefined) return [];
    const known = node.metafield ?? null;
    const notes = notesFor(customer, node.perks?.value ?? null, noteOf({ customer, ...balance }));
    const version = known && versionOf(known.value);
    if (version !== null && BigInt(balance.version) <= BigInt(version)) return notes;
    const { available, pending, label } = balance;
    const value = JSON.stringify({ available, pending, version: balance.version, label });
    const place = { ownerId: gidOf('Customer', customer), namespace: 'tallymark', key: 'balance', type: 'json' };
    return [{ ...place, value, compareDigest: known?.compareDigest ?? null }, ...notes];
  });
  if (metafields.length === 0) return true;
  const { metafieldsSet } = await client.run(SET_METAFIELDS, { metafields }, setAnswer);
  const errors = metafieldsSet?.userErrors ?? [];
  if (errors.some(({ code }) => code === 'STALE_OBJECT' || code === 'INVALID_COMPARE_DIGEST')) return false;
  // a customer who was deleted meanwhile spoils the whole batch: without them it is tried again
  if (errors.length > 0) throw nonsense('metafields', errors[0]?.message ?? 'refused');
  return true;
}

/** A metafield cannot be empty: who has no perk any longer gets a note that says so. */
const NO_PERKS = 'none';

function notesFor(customer: string, there: string | null, note: string | null): object[] {
  const wanted = note === '' ? NO_PERKS : note;
  if (wanted === null || wanted === there || (wanted === NO_PERKS && there === null)) return [];
  const place = { ownerId: gidOf('Customer', customer), namespace: '$app', key: 'perks' };
  return [{ ...place, type: 'single_line_text_field', value: wanted }];
}

function versionOf(value: string): string | null {
  try {
    return kept.safeParse(JSON.parse(value)).data?.version ?? null;
  } catch {
    return null;
  }
}
