/**
 * Under this name a shop attaches the advocate's code to a cart or an order: Shopify cart attribute, WooCommerce order
 * meta. Leading underscores, which hide such entries from the shopper, do not matter.
 */
export const REFERRAL_ATTRIBUTE = 'tallymark_referral';

/** The referral code among an order's attributes, or null. */
export function referralAmong(attributes: readonly { name: string; value: unknown }[]): string | null {
  const found = attributes.find(({ name }) => name.replace(/^_+/, '').toLowerCase() === REFERRAL_ATTRIBUTE);
  return typeof found?.value === 'string' && found.value.trim() !== '' ? found.value.trim().slice(0, 100) : null;
}
