import type { CreditOrder, OutboundPlatform } from '../commerce/outbound-platform.js';
import { inTransaction } from '../db/database.js';
import { AppError, RetryLater } from '../lib/errors.js';
import { codeIsDead, creditIsGiven } from '../loyalty/code-life.js';
import { type Effect, finishEffects } from './claim-effects.js';
import type { Work } from './run-effects.js';

/**
 * Puts money into the platform's own purse of the customer, once: a try whose answer was lost is found by the next. When the
 * platform refuses it for good, the points go back.
 */
export async function giveCredit(
  work: Work,
  platform: OutboundPlatform,
  effect: Effect,
  order: CreditOrder,
): Promise<void> {
  const ref = await give(platform, order);
  const { program, subject: redemption } = effect;
  await inTransaction(work.db, { programs: [program] }, async (tx) => {
    const now = work.clock.now();
    if (ref !== null) await creditIsGiven(tx, { program, redemption, ref }, now, work.shards);
    else await codeIsDead(tx, { program, redemption, as: 'failed', used: false }, now, work.shards);
    await finishEffects(tx, [effect], now);
  });
}

/** Null = refused for good, and nothing was given. */
async function give(platform: OutboundPlatform, order: CreditOrder): Promise<string | null> {
  if (!platform.giveCredit) return null;
  try {
    return (await platform.giveCredit(order)).ref;
  } catch (error) {
    const final = error instanceof AppError && error.code !== 'platform_revoked';
    if (error instanceof RetryLater || !final) throw error;
    return null;
  }
}

/** Before points go back: was it given after all? Then they are used. True = that was so. */
export async function wasGiven(
  work: Work,
  platform: OutboundPlatform,
  effect: Effect,
  order: CreditOrder,
): Promise<boolean> {
  const there = (await platform.findCredit?.(order)) ?? null;
  if (!there) return false;
  const { program, subject: redemption } = effect;
  await inTransaction(work.db, { programs: [program] }, async (tx) => {
    await creditIsGiven(tx, { program, redemption, ref: there.ref }, work.clock.now(), work.shards);
    await finishEffects(tx, [effect], work.clock.now());
  });
  return true;
}
