/**
 * Columns of a batch as Postgres array literals. The driver's own way looks at every element apart and took a third of
 * the time of a batch.
 */

/** Numbers, digits, booleans; null stays null. */
export const numbers = (column: readonly (string | number | bigint | boolean | null)[]): string =>
  `{${column.map((value) => value ?? 'null').join(',')}}`;

/** Any text. */
export function texts(column: readonly string[]): string {
  if (column.length === 0) return '{}';
  return SPECIAL.test(column.join('')) ? `{"${column.map(escaped).join('","')}"}` : `{"${column.join('","')}"}`;
}

const SPECIAL = /["\\]/;
const escaped = (value: string) => value.replace(/["\\]/g, '\\$&');
