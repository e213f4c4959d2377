import type { FieldName } from './mapping.js';

/** A program whose export can be brought, and what is known of its columns. */
export interface ImportSource {
  id: string;
  /** What it calls itself; null = any other file. */
  name: string | null;
  /**
   * Where the names come from: `export` = its maker describes the columns of the export; `import` = only those of its import, which
   * the export may or may not share; `none` = no public description: the owner says which column is what.
   */
  described: 'export' | 'import' | 'none';
  /** Names of columns by what they hold, likeliest first; letter case and punctuation do not matter. */
  columns: Partial<Record<FieldName, readonly string[]>>;
}
