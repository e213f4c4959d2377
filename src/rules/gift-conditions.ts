import type { Millis } from '../lib/clock.js';
import { needsOfWhen, prepareWhen } from './conditions/index.js';
import type { Asked, Check, Pins } from './conditions/index.js';
import { ONE, ZERO } from './fraction.js';
import type { Known, KnownOrder } from './known.js';
import type { OrderCase } from './order-case.js';
import type { Past } from './past.js';
import type { PastNeeds } from './past-needs.js';
import type { ProgramRules, When } from './program-rules.js';
import { remainsOf } from './remains.js';
import type { Taker } from './share-room.js';

/** What a gift beside orders hangs on: asked of a member at an instant, or of an order as it stands at one. */
export interface Question {
  when: When;
  zone: string;
  at: Millis;
  of: { member: string } | { order: OrderCase };
}

/**
 * Why gifts are not given, by gift. Conditions ask for the past (levels, balances), and gifts are part of it: so they are first taken
 * to hold, and the past is judged again with what it answers until it answers the same. It does after finitely many rounds:
 * what is asked of an instant hangs only on what was given before it. So it is with what orders take of limits that gifts share.
 */
export class Answers {
  private readonly given: ReadonlyMap<string, string | null>;
  private readonly asked = new Map<string, Question>();

  /** What orders take of limits that gifts share with them. */
  readonly takers: readonly Taker[];

  constructor(given: ReadonlyMap<string, string | null> = new Map(), takers: readonly Taker[] = []) {
    this.given = given;
    this.takers = takers;
  }

  /** The first condition that fails, by its name; null = all hold, or none is asked. */
  missed(of: string, question: { when: When | undefined } & Omit<Question, 'when'>): string | null {
    const { when } = question;
    if (when === undefined) return null;
    this.asked.set(of, { ...question, when });
    return this.given.get(of) ?? null;
  }

  /** What the past that was judged with these answers has to say; null = the same, so that they stand. */
  heard(past: Past, now: Millis, takers: readonly Taker[]): Answers | null {
    const answers = new Map([...this.asked].map(([of, question]) => [of, answerOf(question, past, now)] as const));
    const same = [...answers].every(([of, why]) => why === (this.given.get(of) ?? null));
    return same && told(takers) === told(this.takers) ? null : new Answers(answers, takers);
  }

  get rounds(): number {
    return this.asked.size + this.takers.length + 2;
  }
}

const told = (takers: readonly Taker[]): string =>
  JSON.stringify(takers, (_, value: unknown) => (typeof value === 'bigint' ? value.toString() : value));

function answerOf({ when, zone, at, of }: Question, past: Past, now: Millis): string | null {
  const check = checkOf(when, zone);
  if (!check) return null;
  const needs = { tiers: when.tiers !== undefined, asked: new Set(needsOfWhen(when)) };
  if ('member' in of) return check(askedOfMember(of.member, at, needs, past));
  const { order } = of;
  const [remains, base] = [order.remainsAt(at), order.baseSumAt(at)];
  return check({ order: order.order, pins: past.pinsOf(order, needs, now), scale: order.scale ?? ZERO, remains, base });
}

/**
 * What had happened strictly before; who they are (their birthday, who brought them) as it is known that very instant. What orders
 * say of a member (country, language, store, groups) is what their last one said; before the first, the store that they joined by.
 */
export function askedOfMember(member: string, at: Millis, needs: PastNeeds, past: Past): Asked {
  const before = past.pinsAt(member, at, needs);
  const { birthday, referred } = past.pinsAt(member, at, { tiers: false, asked: new Set() }, at + 1).past;
  const pins: Pins = { ...before, past: { ...before.past, birthday, referred } };
  const order = past.orderBefore(member, at)?.order ?? noOrder(past.ownership.storeOf(member, at));
  return { order, pins, scale: ONE, remains: remainsOf(order, at), base: ZERO };
}

const NO_ORDER: KnownOrder = {
  ...{ id: '', at: 0, placed: 0, paid: null, fulfilled: null, cancelled: null, test: false, customer: null },
  ...{ channel: '', store: '', mailbox: null, phone: null, tip: 0, outstanding: 0, giftCardPaid: 0 },
  ...{ money: { code: '', exponent: 0 }, shipping: { net: 0, tax: 0 } },
  ...{ lines: [], refunds: [], disputes: [], redemptions: [], grants: {} },
};
const noOrder = (store: string | null): KnownOrder => ({ ...NO_ORDER, store: store ?? '' });

const checks = new WeakMap<When, Check | null>();

/** The conditions made ready, once; null = there are none. */
export function checkOf(when: When, zone: string): Check | null {
  let check = checks.get(when);
  if (check === undefined) checks.set(when, (check = prepareWhen(when, zone)));
  return check;
}

const answers = new WeakMap<ProgramRules, When[]>();

/** Every condition on what is given beside orders. */
export function giftConditions(rules: ProgramRules): When[] {
  let found = answers.get(rules);
  if (!found) {
    const { joining, birthday, reviews, referral, deeds, goals } = rules;
    const all: (When | undefined)[] = [
      ...[joining?.when, birthday?.when, reviews?.when],
      ...[referral?.when, referral?.advocateWhen, referral?.friendWhen],
      ...[...deeds, ...goals].map(({ when }) => when),
    ];
    answers.set(rules, (found = all.filter((when) => when !== undefined)));
  }
  return found;
}

export function hasGiftConditions(versions: Known['rules']): boolean {
  return versions.some(({ rules }) => giftConditions(rules).length > 0);
}
