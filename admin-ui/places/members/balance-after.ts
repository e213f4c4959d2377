/** What an amount typed by hand makes of a balance; null when it is no whole amount other than nothing. */
export function balanceAfter(
  available: string,
  typed: string,
): { points: string; before: string; after: string } | null {
  const text = typed
    .trim()
    .replace(/^[−–]/, '-')
    .replace(/^\+/, '')
    .replaceAll(/[\s.,\u00a0]/g, '');
  if (!/^-?\d{1,15}$/.test(text) || BigInt(text) === 0n) return null;
  const points = BigInt(text);
  return { points: `${points}`, before: available, after: `${BigInt(available) + points}` };
}
