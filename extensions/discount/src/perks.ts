import { hmacHex } from './sha256.js';

/**
 * What a customer's standing takes off by itself, as the service mirrors it to the customer's metafield `perks`:
 *   v1.<customer>.<last day, YYYY-MM-DD>.<currency><exponent>.<perk>|<perk>....<HMAC-SHA256 in hex>
 * with <perk> `p<hundredths of a per cent>m<least cart, minor units>[i<product>,...][t<tag>,...][x<tag>,...]` (t = any of these
 * tags, x = none of them, each sign as four hex digits) or `sm<least cart>` (shipping).
 * The signature binds it to the customer and the day under a key that only the discount itself bears.
 */
export interface Perks {
  currency: string;
  exponent: number;
  percents: Percent[];
  shipping: { least: number }[];
}

export interface Percent {
  hundredths: number;
  /** Least cart in minor units of the shop's currency. */
  least: number;
  /** Shopify's numbers of the products; null = all. */
  products: string[] | null;
  /** A product has any of `tags` and none of `notTags`; absent = whichever. */
  asks?: { tags?: string[]; notTags?: string[] };
}

/** Longer ones are not read: signing them would take too much of the instructions that a Function has. */
export const MOST_SIGNS = 1_000;

const FORM = /^(v1\.(\d{1,20})\.(\d{4}-\d{2}-\d{2})\.([A-Z]{3})([0-4])\.([\d,a-z|]*))\.([0-9a-f]{64})$/;

/** Null for whatever is not this customer's, not signed, or over: then nothing is taken off. */
export function readPerks(note: string, key: string, customer: string, today: string): Perks | null {
  if (note.length > MOST_SIGNS || key.length < 32) return null;
  const [, signed = '', of, until = '', currency = '', exponent, items = '', mac] = FORM.exec(note) ?? [];
  if (mac === undefined || of !== customer || until < today) return null;
  if (!equal(hmacHex(key, signed) ?? '', mac)) return null;
  return { currency, exponent: Number(exponent), ...itemsOf(items) };
}

function equal(a: string, b: string): boolean {
  let difference = a.length ^ b.length;
  for (let i = 0; i < b.length; i += 1) difference |= (a.charCodeAt(i) | 0) ^ b.charCodeAt(i);
  return difference === 0;
}

const PERCENT = /^p(\d{1,5})m(\d{1,15})(?:i([\d,]+))?(?:t([\da-f,]+))?(?:x([\da-f,]+))?$/;

const textsOf = (list: string): string[] =>
  list.split(',').map((hex) => hex.replace(/[\da-f]{4}/g, (sign) => String.fromCharCode(parseInt(sign, 16))));

function itemsOf(text: string): Pick<Perks, 'percents' | 'shipping'> {
  const perks: Pick<Perks, 'percents' | 'shipping'> = { percents: [], shipping: [] };
  for (const item of text.split('|')) {
    const [, percent, least, products, tags, notTags] = PERCENT.exec(item) ?? [];
    const [, free] = /^sm(\d{1,15})$/.exec(item) ?? [];
    if (free !== undefined) perks.shipping.push({ least: Number(free) });
    if (percent !== undefined && Number(percent) <= 10_000)
      perks.percents.push({
        hundredths: Number(percent),
        least: Number(least),
        products: products?.split(',') ?? null,
        ...((tags ?? notTags) && {
          asks: { ...(tags && { tags: textsOf(tags) }), ...(notTags && { notTags: textsOf(notTags) }) },
        }),
      });
  }
  return perks;
}
