import { awardOf, ceilingOf, partOfStep, unitsEarned, type Case } from './award.js';
import { standingOrdersOf } from './belonging.js';
import type { AskedCart } from './format.js';
import { ONE } from './fraction.js';
import type { Known } from './known.js';
import { membershipAt } from './membership.js';
import { cartAsOrder } from './order.js';
import { beforeOf } from './past.js';
import { askedBefore } from './openings.js';
import { remainsOf, somethingLeft } from './remains.js';
import { multipliedUnits, roomFor, tierAt } from './order-points.js';
import { earningOver, inForce, startOf } from './versions.js';

/** What the cart would give if placed and paid now (FORMAT 11), with the room that ceilings have left. */
export function cartPromise(known: Known, cart: AskedCart, t: number): Record<string, number> {
  const rules = inForce(known.versions, t);
  const order = cartAsOrder(cart, t, rules.money);
  const remains = remainsOf(order, t);
  if (t < startOf(rules) || t >= earningOver(rules) || !somethingLeft(remains)) return {};
  const tier = tierAt(known, cart.member, t, t - 1);
  const given: Case = {
    order,
    remains,
    rules,
    multiplier: tier?.multiplier ?? ONE,
    multiplies: multipliedUnits(known, t),
    room: roomFor(known, null, cart.member, t),
    granted: ({ name, most }) => leftOf(known, name, most),
    pinned: {
      moment: t,
      zone: rules.zone,
      order,
      tier: tier?.id ?? null,
      membership: membershipAt(known, cart.member, t, t - 1) !== null,
      nth: 1 + standingOrdersOf(known, cart.member, t).length,
      before: beforeOf(known, cart.member, t, order.id, askedBefore(known, cart.member, t, tierAt)),
    },
  };
  const promised = unitsEarned(rules).map((unit) => {
    const { free, steps } = awardOf(given, unit);
    const roomUnder = (id: string): number => {
      const promotion = rules.promotions.find((candidate) => candidate.id === id);
      return promotion ? leftOf(known, id, ceilingOf(rules, promotion)) : 0;
    };
    const granted = steps.reduce((all, step) => all + partOfStep(step, roomUnder), 0);
    return [unit, free.points + granted] as const;
  });
  return Object.fromEntries(promised.filter(([, points]) => points !== 0));
}

/** What all orders leave of a ceiling, or of a limit of all members together. */
function leftOf({ recorded }: Known, name: string, most: number): number {
  const taken = [...(recorded.parts.get(name)?.values() ?? [])].reduce((sum, { part }) => sum + part, 0);
  return Math.max(0, most - taken);
}
