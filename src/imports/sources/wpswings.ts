import type { ImportSource } from '../import-source.js';

/** WP Swings' Points and Rewards exports its points table as CSV in the paid version, whose columns no public page describes. */
export const wpswings: ImportSource = { id: 'wpswings', name: 'WP Swings', described: 'none', columns: {} };
