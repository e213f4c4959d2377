import { disputedAt, keptOut, momentOf, ownerOf, rulesOf } from './belonging.js';
import { matches, type Before } from './conditions.js';
import type { Where } from './format.js';
import { ONE } from './fraction.js';
import type { Known } from './known.js';
import { selvesOf, whoIs } from './known.js';
import type { Order } from './order.js';
import { wasInVain } from './referrals.js';
import { remainsOf, scaleOf, somethingLeft } from './remains.js';

/**
 * What had happened to a member strictly before an instant, apart from the order that asks (docs/decisions/0013): orders that
 * were paid by then count, whether or not their points have arisen.
 */
export function beforeOf(
  known: Known,
  member: string,
  instant: number,
  self: string,
  asked: Pick<Before, 'hasChosen' | 'early'> = { hasChosen: () => false, early: () => [] },
): Before {
  const at = instant - 1;
  const selves = selvesOf(known, member, instant);
  const told = selvesOf(known, member, instant)
    .flatMap(({ birthdays }) => birthdays)
    .filter((one) => one.known < instant)
    .sort((a, b) => a.known - b.known);
  let orders: Order[] | null = null;
  const earlier = () => (orders ??= boughtBefore(known, member, at, self));
  return {
    joined: selves.length === 0 ? null : Math.min(...selves.map(({ joined }) => joined)),
    birthday: told[told.length - 1]?.date.slice(5) ?? null,
    get lastOrder() {
      const moments = earlier().map((order) => momentOf(known, order));
      return moments.length === 0 ? null : Math.max(...moments);
    },
    bought: (where, since) =>
      earlier().filter((order) => momentOf(known, order) >= since && keeps(known, order, where, at)).length,
    ...asked,
    had: (unit) => known.had(member, instant, unit),
    referred: () =>
      [...known.referrals.values()].some((referral) => {
        const friend = known.links.get(referral.customer)?.member;
        return (
          referral.at <= at &&
          friend !== undefined &&
          whoIs(known, friend, at) === whoIs(known, member, at) &&
          !wasInVain(known, referral, at)
        );
      }),
  };
}

export const boughtBefore = (known: Known, member: string, at: number, self: string): Order[] =>
  [...known.orders.values()].filter((order) => {
    const owner = ownerOf(known, order);
    return (
      owner !== null &&
      owner.from <= at &&
      order.id !== self &&
      whoIs(known, owner.member, at) === whoIs(known, member, at) &&
      keptOut(known, order, Infinity) === null &&
      momentOf(known, order) <= at &&
      order.paid <= at &&
      !(order.cancelled <= at) &&
      !disputedAt(order, at) &&
      somethingLeft(remainsOf(order, at))
    );
  });

const keeps = (known: Known, order: Order, where: Where | undefined, at: number): boolean =>
  remainsOf(order, at).lines.some(({ line, items }) => {
    const scale = scaleOf(order, rulesOf(known, order)) ?? ONE;
    return line.kind === 'product' && items > 0 && matches(where, line, { items, scale });
  });
