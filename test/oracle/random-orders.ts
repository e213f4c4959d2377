import type { Dice } from './dice.js';
import type { OrderBeyond } from './beyond.js';
import type { OrderEvent, WrittenLine } from './format.js';
import { CATEGORIES, PRODUCTS, TAGS } from './random-program.js';
import { COUNTRIES, COUPONS, CUSTOMER_TAGS, LANGUAGES, PAYMENTS, ROLES, SKUS, VARIANTS } from './random-words.js';
import { MINUTE, newCustomer, tell, written, type Scene } from './random-scene.js';

function randomLine(roll: Dice, id: string, tells: boolean): WrittenLine {
  const net = roll.pick([0, 99, 1000, 2550, 6000, 12345]);
  const kind = roll.pick(['product', 'product', 'product', 'product', 'product', 'gift-card', 'tip', 'fee'] as const);
  return {
    id,
    kind,
    product: kind === 'product' ? roll.pick(PRODUCTS) : kind,
    categories: roll.some(CATEGORIES, 0.4),
    tags: roll.some(TAGS, 0.2),
    quantity: roll.int(1, 3),
    net,
    tax: roll.chance(0.5) ? 0 : Math.floor(net / 5),
    discount: roll.chance(0.3) ? 250 : 0,
    ...(tells && roll.chance(0.5) ? { variant: roll.pick(VARIANTS), sku: roll.pick(SKUS) } : {}),
    ...(tells && roll.chance(0.3) ? { onSale: true } : {}),
  };
}

/** The second has a booked rate in some programs, the third in none. */
const MONEYS = [
  { code: 'EUR', exponent: 3 },
  { code: 'JPY', exponent: 0 },
  { code: 'HUF', exponent: 2 },
];

/** What some platforms tell beside. */
const told = (roll: Dice): OrderBeyond => ({
  ...(roll.chance(0.6) ? { country: roll.pick(COUNTRIES), language: roll.pick(LANGUAGES) } : {}),
  ...(roll.chance(0.6) ? { payments: roll.some(PAYMENTS, 0.6) } : {}),
  ...(roll.chance(0.3) ? { coupons: [roll.pick(COUPONS)] } : {}),
  ...(roll.chance(0.2) ? { subscription: true } : {}),
  ...(roll.chance(0.1) ? { company: true } : {}),
  ...(roll.chance(0.2) ? { shippingOff: { amount: roll.pick([495, 1, null]), code: null } } : {}),
  ...(roll.chance(0.4) ? { roles: roll.some(ROLES, 0.5), customerTags: roll.some(CUSTOMER_TAGS, 0.5) } : {}),
});

export function newOrder(scene: Scene): void {
  const { roll, now } = scene;
  const id = `O${scene.orders.size + 1}`;
  const referred = scene.events.flatMap((event) => (event.kind === 'referral' ? [event.customer] : []));
  const customers = [...scene.members.flatMap((member) => member.customers), ...referred.slice(-1)];
  const whose = roll.chance(0.85) ? roll.pick(customers) : roll.chance(0.5) ? newCustomer(scene) : null;
  const paid = roll.chance(0.85) ? written(now) : null;
  const code = roll.chance(0.35) && scene.reservations.length > 0 ? roll.pick(scene.reservations.slice(-3)) : null;
  const reward = code && scene.program.rewards?.find((candidate) => candidate.id === code.reward);
  const off =
    reward?.kind === 'amount-off'
      ? roll.pick([500, 500, 301, 0])
      : reward?.kind === 'slider'
        ? code
          ? code.points * 10
          : 0
        : 0;
  const snapshot: OrderEvent = {
    kind: 'order',
    id,
    at: written(now),
    customer: whose,
    ...(whose === null ? { guest: roll.pick(['guest@shop.test', 'm1@shop.test']) } : {}),
    channel: roll.pick(['web', 'web', 'pos']),
    placed: written(now - (roll.chance(0.2) ? roll.int(-5, 60) * MINUTE : 0)),
    paid,
    fulfilled: paid && roll.chance(0.4) ? written(now) : null,
    lines: Array.from({ length: roll.int(1, 3) }, (_, index) => randomLine(roll, String(index + 1), scene.beyond)),
    shipping: roll.chance(0.5) ? { net: 495, tax: 104 } : {},
    tip: roll.chance(0.1) ? 300 : 0,
    giftCardPaid: roll.chance(0.1) ? 500 : 0,
    ...(roll.chance(0.08) ? { money: roll.pick(MONEYS) } : {}),
    ...(roll.chance(0.08) ? { store: 'second' } : {}),
    ...(scene.beyond ? told(roll) : {}),
    ...(roll.chance(0.15) ? { store: 'second' } : {}),
    ...(whose !== null && roll.chance(0.1)
      ? { email: roll.pick(['m1+gift@shop.test', 'M2@shop.test', 'other@shop.test']) }
      : {}),
    ...(roll.chance(0.05) ? { phone: '+31611111111' } : {}),
    ...(roll.chance(0.03) ? { test: true } : {}),
    ...(code ? { redemptions: [{ id: code.id, off }] } : {}),
  };
  scene.orders.set(id, { snapshot, claimed: false });
  tell(scene, snapshot, true);
}

/** One thing happens to an order that is not wholly over; the shop tells the whole of it again. */
export function editedOrder(scene: Scene): void {
  const { roll, now } = scene;
  const drafts = [...scene.orders.values()];
  if (drafts.length === 0) return;
  const draft = roll.pick(drafts.slice(-6));
  const at = written(now);
  const changed = change(scene, roll, draft.snapshot, at);
  if (!changed) return;
  const stale = draft.snapshot;
  draft.snapshot = { ...draft.snapshot, ...changed, at };
  tell(scene, draft.snapshot, true);
  if (roll.chance(0.05)) scene.events.push({ ...stale, arrives: written(now + roll.int(0, 5000) * MINUTE) });
}

const firstOpen = (order: OrderEvent) => (order.disputes ?? []).find((dispute) => !dispute.won && !dispute.lost);

function change(scene: Scene, roll: Dice, order: OrderEvent, at: string): Partial<OrderEvent> | null {
  if (!order.paid) return roll.chance(0.8) ? { paid: at } : { cancelled: at };
  const refunds = order.refunds ?? [];
  const refundId = `r${refunds.length + 1}`;
  const line = roll.pick(order.lines);
  const open = firstOpen(order);
  switch (roll.int(0, 11)) {
    case 0:
    case 1:
      return order.fulfilled ? null : { fulfilled: at };
    case 2:
    case 3: {
      const quantity = roll.int(1, line.quantity ?? 1);
      const share = quantity / (line.quantity ?? 1);
      const part = {
        line: line.id,
        quantity,
        net: Math.floor((line.net ?? 0) * share),
        tax: Math.floor((line.tax ?? 0) * share),
      };
      return { refunds: [...refunds, { id: refundId, at, lines: [part] }] };
    }
    case 4:
    case 5:
      return { refunds: [...refunds, { id: refundId, at, amount: roll.pick([1, 100, 777, 3000, 20000]) }] };
    case 6: {
      const standing = refunds.find((refund) => !refund.failed);
      if (!standing) return { refunds: [...refunds, { id: refundId, at, shipping: { net: 495, tax: 104 } }] };
      if (roll.chance(0.2)) return { refunds: refunds.filter((refund) => refund !== standing) };
      return { refunds: refunds.map((refund) => (refund === standing ? { ...refund, failed: at } : refund)) };
    }
    case 7:
      return order.cancelled ? null : { cancelled: at };
    case 8: {
      if (!open) {
        const id = `d${(order.disputes ?? []).length + 1}`;
        const kind = roll.chance(0.8) ? ('chargeback' as const) : ('inquiry' as const);
        return { disputes: [...(order.disputes ?? []), { id, kind, opened: at }] };
      }
      const closed = roll.chance(0.6) ? { ...open, won: at } : { ...open, lost: at };
      return { disputes: (order.disputes ?? []).map((dispute) => (dispute === open ? closed : dispute)) };
    }
    case 9:
      return roll.chance(0.5)
        ? {
            lines: [...order.lines, randomLine(roll, String(order.lines.length + 1), scene.beyond)],
            outstanding: roll.pick([0, 500, 2000]),
          }
        : { outstanding: 0 };
    case 10:
      return order.lines.length > 1 ? { lines: order.lines.slice(0, -1) } : null;
    default: {
      const customers = scene.members.flatMap((member) => member.customers);
      return order.customer && roll.chance(0.3) ? { customer: roll.pick(customers) } : null;
    }
  }
}
