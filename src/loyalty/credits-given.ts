import type { CreditOrder } from '../commerce/outbound-platform.js';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { StoreRef } from './context.js';
import { creditOrderIn } from './credit-order.js';
import type { RedemptionRow } from './read-redemption.js';
import { ruleVersions } from './rule-sets.js';

/** A redemption that asked for money in the platform's own purse of the customer, and what the ledger holds of it. */
export interface AskedCredit {
  redemption: string;
  order: CreditOrder;
  /** used = the points became money; back = they are the member's again; open = it is not known yet. */
  is: 'used' | 'back' | 'open';
}

const READ = `
  select id, made_at, reward, points, code, cart, given_at, released_at from redemption
  where program_id = $1 and store_id = $2 and reward = any($3::text[]) and (made_at, id) > ($4::timestamptz, $5::uuid)
  order by made_at, id limit $6`;
type Row = Pick<RedemptionRow, 'id' | 'made_at' | 'reward' | 'points' | 'code' | 'cart'> & {
  given_at: Date | null;
  released_at: Date | null;
};

/** Where a page begins: after the redemption made then, of this id. */
export interface After {
  at: Millis;
  id: string;
}

/** One page of them, oldest first, and where the next begins; null = that was the last. */
export async function readAskedCredits(
  tx: Tx,
  { program, store }: StoreRef,
  after: After,
  limit: number,
): Promise<{ credits: AskedCredit[]; next: After | null }> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  const rewards = versions.flatMap(({ rules }) => rules.rewards).filter(({ kind }) => kind === 'store-credit');
  if (rewards.length === 0) return { credits: [], next: null };
  const ids = [...new Set(rewards.map(({ id }) => id))];
  const values = [program, store, ids, new Date(after.at), after.id, limit];
  const rows = await tx.prepared<Row>('loyalty_asked_credits', READ, values);
  const last = rows.length === limit ? rows.at(-1) : undefined;
  return {
    credits: rows.flatMap((row) => {
      const order = creditOrderIn(versions, row);
      const is = row.given_at !== null ? 'used' : row.released_at !== null ? 'back' : 'open';
      return order ? [{ redemption: row.id, order, is } as const] : [];
    }),
    next: last ? { at: last.made_at.getTime(), id: last.id } : null,
  };
}
