import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Cart } from '../rules/cart.js';
import { asksOfMember } from '../rules/judge-order.js';
import { type Promised, promise } from '../rules/promise.js';
import { gatherKnown } from './gather-known.js';
import { readRoom } from './grant-ceilings.js';
import { NOBODY } from './nobodys-orders.js';
import { inForce, ruleVersions } from './rule-sets.js';

/**
 * What a cart would give if it were placed and paid now: the arithmetic of orders (T15). The member's past is read only when
 * a rule asks for it. `member` null = a guest, promised what they would get by joining with this order.
 */
export async function promiseCart(
  tx: Tx,
  program: string,
  member: string | null,
  cart: Cart,
  now: Millis,
): Promise<Promised> {
  const rules = (await ruleVersions(tx, [program])).get(program) ?? [];
  const past = member !== null && asksOfMember(inForce(rules, now).rules);
  const known = past ? (await gatherKnown(tx, program, rules, [member])).known : { ...NOBODY, rules };
  const room = await readRoom(tx, program, inForce(rules, now).rules, now);
  return promise(known, past ? member : null, cart, now, room);
}
