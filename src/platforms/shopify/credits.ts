import { createHash } from 'node:crypto';
import * as z from 'zod';
import { exponentOf } from '../../commerce/money.js';
import type { CreditOrder, FoundCredit } from '../../commerce/outbound-platform.js';
import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import type { ShopifyClient } from './client.js';
import { dateTime, gidOf, pageInfo } from './gid.js';
import { CREDITS, GIVE_CREDIT, STORE_CREDIT_ENABLED } from './operations.js';

const SECOND = 1_000;
const YEAR_S = 365 * 24 * 3_600;

/**
 * A credit has neither a key nor a note of ours, but an end to the second. It is ten years off, and some seconds more that
 * derive from the order's key: by them it is found again, so that a retry never gives twice.
 */
export function endOf({ key, at }: Pick<CreditOrder, 'key' | 'at'>): Millis {
  const some = createHash('sha256').update(`store credit ${key}`).digest().readUInt32BE() % YEAR_S;
  return (Math.floor(at / SECOND) + 10 * YEAR_S + some) * SECOND;
}

const money = z.object({ amount: z.union([z.string(), z.number()]).transform(Number), currencyCode: z.string() });
const transaction = z.object({
  id: z.string(),
  expiresAt: dateTime.nullish(),
  amount: money,
  remainingAmount: money,
  creditTransaction: z.object({ id: z.string() }),
});
const transactions = z.object({
  pageInfo,
  nodes: z.array(transaction.partial().extend({ createdAt: dateTime })),
});
type Transactions = z.output<typeof transactions>;
const account = z.object({ balance: z.object({ currencyCode: z.string() }), transactions });
const found = z.object({
  customer: z.object({ storeCreditAccounts: z.object({ nodes: z.array(account) }) }).nullable(),
});
const given = z.object({
  storeCreditAccountCredit: z
    .object({
      storeCreditAccountTransaction: z.object({ id: z.string() }).nullish(),
      userErrors: z.array(z.object({ code: z.string().nullish(), message: z.string() })),
    })
    .nullable(),
});
const enabled = z.object({ storeCreditConfiguration: z.object({ storeCreditEnabled: z.boolean() }) });

/** Gives the credit once, however often it is asked: what a lost answer left behind is found by its end. */
export async function giveCredit(client: ShopifyClient, order: CreditOrder): Promise<{ ref: string }> {
  const there = await findCredit(client, order);
  if (there) return there;
  const { code, exponent } = order.currency;
  const credit = {
    creditAmount: { amount: (order.off / 10 ** exponent).toFixed(exponent), currencyCode: code },
    expiresAt: new Date(endOf(order)).toISOString(),
    notify: true,
  };
  const customer = gidOf('Customer', order.customer);
  const { storeCreditAccountCredit: answer } = await client.run(GIVE_CREDIT, { customer, credit }, given);
  const made = answer?.storeCreditAccountTransaction;
  if (made) return { ref: made.id };
  const [error] = answer?.userErrors ?? [];
  throw new AppError(
    'credit_refused',
    422,
    `Shopify refused the store credit: ${error?.message ?? 'no reason given'}`,
    {
      platformCode: error?.code ?? null,
    },
  );
}

/** Newest first, as far back as it can have been given. */
export async function findCredit(client: ShopifyClient, order: CreditOrder): Promise<{ ref: string } | null> {
  const ends = endOf(order);
  for await (const nodes of pagesOf(client, order)) {
    const mine = nodes?.find(({ expiresAt, amount }) => expiresAt === ends && amount && minorOf(amount) === order.off);
    if (mine?.id !== undefined) return { ref: mine.id };
  }
  return null;
}

/** All that bear the keys of these orders of one customer: where it is more than one, it was given more than once. */
export async function findCredits(
  client: ShopifyClient,
  orders: readonly CreditOrder[],
): Promise<Map<string, FoundCredit[]> | null> {
  const by = new Map<string, FoundCredit[]>(orders.map(({ key }) => [key, []]));
  const [oldest] = [...orders].sort((a, b) => a.at - b.at);
  if (!oldest) return by;
  const keys = new Map(orders.map((order) => [endOf(order), order.key]));
  const ended = new Map<string, number>();
  for await (const nodes of pagesOf(client, oldest)) {
    if (nodes === null) return null;
    for (const { id, amount, remainingAmount, expiresAt, creditTransaction } of nodes) {
      if (creditTransaction && amount)
        ended.set(creditTransaction.id, (ended.get(creditTransaction.id) ?? 0) + Math.abs(minorOf(amount)));
      const mine = by.get(keys.get(expiresAt ?? 0) ?? '');
      if (!mine || id === undefined || !amount) continue;
      mine.push({ ref: id, off: minorOf(amount), left: remainingAmount ? minorOf(remainingAmount) : 0, ended: 0 });
    }
  }
  for (const credit of [...by.values()].flat()) credit.ended = ended.get(credit.ref) ?? 0;
  return by;
}

/** The account in the order's currency, newest first, until before it was asked for; null = there is no such customer. */
async function* pagesOf(
  client: ShopifyClient,
  { customer, currency, at }: CreditOrder,
): AsyncGenerator<Transactions['nodes'] | null> {
  for (let after: string | null = null; ;) {
    const answer: z.output<typeof found> = await client.run(
      CREDITS,
      { customer: gidOf('Customer', customer), after },
      found,
    );
    if (!answer.customer) return yield null;
    const accounts = answer.customer.storeCreditAccounts.nodes;
    const page = accounts.find(({ balance }) => balance.currencyCode === currency.code)?.transactions;
    if (!page) return;
    yield page.nodes;
    const older = page.nodes.some(({ createdAt }) => createdAt < at - 24 * 3_600 * SECOND);
    if (!page.pageInfo.hasNextPage || older) return;
    after = page.pageInfo.endCursor ?? null;
  }
}

const minorOf = ({ amount, currencyCode }: { amount: number; currencyCode: string }): number =>
  Math.round(amount * 10 ** exponentOf(currencyCode));

/** Why store credit would do nothing in this shop, in words for its owner; null when it works. */
export async function creditObstacle(client: ShopifyClient): Promise<string | null> {
  const { storeCreditConfiguration: config } = await client.run(STORE_CREDIT_ENABLED, {}, enabled);
  if (config.storeCreditEnabled) return null;
  return 'store credit is switched off: turn it on in Settings > Customer accounts, with new customer accounts.';
}
