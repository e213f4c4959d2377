import type { Cart } from '../../src/rules/cart.js';
import type { KnownOrder } from '../../src/rules/known.js';
import { programRules } from '../../src/rules/program-rules.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';

/** The parts of an example file (FORMAT.md); keys that it does not name never matter. */
export type Fact = Record<string, unknown> & { kind: string; at: string; arrives?: string };
export interface Example {
  version?: number;
  id: string;
  title: string;
  program: Record<string, unknown>;
  history: Fact[];
  expect: Record<string, unknown>[];
}

export const millis = (text: unknown): number => {
  const at = Date.parse(String(text));
  if (Number.isNaN(at)) throw new Error(`not an instant: ${String(text)}`);
  return at;
};
export const instant = (text: unknown): number | null => (text === undefined || text === null ? null : millis(text));
export const num = (x: unknown): number => (x === undefined || x === null ? 0 : Number(x));
export const list = (x: unknown): Record<string, unknown>[] => (x ?? []) as Record<string, unknown>[];
export const text = (x: unknown): string | null => (x === undefined || x === null ? null : String(x));
export const taxed = (x: unknown): { net: number; tax: number } => {
  const of = (x ?? {}) as Record<string, unknown>;
  return { net: num(of.net), tax: num(of.tax) };
};

/** Letter case and a +tag do not make another mailbox. */
export function mailboxOf(address: unknown): string | null {
  const of = text(address);
  if (of === null || of === '') return null;
  const at = of.lastIndexOf('@');
  return `${of.slice(0, at).split('+')[0]}@${of.slice(at + 1)}`.toLowerCase();
}

/** Of a birthday only the day of the year matters. */
export const monthDayOf = (date: unknown): string | null => text(date)?.slice(-5) ?? null;

/** The keys of a program that the schema knows, deeply: unknown ones never matter. */
export function readProgram(program: Record<string, unknown>): ProgramRules {
  return programRules.parse(program);
}

export function readLines(lines: unknown): KnownOrder['lines'] {
  return list(lines).map((line, i) => ({
    id: String(line.id ?? i + 1),
    kind: (line.kind ?? 'product') as 'product',
    product: text(line.product),
    categories: (line.categories ?? []) as string[],
    tags: (line.tags ?? []) as string[],
    quantity: line.quantity === undefined ? 1 : num(line.quantity),
    net: num(line.net),
    tax: num(line.tax),
    discount: num(line.discount),
    ...told(line, ['variant', 'sku', 'onSale']),
  }));
}

/** What an order, a cart or a line may tell beside: absent when it does not. */
function told(fact: Record<string, unknown>, keys: readonly string[]): Record<string, never> {
  return Object.fromEntries(keys.flatMap((key) => (fact[key] === undefined ? [] : [[key, fact[key] as never]])));
}
const TOLD = [
  'gift',
  'country',
  'language',
  'payments',
  'coupons',
  'subscription',
  'company',
  'roles',
  'customerTags',
  'shippingOff',
];

export function readOrder(fact: Fact, money: ProgramRules['money']): KnownOrder {
  const mailbox = mailboxOf(fact.email ?? fact.guest);
  return {
    id: String(fact.id),
    at: millis(fact.at),
    store: text(fact.store) ?? 'main',
    channel: text(fact.channel) ?? 'web',
    customer: text(fact.customer),
    placed: millis(fact.placed ?? fact.at),
    paid: instant(fact.paid),
    fulfilled: instant(fact.fulfilled),
    cancelled: instant(fact.cancelled),
    test: fact.test === true,
    money: (fact.money as KnownOrder['money'] | undefined) ?? money,
    lines: readLines(fact.lines),
    shipping: taxed(fact.shipping),
    tip: num(fact.tip),
    outstanding: num(fact.outstanding),
    giftCardPaid: num(fact.giftCardPaid),
    refunds: list(fact.refunds).map((refund) => ({
      id: String(refund.id),
      at: millis(refund.at),
      lines: list(refund.lines).map((line) => ({
        line: String(line.line),
        quantity: num(line.quantity),
        net: num(line.net),
        tax: num(line.tax),
      })),
      shipping: taxed(refund.shipping),
      amount: num(refund.amount),
      failed: instant(refund.failed),
    })),
    disputes: list(fact.disputes).map((dispute) => ({
      id: String(dispute.id),
      kind: dispute.kind as 'inquiry' | 'chargeback',
      opened: millis(dispute.opened),
      won: instant(dispute.won),
      lost: instant(dispute.lost),
    })),
    redemptions: list(fact.redemptions).map((used) => ({ id: String(used.id), off: num(used.off) })),
    mailbox,
    phone: text(fact.phone),
    grants: {},
    ...told(fact, TOLD),
  };
}

export function readCart(cart: Record<string, unknown> | undefined, money: ProgramRules['money']): Cart {
  return {
    store: text(cart?.store) ?? 'main',
    channel: text(cart?.channel) ?? 'web',
    money: (cart?.money as Cart['money'] | undefined) ?? money,
    lines: readLines(cart?.lines),
    shipping: taxed(cart?.shipping),
    ...told(cart ?? {}, TOLD),
  };
}
