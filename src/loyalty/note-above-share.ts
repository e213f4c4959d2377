import type { Tx } from '../db/database.js';
import { aboveShare } from '../rewards/hold-share.js';
import type { Known } from '../rules/known.js';
import { inForce } from './rule-sets.js';
import type { ChangedRedemption } from './write-redemptions.js';

const NOTE = `
  insert into audit_event (program_id, actor, what, facts)
  select $1, 'platform', 'redemption.above-share', facts from jsonb_array_elements($2::jsonb) facts`;

/**
 * Of codes that orders have just used: where the discount came out above the reward's share of the cart all the same (the shop
 * reads minimums before another coupon, or an order was edited), the owner can read by how much. The shopper keeps what the
 * checkout gave, and the points that were held for it are used up.
 */
export function noteAboveShare(tx: Tx, program: string, known: Known, changed: readonly ChangedRedemption[]): void {
  const captured = new Set(changed.flatMap(({ id, state }) => (state === 'captured' ? [id] : [])));
  const facts = known.orders.flatMap((order) =>
    order.redemptions.flatMap(({ id, off }) => {
      const reservation = captured.has(id) ? known.reservations.find((one) => one.id === id) : undefined;
      if (!reservation) return [];
      const { rules } = inForce(known.rules, reservation.at);
      const reward = rules.rewards.find((one) => one.id === reservation.reward);
      const above = reward ? aboveShare(rules, reward, order, off) : 0;
      return above > 0 ? [{ redemption: id, order: order.id, off, above }] : [];
    }),
  );
  if (facts.length > 0) tx.send('loyalty_above_share', NOTE, [program, JSON.stringify(facts)]);
}
