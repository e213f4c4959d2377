import { setImmediate } from 'node:timers/promises';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty, StoreRef } from '../loyalty/context.js';
import { isShownTo, type PilotPeriod } from '../loyalty/showing.js';
import { differenceOf, shareOf } from './difference.js';
import { compareLike, type Estimate, NOTHING, type Sample } from './means.js';
import { comparedVerdict } from './read-trials.js';

/** So long a pilot is followed: the day of its answer is known when it begins. */
const FOLLOWED_MS = 90 * 24 * 3_600_000;

/** Customers whom chance put on one side, whatever they did; money in minor units. */
export interface PilotSide {
  customers: number;
  /** Who ordered since they count, and who did so twice or more. */
  bought: number;
  again: number;
  /** Of each customer. */
  orders: Sample;
  brought: Sample;
}

export const PILOT_MEASURES = ['bought', 'again', 'orders', 'brought'] as const;
export type PilotMeasure = (typeof PILOT_MEASURES)[number];

/**
 * A store's customers with an account who had bought in the year before ($3) or who bought meanwhile: these count from their first
 * order on, which the pilot had no part in. Who was a member when it began saw the program anyway. Guests and erased customers are on
 * no side, for nobody knows them again.
 */
export const PILOT = `
  with bought as (
    select customer, member_id, placed_at, brought, min(placed_at) over (partition by customer) as first
    from order_state
    where program_id = $1 and placed_at >= $3 and placed_at < $5 and store_id = $2 and customer is not null
      and brought is not null and not removed and brought_in = $6
  ), people as (
    select customer, min(member_id) as member, count(*) filter (where placed_at >= $4 and placed_at > first)::int as orders,
      coalesce(sum(brought) filter (where placed_at >= $4 and placed_at > first), 0)::float8 as brought
    from bought where customer not like 'redacted:%' group by customer
  )
  select p.customer, p.orders, p.brought from people p left join member m on m.program_id = $1 and m.id = p.member
  where m.joined_at is null or m.joined_at >= $4`;

interface Row {
  customer: string;
  orders: number;
  brought: number;
}

const EMPTY: PilotSide = { customers: 0, bought: 0, again: 0, orders: NOTHING, brought: NOTHING };
const with1 = ({ n, sum, squares }: Sample, value: number): Sample => ({
  n: n + 1,
  sum: sum + value,
  squares: squares + value * value,
});
const AT_ONCE = 5_000;

/** Those whom the pilot shows the program, and the rest, until an instant, ninety days at most. */
export async function readPilot(
  tx: Tx,
  ref: StoreRef,
  pilot: PilotPeriod,
  { money, now, loyalty }: { money: string; now: Millis; loyalty: Pick<Loyalty, 'codeOf'> },
): Promise<[PilotSide, PilotSide]> {
  const began = pilot.began.getTime();
  const to = Math.min(now, pilotEnds(pilot), pilot.closed?.getTime() ?? now);
  const rows = await tx.prepared<Row>('report_pilot', PILOT, [
    ...[ref.program, ref.store, new Date(began - 365 * 24 * 3_600_000), pilot.began, new Date(to), money],
  ]);
  const shownAt = (share: number, customer: string) =>
    isShownTo({ accent: null, corner: 'end', share }, loyalty, ref, customer);
  const sides: [PilotSide, PilotSide] = [EMPTY, EMPTY];
  for (const [nth, { customer, orders, brought }] of rows.entries()) {
    if (nth % AT_ONCE === AT_ONCE - 1) await setImmediate();
    // who saw it in a smaller pilot and did not join would make this one look worse
    if (pilot.was < 100 && shownAt(pilot.was, customer)) continue;
    const at = shownAt(pilot.share, customer) ? 0 : 1;
    const side = sides[at];
    sides[at] = {
      customers: side.customers + 1,
      bought: side.bought + (orders > 0 ? 1 : 0),
      again: side.again + (orders > 1 ? 1 : 0),
      orders: with1(side.orders, orders),
      brought: with1(side.brought, brought),
    };
  }
  return sides;
}

export const pilotEnds = ({ began }: PilotPeriod): Millis => began.getTime() + FOLLOWED_MS;

/** Those who see the program less the rest, with the interval in which it lies; null = of too few. */
export function pilotDifference(
  measure: PilotMeasure,
  [shown, rest]: readonly [PilotSide, PilotSide],
): Estimate | null {
  if (measure === 'orders' || measure === 'brought')
    return compareLike([{ one: shown[measure], other: rest[measure] }])?.difference ?? null;
  const difference = differenceOf(shareOf(shown[measure], shown.customers), shareOf(rest[measure], rest.customers));
  return difference && { value: difference.share, low: difference.low, high: difference.high };
}

/** By who ordered again, and no other measure; not before its ninety days are over, and never when it was changed before. */
export function pilotVerdict(pilot: PilotPeriod, sides: readonly [PilotSide, PilotSide], now: Millis) {
  const fewest = Math.min(...sides.map(({ customers }) => customers));
  return comparedVerdict(
    { ends: pilotEnds(pilot), closed: pilot.closed?.getTime() ?? null },
    pilotDifference('bought', sides),
    fewest,
    now,
  );
}
