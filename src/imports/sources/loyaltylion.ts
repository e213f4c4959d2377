import type { ImportSource } from '../import-source.js';

/**
 * LoyaltyLion's exports have the columns that the merchant chose, under names that the merchant may change (help article "Exports"):
 * none is certain. Its import takes e-mail addresses and points.
 */
export const loyaltylion: ImportSource = {
  id: 'loyaltylion',
  name: 'LoyaltyLion',
  described: 'none',
  columns: {},
};
