import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import type { RuleVersion } from '../../rules/known.js';
import { isOfStickers, placesOf } from '../../rules/ceilings.js';
import { grantStickers, handOutOf } from '../../rules/stickers.js';
import type { Loyalty } from '../context.js';
import { keepGrants, readGranted, readGrants, toGrants, toHeld } from '../grant-ceilings.js';
import type { KeptOrder } from '../keep-orders.js';
import { type StoredGrants, orderKey, toKnown } from '../stored-order.js';
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
    const grants = await grantTo(tx, program, own, versions, now);
    for (const { store, stored } of own) {
      const order = toKnown(store, stored, grants.get(orderKey(store, stored.id)) ?? {}, () => undefined);
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

/**
 * Grants these orders, in the order in which they came, their parts of the ceilings on stickers, first come, and records them. Gives
 * what they have of all ceilings now; nothing where there are none. The ceilings must be locked.
 */
async function grantTo(
  tx: Tx,
  program: string,
  kept: readonly KeptOrder[],
  versions: readonly RuleVersion[],
  now: Millis,
): Promise<Map<string, StoredGrants>> {
  if (!versions.some(({ rules }) => placesOf(rules).some((place) => isOfStickers(rules, place)))) return new Map();
  const of = kept.map(({ store, stored }) => ({ store, id: stored.id }));
  const [grants, taken] = [await readGrants(tx, program, of), await readGranted(tx, program)];
  for (const { store, stored } of kept) {
    const order = toKnown(store, stored, {}, () => undefined);
    const had = { order: order.id, held: toHeld(grants.get(order.id) ?? {}) };
    const has = grantStickers(versions, order, now, had.held, taken);
    if (!has) continue;
    for (const [place, n] of keepGrants(tx, program, [had], [has], taken))
      taken.set(place, (taken.get(place) ?? 0n) + n);
    grants.set(order.id, toGrants(has.held));
  }
  return grants;
}
