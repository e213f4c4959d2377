import type { Millis } from './clock.js';

const ISO = /^(\d{4})-(\d\d)-(\d\d)[T ](\d\d):(\d\d):(\d\d)(?:\.(\d{1,9}))?(Z|[+-]\d\d:?\d\d)?$/;

/**
 * An ISO 8601 date-time as an instant, or null when it is none (the 30th of February, 25 o'clock, no zone).
 * `zone` is used when the text has none: WooCommerce writes `date_*_gmt` without the `Z`.
 */
export function parseInstant(text: string, zone?: 'Z'): Millis | null {
  const parts = ISO.exec(text);
  const offset = parts?.[8] ?? zone;
  if (!parts || offset === undefined) return null;
  const [year, month, day, hour, minute, second] = parts.slice(1, 7).map(Number) as [
    number,
    number,
    number,
    number,
    number,
    number,
  ];
  const millis = Number((parts[7] ?? '').padEnd(3, '0').slice(0, 3));
  const asUtc = new Date(Date.UTC(year, month - 1, day, hour, minute, second, millis));
  const same = asUtc.getUTCMonth() === month - 1 && asUtc.getUTCDate() === day && asUtc.getUTCHours() === hour;
  if (!same || minute > 59 || second > 59) return null;
  return asUtc.getTime() - offsetMillis(offset);
}

function offsetMillis(offset: string): Millis {
  if (offset === 'Z') return 0;
  const sign = offset.startsWith('-') ? -1 : 1;
  const digits = offset.slice(1).replace(':', '');
  return sign * (Number(digits.slice(0, 2)) * 60 + Number(digits.slice(2))) * 60_000;
}
