import type { OrderSnapshot } from './order.js';

/**
 * Under these names a shop says of a cart or an order that the membership in it is a gift: for whom (an e-mail), and from which day
 * (YYYY-MM-DD). Shopify cart attributes, WooCommerce order meta. Leading underscores, which hide such entries, do not matter.
 */
export const GIFT_TO = 'tallymark_gift_to';
export const GIFT_FROM = 'tallymark_gift_from';

/** What an order's attributes say of it as a gift; nothing when they say nothing. A day that is none is left out. */
export function giftAmong(
  attributes: readonly { name: string; value: unknown }[],
): Pick<OrderSnapshot, 'gift' | 'giftTo'> {
  const said = (wanted: string): string => {
    const found = attributes.find(({ name }) => name.replace(/^_+/, '').toLowerCase() === wanted)?.value;
    return typeof found === 'string' ? found.trim() : '';
  };
  const [to, from] = [said(GIFT_TO), said(GIFT_FROM)];
  if (to === '') return {};
  return { gift: isDay(from) ? { starts: from } : {}, giftTo: to.slice(0, 254) };
}

const isDay = (text: string): boolean => /^20\d\d-(0[1-9]|1[0-2])-(0[1-9]|[12]\d|3[01])$/.test(text);
