/**
 * Columns of a batch as Postgres arrays. The driver's own way looks at every element apart and took a third of the time
 * of a batch.
 */

/** Numbers, digits, booleans; null stays null. */
export const numbers = (column: readonly (string | number | bigint | boolean | null)[]): string =>
  `{${column.map((value) => value ?? 'null').join(',')}}`;

/** Any text; null stays null. */
export function texts(column: readonly (string | null)[]): string {
  if (column.length === 0) return '{}';
  if (column.includes(null) || SPECIAL.test(column.join(''))) return `{${column.map(element).join(',')}}`;
  return `{"${column.join('","')}"}`;
}

const SPECIAL = /["\\]/;
const element = (value: string | null) => (value === null ? 'null' : `"${value.replace(/["\\]/g, '\\$&')}"`);

const BYTEA = 17;
const HEAD = 20;

/** Bytes, in Postgres' binary form of bytea[]: as text they would be twice as long and read twice. */
export function bytes(column: readonly Buffer[]): Buffer {
  const array = Buffer.allocUnsafe(HEAD + column.reduce((size, value) => size + 4 + value.length, 0));
  // one dimension, no nulls, its type, its length, counted from 1
  [1, 0, BYTEA, column.length, 1].forEach((word, i) => array.writeInt32BE(word, 4 * i));
  let at = HEAD;
  for (const value of column) {
    at = array.writeInt32BE(value.length, at);
    at += value.copy(array, at);
  }
  return array;
}
