import type { OutboundPlatform } from '../commerce/outbound-platform.js';
import { inTransaction } from '../db/database.js';
import { codeIsDead, stopCreation } from '../loyalty/code-life.js';
import { creditOrderOf } from '../loyalty/credit-order.js';
import { type RedemptionRow, readRedemption } from '../loyalty/read-redemption.js';
import { type Effect, finishEffects } from './claim-effects.js';
import { wasGiven } from './give-credit.js';
import type { Work } from './run-effects.js';

/**
 * Makes a code unusable and then gives back what is left in its redemption, in this order and never the other way. Whether
 * the platform counted a use is asked before the code goes: an order that is still on its way keeps its points.
 */
export async function killCode(work: Work, platform: OutboundPlatform, effect: Effect): Promise<void> {
  const { program, subject: redemption } = effect;
  const found = await inTransaction(work.db, { programs: [program] }, async (tx) => {
    await stopCreation(tx, program, redemption, work.clock.now());
    return readRedemption(tx, program, redemption);
  });
  const credit =
    found && (await inTransaction(work.db, { programs: [program] }, (tx) => creditOrderOf(tx, program, found)));
  if (credit && (await wasGiven(work, platform, effect, credit))) return;
  const used = found && !credit ? await usedOnPlatform(platform, found) : false;
  if (found && !credit) await platform.killDiscount(found.code);
  await inTransaction(work.db, { programs: [program] }, async (tx) => {
    const now = work.clock.now();
    await codeIsDead(tx, { program, redemption, as: 'killed', used }, now, work.shards);
    await finishEffects(tx, [effect], now);
  });
}

async function usedOnPlatform(platform: OutboundPlatform, redemption: RedemptionRow): Promise<boolean> {
  if (redemption.state !== 'held') return false;
  const existing = await platform.findDiscount(redemption.code);
  return existing !== null && existing.uses > 0;
}
