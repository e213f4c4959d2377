import { momentOf, rulesOf } from './belonging.js';
import { firstFailed, matches, type Circumstances, type Worth } from './conditions.js';
import type { When, Where } from './format.js';
import { ONE, sum, ZERO } from './fraction.js';
import type { Known } from './known.js';
import { membershipAt } from './membership.js';
import { cartAsOrder, type Order } from './order.js';
import { beforeOf, boughtBefore } from './past.js';
import { basePartsOf, remainsOf, scaleOf, worthOf } from './remains.js';
import { remembered } from './remembered.js';

/** The level of a member as the clock shows t, of what had happened by `facts`; null = there are none. */
export type LevelAt = (known: Known, member: string, t: number, facts: number) => { id: string } | null;

interface Asked {
  when: When | undefined;
  zone: string;
  member: string;
  at: number;
}

const NOTHING = { left: ZERO, bought: ZERO };
const NO_WORTH: Worth = { base: ZERO, cart: NOTHING, total: NOTHING, items: NOTHING, goods: [] };
const NO_PAST = {
  joined: null,
  birthday: null,
  lastOrder: null,
  bought: () => 0,
  hasChosen: () => false,
  early: () => [],
  referred: () => false,
  had: () => 0,
};

/**
 * The first of the conditions on something beside orders that fails (docs/decisions/0013): of what had happened strictly before it,
 * of who they are that very instant; what orders say of a member is what their last one said.
 */
export function missedBy(known: Known, { when, zone, member, at }: Asked, levelAt: LevelAt): string | null {
  if (!when) return null;
  const kept = answers(known, when);
  const key = `${member} ${at}`;
  const already = kept.get(key);
  if (already !== undefined) return already;
  const before = beforeOf(known, member, at, '');
  const now = when.birthday === undefined && when.referred === undefined ? before : beforeOf(known, member, at + 1, '');
  const ofOrders = OF_ORDERS.some((word) => when[word] !== undefined);
  const asked: Circumstances = {
    ...{ moment: at, zone, nth: 0, order: (ofOrders ? lastOrder(known, member, at) : undefined) ?? NOBODYS },
    tier: when.tiers ? (levelAt(known, member, at, at - 1)?.id ?? null) : null,
    membership: when.membership !== undefined && membershipAt(known, member, at, at - 1) !== null,
    before: {
      ...{
        joined: before.joined,
        birthday: now.birthday,
        bought: before.bought,
        referred: now.referred,
        had: before.had,
        hasChosen: before.hasChosen,
        early: () => [],
      },
      lastOrder: when.daysSinceOrder ? before.lastOrder : null,
    },
  };
  const why = firstFailed(when, asked, NO_WORTH);
  kept.set(key, why);
  return why;
}

const OF_ORDERS = ['channels', 'stores', 'countries', 'languages', 'subscription', 'roles', 'customerTags'] as const;

const answers = remembered((_: Known, __: When) => new Map<string, string | null>());

const NOBODYS: Order = {
  ...cartAsOrder({ lines: [] }, 0, { code: '', exponent: 0 }),
  ...{ store: '', channel: '', country: null, language: null },
};

const later = (known: Known) => (a: Order, b: Order) =>
  momentOf(known, b) - momentOf(known, a) || (a.id < b.id ? 1 : -1);

const lastOrder = (known: Known, member: string, at: number): Order | undefined =>
  boughtBefore(known, member, at - 1, '').sort(later(known))[0];

/** Of a friend's first order as it stands at t: neither of the friend nor of their past is anything asked there. */
export function missedByOrder(known: Known, when: When | undefined, zone: string, order: Order, t: number) {
  if (!when) return null;
  const rules = rulesOf(known, order);
  const remains = remainsOf(order, t);
  const base = sum(basePartsOf(order, remains, rules, rules.base).map((part) => part.base));
  const asked = { moment: momentOf(known, order), zone, order, tier: null, membership: false, nth: 1, before: NO_PAST };
  return firstFailed(when, asked, worthOf(order, remains, rules, base));
}

/** Whether what somebody writes about is a product that a review is given for: asked of how they last bought and kept it. */
export function isReviewed(known: Known, where: Where | undefined, member: string, product: string, at: number) {
  if (!where) return true;
  const theirs = boughtBefore(known, member, at - 1, '').sort(later(known));
  for (const order of theirs) {
    const scale = scaleOf(order, rulesOf(known, order)) ?? ONE;
    const kept = remainsOf(order, at - 1).lines.find(({ line, items }) => line.product === product && items > 0);
    if (kept) return matches(where, kept.line, { items: kept.items, scale });
  }
  const { products, notProducts, ...ofLine } = where;
  const named = (products?.includes(product) ?? true) && !(notProducts ?? []).includes(product);
  return named && Object.keys(ofLine).length === 0;
}
