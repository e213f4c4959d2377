/** Host, port and folder: http or https, www, letter case and a trailing slash make no other site. */
export function siteOf(url: string): string {
  return url
    .trim()
    .toLowerCase()
    .replace(/^https?:\/\/(www\.)?/, '')
    .replace(/\/+$/, '');
}

export const isSameSite = (one: string, other: string): boolean => siteOf(one) === siteOf(other);
