/** `gid://shopify/<kind>/<number>`. */
export const gid = (kind: string, id: string): string => `gid://shopify/${kind}/${id}`;
/** The number inside a gid (or the text itself when it is none). */
export const idOfGid = (id: string): string => /\/(\d+)(?:\?.*)?$/.exec(id)?.[1] ?? id;

const MARK = 'raw-number-';

/** A JSON number of any length, written digit by digit where 2^53 does not reach. */
export const rawNumber = (digits: string): string => `\u0001${MARK}${digits}`;

/** JSON with the numbers of `rawNumber` as numbers, and slashes as Ruby leaves them. */
export const shopifyJson = (value: unknown): string =>
  JSON.stringify(value).replace(/"\\u0001raw-number-(\d+)"/g, '$1');
