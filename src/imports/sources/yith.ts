import type { ImportSource } from '../import-source.js';

/**
 * YITH Points and Rewards exports "e-mail and related points" or "user ID and related points", with a delimiter of one's choice; its
 * documentation names no headings. The export by e-mail is the one that can be brought.
 */
export const yith: ImportSource = { id: 'yith', name: 'YITH', described: 'none', columns: {} };
