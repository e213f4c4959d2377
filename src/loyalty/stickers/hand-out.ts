import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import type { RuleVersion } from '../../rules/known.js';
import { handOutOf } from '../../rules/stickers.js';
import type { Loyalty } from '../context.js';
import type { KeptOrder } from '../keep-orders.js';
import { orderKey, toKnown } from '../stored-order.js';
import { bringTo, keepBatch } from './make-stickers.js';

/** The batch of the codes that an order hands out. */
export const batchOfOrder = (order: string): string => `order:${order}`;

const KNOWN = 'select key, unit, made_at, ends_at from sticker_batch where program_id = $1 and key = any($2::text[])';
/** Orders of these programs hand out as many codes as they should by now; nothing where no rules know stickers. */
export async function handOutStickers(
  tx: Tx,
  kept: readonly KeptOrder[],
  versionsOf: ReadonlyMap<string, RuleVersion[]>,
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  for (const [program, versions] of versionsOf) {
    if (!versions.some(({ rules }) => rules.stickers)) continue;
    const own = kept.filter((one) => one.program === program);
    const keys = own.map(({ store, stored }) => orderKey(store, stored.id));
    const known = await tx.prepared<{ key: string; unit: string; made_at: Date; ends_at: Date | number }>(
      'stickers_batches',
      KNOWN,
      [program, keys.map(batchOfOrder)],
    );
    for (const { store, stored } of own) {
      const order = toKnown(store, stored, {}, () => undefined);
      const out = handOutOf(versions, order, now);
      const key = batchOfOrder(order.id);
      const before = known.find((one) => one.key === key);
      const wanted = out?.stickers ?? 0;
      const unit = before?.unit ?? out?.unit;
      if (unit === undefined || (!before && wanted === 0)) continue;
      const batch = { program, key, unit, by: 'order', at: order.placed, ends: out?.ends ?? null };
      if (!before) await keepBatch(tx, batch);
      await bringTo(tx, batch, wanted, loyalty, now);
    }
  }
}
