import type { DiscountOrder, OutboundPlatform } from '../commerce/outbound-platform.js';
import { type Tx, inTransaction } from '../db/database.js';
import { AppError, RetryLater } from '../lib/errors.js';
import { codeIsDead, codeIsLive } from '../loyalty/code-life.js';
import { creditOrderOf } from '../loyalty/credit-order.js';
import { type RedemptionRow, readRedemption } from '../loyalty/read-redemption.js';
import { inForce, ruleVersions } from '../loyalty/rule-sets.js';
import { discountOf } from '../rewards/index.js';
import { type Effect, finishEffects } from './claim-effects.js';
import { giveCredit } from './give-credit.js';
import type { Work } from './run-effects.js';

/**
 * Makes the single-use code of a redemption on the platform, bound to the customer. A time-out may hide that it was made:
 * the next try finds it by its text and adopts it. When the platform refuses it for good, the points go back.
 */
export async function createCode(work: Work, platform: OutboundPlatform, effect: Effect): Promise<void> {
  const { program, subject: redemption } = effect;
  const { order, credit } = await inTransaction(work.db, { programs: [program] }, async (tx) => {
    const row = await readRedemption(tx, program, redemption);
    if (row?.code_state !== 'wanted') return { order: null, credit: null };
    const asCredit = await creditOrderOf(tx, program, row);
    return { order: asCredit ? null : await toDiscountOrder(tx, program, row), credit: asCredit };
  });
  if (credit) return giveCredit(work, platform, effect, credit);
  const made = order ? await make(platform, order) : null;
  await inTransaction(work.db, { programs: [program] }, async (tx) => {
    const now = work.clock.now();
    if (made?.ref) await codeIsLive(tx, program, redemption, made.ref);
    if (made && !made.ref) await codeIsDead(tx, { program, redemption, as: 'failed', used: false }, now, work.shards);
    await finishEffects(tx, [effect], now);
  });
}

/** The platform's reference of the code; null when it refused for good (and nothing usable is left behind). */
async function make(platform: OutboundPlatform, order: DiscountOrder): Promise<{ ref: string | null }> {
  try {
    return { ref: (await platform.createDiscount(order)).ref };
  } catch (error) {
    if (error instanceof RetryLater) throw error;
    if (error instanceof AppError && error.code === 'platform_revoked') throw error;
    if (!(error instanceof AppError)) throw error;
    await platform.killDiscount(order.code);
    return { ref: null };
  }
}

async function toDiscountOrder(tx: Tx, program: string, row: RedemptionRow): Promise<DiscountOrder> {
  const rules = inForce((await ruleVersions(tx, [program])).get(program) ?? [], row.made_at.getTime()).rules;
  const reward = rules.rewards.find((one) => one.id === row.reward);
  if (!reward) throw new AppError('no_reward', 404, 'The reward of this redemption is in no published rules.');
  const { customer, leastCart = null } = row.cart as { customer: string; leastCart?: number | null };
  const least = Math.max(reward.minCart ?? 0, leastCart ?? 0);
  return {
    code: row.code,
    title: `${rules.money.code} ${row.reward} (${row.points} ${row.unit})`,
    ...discountOf(reward, Number(row.off), rules.money),
    customer,
    email: null,
    minimumCart: least === 0 ? null : least,
    startsAt: row.made_at.getTime(),
    endsAt: row.expires_at.getTime(),
  };
}
