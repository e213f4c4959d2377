import { createHmac } from 'node:crypto';
import type { StandingDiscount } from '../../commerce/outbound-platform.js';
import type { Millis } from '../../lib/clock.js';

/** The most that the Function reads (extensions/discount/src/perks.ts); a metafield may be ten times as long. */
const MOST_SIGNS = 1_000;

export interface PerksNote {
  customer: string;
  money: { code: string; exponent: number };
  /** After this instant it takes nothing off, unless it was written anew. */
  until: Millis;
  discounts: readonly StandingDiscount[];
}

/**
 * The signed text in a customer's metafield `$app.perks`; '' when there is nothing to take off. What would make it too long
 * to be read is left out, the narrowest first: those that name many products. A Function sees which tags a product has, but no
 * categories, so what asks for more is left out too.
 */
export function writePerks({ customer, money, until, discounts }: PerksNote, key: string): string {
  const day = new Date(until).toISOString().slice(0, 10);
  const items = discounts
    .filter(isSeen)
    .map(itemOf)
    .sort((a, b) => a.length - b.length);
  for (let kept = items.length; kept > 0; kept -= 1) {
    const signed = `v1.${customer}.${day}.${money.code}${money.exponent}.${items.slice(0, kept).join('|')}`;
    const note = `${signed}.${createHmac('sha256', key).update(signed).digest('hex')}`;
    if (note.length <= MOST_SIGNS) return note;
  }
  return '';
}

const isSeen = (discount: StandingDiscount): boolean =>
  discount.kind !== 'percent' || Object.keys(discount.asks ?? {}).every((asked) => /^(tags|notTags)$/.test(asked));

function itemOf(discount: StandingDiscount): string {
  if (discount.kind === 'free-shipping') return `sm${discount.least}`;
  const products = discount.products === null ? '' : `i${discount.products.join(',')}`;
  const { tags, notTags } = discount.asks ?? {};
  return `p${discount.hundredths}m${discount.least}${products}${hexOf('t', tags)}${hexOf('x', notTags)}`;
}

/** Tags may have any sign, the note only few: each sign as four hex digits. */
function hexOf(mark: string, tags: readonly string[] | undefined): string {
  if (!tags?.length) return '';
  const signs = (tag: string) => tag.split('').map((sign) => sign.charCodeAt(0).toString(16).padStart(4, '0'));
  return mark + tags.map((tag) => signs(tag).join('')).join(',');
}
