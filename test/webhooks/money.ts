/** Decimal texts as whole units of 10^-6, for sums that are independent of the code under test. */
export function micro(text: string | number | null | undefined): bigint {
  const [whole = '0', fraction = ''] = String(text ?? 0)
    .replace('-', '')
    .split('.');
  const value = BigInt(whole || '0') * 1_000_000n + BigInt(fraction.slice(0, 6).padEnd(6, '0'));
  return String(text).startsWith('-') ? -value : value;
}

/** Minor units of a snapshot in the same measure. */
export function microOf(minor: number, exponent: number): bigint {
  return BigInt(minor) * 10n ** BigInt(6 - exponent);
}

export function sumOf(values: readonly bigint[]): bigint {
  return values.reduce((all, value) => all + value, 0n);
}
