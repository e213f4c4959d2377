import type { ImportSource } from '../import-source.js';

/**
 * Smile's help names `email` and `points` for its points import; of the export of customers no public description was found. The
 * other names are those of its API's customer, in case the export has them.
 */
export const smile: ImportSource = {
  id: 'smile',
  name: 'Smile',
  described: 'import',
  columns: {
    email: ['email'],
    points: ['points', 'points_balance'],
    level: ['vip_tier'],
  },
};
