import type { ImportSource } from '../import-source.js';

/**
 * WPLoyalty's documentation names `email` and `points` for its import; of its export no public description was found. `user_email` is
 * what an older plugin of the same makers takes.
 */
export const wployalty: ImportSource = {
  id: 'wployalty',
  name: 'WPLoyalty',
  described: 'import',
  columns: { email: ['email', 'user_email'], points: ['points'] },
};
