import { exponentOf } from '../../src/commerce/money.js';
import type { OrderSnapshot } from '../../src/commerce/order.js';
import { type Example, type Fact, list, num, readOrder, readProgram, text } from '../support/read-example.js';

/**
 * The names of an example as a platform has them: numbers, in the same order (what ties are broken by), and back again.
 */
export class Numbered {
  /** A body that was seen under another shop is refused: every example has numbers of its own. */
  private static played = 0;
  private readonly orders: Map<string, string>;
  private readonly customers: Map<string, string>;
  private readonly products: Map<string, string>;
  private readonly lines = new Map<string, string>();
  /** What the product calls a thing (a lot, a decision) and what the example does. */
  readonly names = new Map<string, string>();
  readonly stores: string[];

  constructor(example: Example) {
    const { history } = example;
    const orders = history.filter(({ kind }) => kind === 'order');
    this.orders = numbersOf(
      orders.map(({ id }) => String(id)),
      100_000 + 1_000 * Numbered.played++,
    );
    this.customers = numbersOf(
      history.flatMap((fact) => [
        ...(fact.customer === undefined || fact.customer === null ? [] : [String(fact.customer)]),
        ...((fact.customers ?? []) as string[]),
        ...(fact.member === undefined ? [] : [ownCustomer(String(fact.member))]),
      ]),
      5_000,
    );
    this.products = numbersOf(
      [...namesUnder(example, 'product'), ...namesUnder(example, 'products'), ...namesUnder(example, 'notProducts')],
      9_000,
    );
    this.stores = [
      ...new Set([
        'main',
        ...orders.map((fact) => text(fact.store) ?? 'main'),
        ...namesUnder(example, 'store'),
        ...namesUnder(example, 'stores'),
      ]),
    ].sort();
  }

  customer(name: string): string {
    return this.customers.get(name) ?? '999999';
  }

  product(name: string): string {
    return this.products.get(name) ?? '888888';
  }

  order(name: string): string {
    return this.orders.get(name) ?? '777777';
  }

  /** A line of an order; the same id in its refunds is the same number. */
  line(order: string, id: string): string {
    const key = `${order}/${id}`;
    const known = this.lines.get(key);
    if (known) return known;
    const number = `${this.order(order)}${String(this.lines.size + 1).padStart(3, '0')}`;
    this.lines.set(key, number);
    this.names.set(`line:${number}`, id);
    return number;
  }

  /** The example's rules with products by number and stores as the product names them. */
  rules(program: Record<string, unknown>, storeOf: (name: string) => string) {
    return readProgram(
      renamed(program, (key, name) => {
        if (key === 'products' || key === 'notProducts' || key === 'product') return this.product(name);
        return key === 'stores' ? storeOf(name) : name;
      }) as Record<string, unknown>,
    );
  }

  /** An order of the history as a platform would tell it; `codeOf` = the text of a redemption's code. */
  snapshot(
    fact: Fact,
    money: { code: string; exponent: number },
    codeOf: (redemption: string) => string,
  ): OrderSnapshot {
    const { store: _store, mailbox: _mailbox, grants: _grants, redemptions, ...order } = readOrder(fact, money);
    const name = order.id;
    return {
      ...order,
      id: this.order(name),
      name: `#${this.order(name)}`,
      customer: order.customer === null ? null : this.customer(order.customer),
      email: text(fact.email ?? fact.guest),
      lines: order.lines.map((line) => ({
        ...line,
        id: this.line(name, line.id),
        product: line.product === null ? null : this.product(line.product),
      })),
      refunds: order.refunds.map((refund, i) => ({
        ...refund,
        id: `${this.order(name)}${500 + i}`,
        lines: refund.lines.map((line) => ({ ...line, line: this.line(name, line.line) })),
      })),
      codes: redemptions.map(({ id, off }) => ({ code: codeOf(id), off })),
      referral: null,
    };
  }

  /** A cart as the storefront sends it. */
  cart(of: unknown, money: { code: string; exponent: number }): { store: string; wire: Record<string, unknown> } {
    const cart = (of ?? {}) as Record<string, unknown>;
    const { code, exponent } = (cart.money as typeof money | undefined) ?? money;
    const amount = (x: unknown) => inUsualDecimals(num(x), exponent, exponentOf(code));
    const lines = list(cart.lines).map((line, i) => ({
      id: String(line.id ?? i + 1),
      kind: line.kind ?? 'product',
      product: text(line.product) === null ? null : this.product(String(line.product)),
      categories: line.categories ?? [],
      tags: line.tags ?? [],
      quantity: line.quantity === undefined ? 1 : num(line.quantity),
      net: amount(line.net),
      tax: amount(line.tax),
      discount: amount(line.discount),
    }));
    const shipping = (cart.shipping ?? {}) as Record<string, unknown>;
    return {
      store: text(cart.store) ?? 'main',
      wire: {
        currency: code,
        channel: text(cart.channel) ?? 'web',
        lines,
        shipping: { net: amount(shipping.net), tax: amount(shipping.tax) },
      },
    };
  }
}

/** A storefront counts in the minor units that a currency has; a cart of other ones is the same if it comes out whole. */
function inUsualDecimals(minor: number, exponent: number, usual: number): number {
  const amount = minor * 10 ** (usual - exponent);
  if (!Number.isSafeInteger(amount)) throw new Error(`no storefront has a cart of ${minor} with ${exponent} decimals`);
  return amount;
}

/** The customer of a member who has none in the example. */
export const ownCustomer = (member: string): string => `own customer of ${member}`;

function numbersOf(names: string[], base: number): Map<string, string> {
  return new Map([...new Set(names)].sort().map((name, i) => [name, String(base + i + 1)]));
}

function namesUnder(of: unknown, wanted: string): string[] {
  if (of === null || typeof of !== 'object') return [];
  return Object.entries(of).flatMap(([key, value]) => {
    if (key !== wanted) return namesUnder(value, wanted);
    return (Array.isArray(value) ? value : [value]).filter((one) => typeof one === 'string');
  });
}

function renamed(of: unknown, rename: (key: string, name: string) => string, key = ''): unknown {
  if (typeof of === 'string') return rename(key, of);
  if (Array.isArray(of)) return of.map((one) => renamed(one, rename, key));
  if (of === null || typeof of !== 'object') return of;
  return Object.fromEntries(Object.entries(of).map(([name, value]) => [name, renamed(value, rename, name)]));
}
