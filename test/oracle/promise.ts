import { awardOf, ceilingOf, unitsEarned, type Case } from './award.js';
import { standingOrdersOf } from './belonging.js';
import type { AskedCart } from './format.js';
import { ONE } from './fraction.js';
import type { Known } from './known.js';
import { membershipAt } from './membership.js';
import { cartAsOrder } from './order.js';
import { remainsOf, somethingLeft } from './remains.js';
import { multipliedUnits, tierAt } from './order-points.js';
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
    pinned: {
      moment: t,
      zone: rules.zone,
      currency: order.money.code,
      channel: order.channel,
      store: order.store,
      tier: tier?.id ?? null,
      membership: membershipAt(known, cart.member, t, t - 1) !== null,
      nth: 1 + standingOrdersOf(known, cart.member, t).length,
    },
  };
  const promised = unitsEarned(rules).map((unit) => {
    const { free, gains } = awardOf(given, unit);
    const granted = [...gains].reduce((all, [id, gain]) => {
      const promotion = rules.promotions.find((candidate) => candidate.id === id);
      const taken = [...(known.recorded.parts.get(id)?.values() ?? [])].reduce((sum, { part }) => sum + part, 0);
      const room = promotion ? ceilingOf(rules, promotion) - taken : 0;
      return all + Math.max(0, Math.min(gain, room));
    }, 0);
    return [unit, free.points + granted] as const;
  });
  return Object.fromEntries(promised.filter(([, points]) => points !== 0));
}
