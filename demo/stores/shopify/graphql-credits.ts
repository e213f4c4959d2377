import type { Customer } from '../shop/model.js';
import { minor } from '../shop/pricing.js';
import type { Shop } from '../shop/shop.js';
import { connection, type Paged } from './connection.js';
import { gid, idOfGid } from './ids.js';

const dateTime = (at: number): string => new Date(at).toISOString().replace(/\.\d+Z$/, 'Z');

interface CreditInput {
  creditAmount: { amount: string | number; currencyCode: string };
  expiresAt?: string;
}

/** Shopify's store credit: an account for a customer and currency, made on demand. There is no key against giving twice. */
export function creditRoot(shop: Shop): Record<string, unknown> {
  const refuse = (code: string, message: string): unknown => ({
    storeCreditAccountTransaction: null,
    userErrors: [{ code, field: ['id'], message }],
  });
  return {
    storeCreditConfiguration: () => ({ storeCreditEnabled: shop.settings.storeCredit ?? true }),
    storeCreditAccountCredit: ({ id, creditInput }: { id: string; creditInput: CreditInput }) => {
      const owner = shop.customer(idOfGid(id));
      const { amount, currencyCode } = creditInput.creditAmount;
      if (!owner) return refuse('OWNER_NOT_FOUND', 'Owner does not exist');
      if (currencyCode !== shop.settings.currency) return refuse('UNSUPPORTED_CURRENCY', 'Currency is not supported');
      if (!(Number(amount) > 0)) return refuse('NEGATIVE_OR_ZERO_AMOUNT', 'Amount must be positive');
      const expiresAt = creditInput.expiresAt ? Date.parse(creditInput.expiresAt) : null;
      if (expiresAt !== null && expiresAt <= shop.now()) return refuse('EXPIRES_AT_IN_PAST', 'Expiry is in the past');
      const credit = {
        id: shop.newId(),
        off: minor(String(amount), shop.settings.exponent),
        // to the second, as all of Shopify's instants
        expiresAt: expiresAt === null ? null : Math.floor(expiresAt / 1000) * 1000,
        at: shop.now(),
      };
      owner.credits = [...(owner.credits ?? []), credit];
      return { storeCreditAccountTransaction: creditNode(credit, shop), userErrors: [] };
    },
  };
}

type Credit = NonNullable<Customer['credits']>[number];

const money = (off: number, shop: Shop): unknown => ({
  amount: (off / 10 ** shop.settings.exponent).toFixed(shop.settings.exponent),
  currencyCode: shop.settings.currency,
});

const creditNode = (credit: Credit, shop: Shop): unknown => ({
  __typename: 'StoreCreditAccountCreditTransaction',
  id: gid('StoreCreditAccountCreditTransaction', credit.id),
  createdAt: dateTime(credit.at),
  expiresAt: credit.expiresAt === null ? null : dateTime(credit.expiresAt),
  amount: money(credit.off, shop),
  remainingAmount: money(leftOf(credit), shop),
});

const leftOf = ({ off, spent = 0, ended = 0 }: Credit): number => off - spent - ended;

/** What moved in the account: each credit, then what was spent of it or ended. */
const movesOf = (credit: Credit, shop: Shop): unknown[] => {
  const less = (of: number | undefined, kind: string, more: object = {}) =>
    of
      ? [
          {
            __typename: `StoreCreditAccount${kind}Transaction`,
            createdAt: dateTime(credit.at),
            amount: money(-of, shop),
            ...more,
          },
        ]
      : [];
  return [
    creditNode(credit, shop),
    ...less(credit.spent, 'Debit'),
    ...less(credit.ended, 'Expiration', { creditTransaction: creditNode(credit, shop) }),
  ];
};

export function creditAccounts(customer: Customer, shop: Shop): (args: Paged) => unknown {
  const credits = customer.credits ?? [];
  const account = {
    id: gid('StoreCreditAccount', customer.id),
    balance: money(
      credits.reduce((sum, credit) => sum + leftOf(credit), 0),
      shop,
    ),
    transactions: (args: Paged & { reverse?: boolean }) => {
      const nodes = credits.flatMap((credit) => movesOf(credit, shop));
      return connection(args.reverse ? nodes.reverse() : nodes, args);
    },
  };
  return (args) => connection(credits.length > 0 ? [account] : [], args);
}
