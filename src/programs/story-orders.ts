import type { Currency } from '../commerce/order.js';
import type { Millis } from '../lib/clock.js';
import type { Cart } from '../rules/cart.js';
import type { KnownOrder } from '../rules/known.js';
import type { Step } from './story.js';

type OrderStep = Extract<Step, { kind: 'order' }>;
type RedeemStep = Extract<Step, { kind: 'redeem' }>;

/** An order of a story, and when it is paid and sent, which may be later than what was told so far. */
export interface StoryOrder {
  order: KnownOrder;
  paid: Millis | null;
  sent: Millis | null;
}

/** The order as it stands at an instant. */
export function orderAt({ order, paid, sent }: StoryOrder, now: Millis): KnownOrder {
  return { ...order, at: now, paid: until(paid, now), fulfilled: until(sent, now) };
}

const until = (at: Millis | null, now: Millis): Millis | null => (at !== null && at <= now ? at : null);

export function toOrder(
  step: OrderStep,
  money: Currency,
  placed: Millis,
  redemptions: KnownOrder['redemptions'],
): KnownOrder {
  const lines = step.lines ?? [{ ...PLAIN, amount: step.amount ?? 0 }];
  return {
    id: step.id,
    at: placed,
    store: step.store,
    channel: step.channel,
    customer: step.member,
    placed,
    paid: null,
    fulfilled: null,
    cancelled: null,
    test: false,
    money: step.currency ?? money,
    lines: lines.map((line, i) => {
      const { amount, id, product, kind, categories, tags, quantity, tax, discount } = line;
      const told = toldOf(line, ['variant', 'sku', 'onSale']);
      const of = { kind, categories, tags, quantity, tax, discount, net: amount };
      return { ...of, ...told, id: id ?? String(i + 1), product: product ?? null };
    }),
    shipping: { net: step.shipping, tax: 0 },
    tip: 0,
    outstanding: 0,
    giftCardPaid: step.giftCardPaid,
    refunds: [],
    disputes: [],
    redemptions,
    mailbox: null,
    phone: null,
    grants: {},
    ...(step.shippingOff !== undefined && { shippingOff: { amount: step.shippingOff, code: null } }),
    ...toldOf(step, ['country', 'language', 'payments', 'subscription', 'company', 'roles', 'customerTags', 'coupons']),
  };
}

/** What is told of something and nothing else: what is absent was not told. */
function toldOf<T extends object, K extends keyof T>(of: T, names: readonly K[]): { [N in K]?: NonNullable<T[N]> } {
  return Object.fromEntries(names.flatMap((name) => (of[name] === undefined ? [] : [[name, of[name]]]))) as {
    [N in K]?: NonNullable<T[N]>;
  };
}

const PLAIN: NonNullable<OrderStep['lines']>[number] = {
  ...{ kind: 'product', categories: [], tags: [], quantity: 1 },
  ...{ amount: 0, tax: 0, discount: 0 },
};

/** A cart of one thing. */
export function toCart({ cart, product }: RedeemStep, money: Currency): Cart {
  const line = { id: '1', product: product ?? null, net: cart, tax: 0, discount: 0, quantity: 1 };
  return {
    store: 'main',
    channel: 'web',
    money,
    lines: [{ ...line, kind: 'product', categories: [], tags: [] }],
    shipping: { net: 0, tax: 0 },
  };
}
