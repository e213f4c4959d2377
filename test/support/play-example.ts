import { programRules } from '../../src/rules/program-rules.js';
import type { ProgramRules } from '../../src/rules/program-rules.js';
import type { Cart } from '../../src/rules/cart.js';
import { ceilingOf, gainsOf, regrant } from '../../src/rules/ceilings.js';
import type { Grant } from '../../src/rules/ceilings.js';
import type { Known, KnownOrder } from '../../src/rules/known.js';
import { promise } from '../../src/rules/promise.js';
import { replay } from '../../src/rules/replay.js';
import type { Books } from '../../src/rules/books.js';
import { versionAt } from '../../src/rules/versions.js';
import { redeemable } from '../../src/rewards/index.js';
import type { Redeemable } from '../../src/rules/limits.js';

/** The parts of an example file (FORMAT.md); keys that it does not name never matter. */
export type Fact = Record<string, unknown> & { kind: string; at: string; arrives?: string };
export interface Example {
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
const instant = (text: unknown): number | null => (text === undefined || text === null ? null : millis(text));
const num = (x: unknown): number => (x === undefined || x === null ? 0 : Number(x));
const list = (x: unknown): Record<string, unknown>[] => (x ?? []) as Record<string, unknown>[];
const text = (x: unknown): string | null => (x === undefined || x === null ? null : String(x));
const taxed = (x: unknown): { net: number; tax: number } => {
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
  }));
}

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
  };
}

export function readCart(cart: Record<string, unknown> | undefined, money: ProgramRules['money']): Cart {
  return {
    store: text(cart?.store) ?? 'main',
    channel: text(cart?.channel) ?? 'web',
    money: (cart?.money as Cart['money'] | undefined) ?? money,
    lines: readLines(cart?.lines),
    shipping: taxed(cart?.shipping),
  };
}

/** What had arrived, and the facts that were recorded first come: reservations and parts of ceilings. */
export class Knowledge {
  readonly known: Known;
  readonly refused = new Map<string, { reason: string; off: number }>();
  private readonly grants = new Map<string, Record<string, Grant>>();
  private readonly paidFirst: string[] = [];
  private program: Record<string, unknown>;

  constructor(program: Record<string, unknown>) {
    this.program = program;
    this.known = {
      rules: [{ version: 1, from: -8e15, rules: readProgram(program) }],
      members: [],
      links: [],
      claims: [],
      merges: [],
      orders: [],
      reviews: [],
      referrals: [],
      reservations: [],
      adjustments: [],
      visits: [],
    };
  }

  rulesAt(at: number): ProgramRules {
    return versionAt(this.known.rules, at).rules;
  }

  learn(fact: Fact, arrives: number): void {
    const at = millis(fact.at);
    const { known } = this;
    const id = String(fact.id);
    const member = String(fact.member);
    switch (fact.kind) {
      case 'rules':
        this.program = { ...this.program, ...(fact.program as Record<string, unknown>) };
        known.rules.push({ version: known.rules.length + 1, from: at, rules: readProgram(this.program) });
        known.rules.sort((a, b) => a.from - b.from);
        break;
      case 'order':
        this.learnNewest(known.orders, readOrder(fact, this.rulesAt(at).money));
        break;
      case 'review':
        this.learnNewest(known.reviews, {
          id,
          at,
          written: millis(fact.written ?? fact.at),
          product: String(fact.product),
          customer: String(fact.customer),
          status: fact.status as 'pending',
          photo: fact.photo === true,
        });
        break;
      case 'referral':
        if (!known.referrals.some((one) => one.id === id)) {
          known.referrals.push({ id, at, advocate: String(fact.advocate), customer: String(fact.customer) });
        }
        break;
      case 'join':
        this.join(fact, member, at);
        break;
      case 'link':
        known.links.push({ member, customer: String(fact.customer), at });
        break;
      case 'update':
        if (fact.birthday !== undefined) this.tellBirthday(member, fact.birthday, at);
        break;
      case 'claim':
        known.claims.push({ order: String(fact.order), member, at });
        break;
      case 'merge':
        if (!known.merges.some((one) => one.from === fact.from && one.into === fact.into)) {
          known.merges.push({ from: String(fact.from), into: String(fact.into), at });
        }
        break;
      case 'visit':
        if (!known.visits.some((one) => one.member === member && one.at === at)) known.visits.push({ member, at });
        break;
      case 'adjust':
        if (!known.adjustments.some((one) => one.id === id)) {
          const unit = text(fact.unit) ?? 'points';
          known.adjustments.push({ id, member, at, unit, amount: num(fact.amount), reason: text(fact.reason) ?? '' });
        }
        break;
      case 'reserve':
        this.reserve(fact, id, member, at);
        break;
      case 'release': {
        const held = known.reservations.find((one) => one.id === String(fact.redemption));
        if (held && held.released === null) held.released = at;
        break;
      }
      case 'clock':
        break;
      default:
        throw new Error(`the format knows no "${fact.kind}"`);
    }
    this.grantCeilings(fact, Math.max(arrives, at));
  }

  private learnNewest<T extends { id: string; at: number }>(all: T[], newest: T): void {
    const i = all.findIndex((one) => one.id === newest.id);
    if (i < 0) all.push(newest);
    else if ((all[i]?.at ?? 0) <= newest.at) all[i] = newest;
  }

  private join(fact: Fact, member: string, at: number): void {
    const { known } = this;
    const held = known.members.find((one) => one.id === member);
    if (!held) {
      const mailbox = mailboxOf(fact.email);
      known.members.push({ id: member, joined: at, mailbox, phone: text(fact.phone), birthdays: [] });
    }
    for (const customer of (fact.customers ?? []) as string[]) {
      if (!known.links.some((one) => one.member === member && one.customer === customer)) {
        known.links.push({ member, customer, at });
      }
    }
    if (fact.birthday !== undefined && !held) this.tellBirthday(member, fact.birthday, at);
  }

  private tellBirthday(member: string, date: unknown, at: number): void {
    const of = this.known.members.find((one) => one.id === member);
    of?.birthdays.push({ date: String(date), known: at });
    of?.birthdays.sort((a, b) => a.known - b.known);
  }

  private reserve(fact: Fact, id: string, member: string, at: number): void {
    if (this.refused.has(id) || this.known.reservations.some((one) => one.id === id)) return;
    const rules = this.rulesAt(at);
    const reward = rules.rewards.find((one) => one.id === fact.reward);
    if (!reward) {
      this.refused.set(id, { reason: 'no-reward', off: 0 });
      return;
    }
    const asked = fact.points === undefined || fact.points === null ? null : BigInt(num(fact.points));
    const cart = readCart(fact.cart as Record<string, unknown> | undefined, rules.money);
    const offer = this.offer(member, String(fact.reward), cart, at, asked);
    const free = offer.points === 0n && offer.binding === null;
    if (offer.points === 0n && !free) {
      this.refused.set(id, { reason: offer.binding ?? 'balance', off: 0 });
      return;
    }
    const { unit } = reward;
    this.known.reservations.push({
      id,
      member,
      at,
      reward: reward.id,
      unit,
      points: Number(offer.points),
      off: offer.off,
      released: null,
    });
  }

  /** How much of a reward the member could redeem on the cart at an instant. */
  offer(member: string, reward: string, cart: Cart, at: number, asked: bigint | null): Redeemable {
    const rules = this.rulesAt(at);
    const rule = rules.rewards.find((one) => one.id === reward);
    if (!rule) return { points: 0n, off: 0, binding: 'no-reward' };
    const of = replay(this.known, at).members[this.current(member, at)];
    const available = of?.units[rule.unit]?.available ?? 0n;
    return redeemable(
      rules,
      rule,
      { now: at, isMember: of !== undefined, tier: of?.tier ?? null, available },
      cart,
      asked,
    );
  }

  current(member: string, at: number): string {
    let now = member;
    for (const merge of [...this.known.merges].sort((a, b) => a.at - b.at)) {
      if (merge.at <= at && merge.from === now) now = merge.into;
    }
    return now;
  }

  /** Points left under each ceiling, by the rules of an instant. */
  room(at: number): Record<string, number> {
    const rules = this.rulesAt(at);
    const out: Record<string, number> = {};
    for (const { id } of rules.promotions) {
      const ceiling = ceilingOf(rules, id);
      if (ceiling !== null) out[id] = Math.max(0, Number(ceiling - this.granted(id)));
    }
    return out;
  }

  granted(promotion: string): bigint {
    let sum = 0n;
    for (const of of this.grants.values()) sum += of[promotion]?.part ?? 0n;
    return sum;
  }

  /** Takes ceilings' parts in the order in which orders first arrived paid; what falls frees room before what rises. */
  private grantCeilings(fact: Fact, now: number): void {
    const { known } = this;
    if (!known.rules.some(({ rules }) => rules.promotions.some((one) => one.ceiling))) return;
    const order = known.orders.find((one) => one.id === String(fact.id));
    if (fact.kind === 'order' && order?.paid != null && order.paid <= now && !this.paidFirst.includes(order.id)) {
      this.paidFirst.push(order.id);
    }
    const gains = gainsOf(known, now);
    for (const falls of [true, false]) {
      for (const id of this.paidFirst) this.regrantOrder(id, gains.get(id) ?? {}, falls);
    }
  }

  private regrantOrder(id: string, gains: Record<string, bigint>, falls: boolean): void {
    const order = this.known.orders.find((one) => one.id === id);
    if (!order) return;
    const rules = this.rulesAt(order.placed);
    const held = this.grants.get(id) ?? {};
    for (const promotion of new Set([...Object.keys(gains), ...Object.keys(held)])) {
      const ceiling = ceilingOf(rules, promotion);
      if (ceiling === null) continue;
      const gain = gains[promotion] ?? 0n;
      if (gain < (held[promotion]?.gain ?? 0n) !== falls) continue;
      held[promotion] = regrant(held[promotion] ?? null, gain, ceiling - this.granted(promotion));
    }
    this.grants.set(id, held);
    order.grants = Object.fromEntries(Object.entries(held).map(([key, grant]) => [key, Number(grant.part)]));
  }
}

/** Everything that an example's file says must be true and is not: empty = it holds. */
export function playExample(example: Example): string[] {
  const arriving = example.history
    .map((fact, i) => ({ fact, i, arrives: millis(fact.arrives ?? fact.at) }))
    .sort((a, b) => a.arrives - b.arrives || a.i - b.i);
  const knowledge = new Knowledge(example.program);
  const wrong: string[] = [];
  let next = 0;
  for (const expected of [...example.expect].sort((a, b) => millis(a.at) - millis(b.at))) {
    const at = millis(expected.at);
    for (let one = arriving[next]; one && one.arrives <= at; one = arriving[++next])
      knowledge.learn(one.fact, one.arrives);
    const actual = observe(knowledge, replay(knowledge.known, at), at, expected);
    compare(actual, expected, `at ${String(expected.at)}`, wrong);
  }
  return wrong;
}

const bare = (of: string): string =>
  of.startsWith('order:') ? of.slice(6) : of.startsWith('card:') ? `card:${of.split(':').slice(2).join(':')}` : of;
const iso = (at: number | null): string | null => (at === null ? null : new Date(at).toISOString());

/** The state in the words of the format. */
function observe(
  knowledge: Knowledge,
  books: Books,
  at: number,
  expected: Record<string, unknown>,
): Record<string, unknown> {
  return {
    at: expected.at,
    members: Object.fromEntries(Object.entries(books.members).map(([id, of]) => [id, observeMember(of)])),
    orders: netOfOrders(books),
    decisions: observeDecisions(books),
    redemptions: observeRedemptions(knowledge, books),
    liability: liabilityOf(knowledge, books, at),
    carts: list(expected.carts).map((cart) => observeCart(knowledge, cart, at)),
  };
}

function observeMember(of: Books['members'][string]): Record<string, unknown> {
  const units = Object.entries(of.units).map(([unit, books]) => [
    unit,
    {
      available: Number(books.available),
      pending: Number(books.pending),
      held: Number(books.held),
      debt: Number(books.debt),
      lots: books.lots.map((lot) => ({
        of: bare(lot.of),
        left: Number(lot.left),
        ends: iso(lot.ends),
        ...(lot.matured ? {} : { usable: iso(lot.usable) }),
      })),
    },
  ]);
  const membership = of.membership && { until: iso(of.membership.until) };
  return { ...Object.fromEntries(units), tier: of.tier, stamps: of.stamps, membership };
}

/** Net of all earning transfers by order, member and unit. */
function netOfOrders(books: Books): Record<string, Record<string, Record<string, number>>> {
  const out: Record<string, Record<string, Record<string, number>>> = {};
  for (const move of books.moves) {
    if (!move.cause.startsWith('order:') || (move.from !== 'issued' && move.to !== 'issued')) continue;
    const of = ((out[move.cause.slice(6)] ??= {})[move.member] ??= {});
    of[move.unit] = (of[move.unit] ?? 0) + Number(move.from === 'issued' ? move.points : -move.points);
  }
  return out;
}

function observeDecisions(books: Books): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  const numbers = (of: Record<string, bigint>): Record<string, number> =>
    Object.fromEntries(Object.entries(of).map(([key, value]) => [key, Number(value)]));
  for (const [key, decision] of Object.entries(books.decisions)) {
    out[key.slice(key.indexOf(':') + 1)] = {
      reason: decision.reason,
      gives: numbers(decision.gives),
      lines: Object.fromEntries(Object.entries(decision.lines).map(([unit, of]) => [unit, numbers(of)])),
      extra: numbers(decision.extra),
      missed: Object.fromEntries(decision.missed.map((one) => [one.id, one.why])),
      promotions: numbers(decision.promotions),
    };
  }
  return out;
}

function observeRedemptions(knowledge: Knowledge, books: Books): Record<string, unknown> {
  const out: Record<string, unknown> = {};
  for (const [id, { reason }] of knowledge.refused) out[id] = { state: 'refused', reason, points: 0, draws: [] };
  for (const [id, of] of Object.entries(books.redemptions)) {
    const draws = of.draws.map((draw) => ({ of: bare(draw.of), points: Number(draw.points) }));
    out[id] = { state: of.state, points: Number(of.points), off: of.off, draws };
  }
  return out;
}

function liabilityOf(knowledge: Knowledge, books: Books, at: number): Record<string, unknown> {
  const rules = knowledge.rulesAt(at);
  const out: Record<string, unknown> = {};
  for (const [unit, { value }] of Object.entries(rules.units)) {
    const sum = { available: 0, pending: 0, held: 0, debt: 0 };
    for (const member of Object.values(books.members)) {
      const of = member.units[unit];
      if (!of) continue;
      sum.available += Number(of.available);
      sum.pending += Number(of.pending);
      sum.held += Number(of.held);
      sum.debt += Number(of.debt);
    }
    const [n, d] = String(value).split('/');
    const worth = BigInt(sum.available + sum.pending + sum.held) * BigInt(n ?? '0');
    const per = BigInt(d ?? '1');
    out[unit] = { ...sum, money: Number((worth + per - 1n) / per) };
  }
  return out;
}

function observeCart(knowledge: Knowledge, cart: Record<string, unknown>, at: number): Record<string, unknown> {
  const rules = knowledge.rulesAt(at);
  const of = readCart(cart, rules.money);
  const member = knowledge.current(String(cart.member), at);
  const { gives } = promise(knowledge.known, member, of, at, knowledge.room(at));
  const redeem = rules.rewards.map((reward) => {
    const { points, off, binding } = knowledge.offer(member, reward.id, of, at, null);
    return [reward.id, { points: Number(points), off, binding }];
  });
  return {
    ...cart,
    promise: Object.fromEntries(Object.entries(gives).map(([unit, points]) => [unit, Number(points)])),
    redeem: Object.fromEntries(redeem),
  };
}

/** Only what is written is compared; lists, and the maps of a decision, are compared whole. */
const WHOLE = new Set(['missed', 'gives', 'extra', 'promise']);
const INSTANTS = new Set(['ends', 'usable', 'until']);

function compare(actual: unknown, expected: unknown, path: string, wrong: string[]): void {
  if (expected !== null && typeof expected === 'object') {
    if (Array.isArray(expected)) {
      const of = (actual ?? []) as unknown[];
      if (of.length !== expected.length) wrong.push(`${path}: ${JSON.stringify(of)}, not ${JSON.stringify(expected)}`);
      else expected.forEach((one, i) => compare(of[i], one, `${path}[${i}]`, wrong));
      return;
    }
    const of = (actual ?? {}) as Record<string, unknown>;
    const keys = new Set(Object.keys(expected));
    if (WHOLE.has(path.split('.').at(-1) ?? '')) for (const key of Object.keys(of)) keys.add(key);
    for (const key of keys) {
      const one = (expected as Record<string, unknown>)[key];
      const found = INSTANTS.has(key) ? instant(of[key]) : of[key];
      compare(
        found ?? (typeof one === 'number' ? 0 : found),
        INSTANTS.has(key) ? instant(one) : one,
        `${path}.${key}`,
        wrong,
      );
    }
    return;
  }
  if ((actual ?? null) !== (expected ?? null)) {
    wrong.push(`${path}: ${JSON.stringify(actual)}, not ${JSON.stringify(expected)}`);
  }
}
