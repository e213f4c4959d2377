import type { ImportSource } from '../import-source.js';

/**
 * Yotpo's help names these columns for its import of customers and points, and says that the export has e-mail address, first and
 * last name, current points balance and referral link, without naming the columns.
 */
export const yotpo: ImportSource = {
  id: 'yotpo',
  name: 'Yotpo',
  described: 'import',
  columns: {
    email: ['email', 'email address'],
    points: ['points balance', 'current points balance'],
    name: ['full name'],
    firstName: ['first name'],
    lastName: ['last name'],
  },
};
