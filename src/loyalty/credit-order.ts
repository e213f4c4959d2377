import type { CreditOrder } from '../commerce/outbound-platform.js';
import type { Tx } from '../db/database.js';
import { creditOf } from '../rewards/index.js';
import type { RedemptionRow } from './read-redemption.js';
import { inForce, ruleVersions } from './rule-sets.js';

type Asked = Pick<RedemptionRow, 'made_at' | 'reward' | 'points' | 'code' | 'cart'>;

/** What a redemption asks of the platform's own purse of the customer; null when its reward is of another kind. */
export async function creditOrderOf(tx: Tx, program: string, row: Asked): Promise<CreditOrder | null> {
  return creditOrderIn((await ruleVersions(tx, [program])).get(program) ?? [], row);
}

/** The same by rules that are read already. */
export function creditOrderIn(versions: Parameters<typeof inForce>[0], row: Asked): CreditOrder | null {
  const at = row.made_at.getTime();
  const { rules } = inForce(versions, at);
  const reward = rules.rewards.find(({ id }) => id === row.reward);
  const off = reward ? creditOf(reward, BigInt(row.points)) : null;
  if (off === null) return null;
  const { customer } = row.cart as { customer: string };
  return { key: row.code, customer, off, currency: rules.money, at };
}
