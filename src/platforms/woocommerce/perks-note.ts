import type { BalanceMirror } from '../../commerce/outbound-platform.js';
import type { StoreMoney } from './orders.js';

const DAY_MS = 24 * 3_600_000;

/** Where the plugin looks (Shop/Standing_Perks.php); WooCommerce drops what REST writes under a key that begins with an underscore. */
export const PERKS_META = 'tallymark_perks';

/**
 * What the plugin takes off for this customer by itself, as JSON: `until` in seconds (the start of a day, so that it is written anew once a day at
 * most), `least` in minor units of `currency`. Null =
 * nothing. It needs no signature: only who manages the shop can write there, and they could give the discount as well.
 */
export function writePerks(perks: BalanceMirror['perks'], { money }: StoreMoney): string | null {
  if (!perks || perks.discounts.length === 0) return null;
  const { code: currency, exponent } = money;
  const until = (Math.floor(perks.until / DAY_MS) * DAY_MS) / 1000;
  return JSON.stringify({ until, currency, exponent, discounts: perks.discounts });
}
