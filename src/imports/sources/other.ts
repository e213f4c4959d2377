import type { ImportSource } from '../import-source.js';

/** A spreadsheet, or the export of a program that is not in the list. */
export const other: ImportSource = { id: 'other', name: null, described: 'none', columns: {} };
