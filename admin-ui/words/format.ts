import { say, tagOf, type Language } from './words.js';

/** What a program's figures need to be written: its zone, its money, its units. */
export interface Figures {
  zone: string;
  currency: string;
  exponent: number;
  units: readonly Unit[];
  /** Gone from the rules; members may hold lines in them. */
  formerUnits?: readonly Unit[];
}

interface Unit {
  unit: string;
  counted: string;
  symbol: string | null;
}

export type Format = ReturnType<typeof formatOf>;

/**
 * How figures are written for one reader of one program. Points are whole or decimal text; money is minor units. `ahead` = by how many
 * milliseconds the service's time is later than this machine's.
 */
export function formatOf(
  language: Language,
  { zone, currency, exponent, units, formerUnits = [] }: Figures,
  ahead = 0,
) {
  const tag = tagOf(language);
  // grouped as the language does, without a wish of ours: counts within messages and the service's sentences know of none
  const plain = new Intl.NumberFormat(tag);
  // made once each: to make one costs as much as to write a hundred figures, and lists write thousands
  const signed = new Intl.NumberFormat(tag, { signDisplay: 'exceptZero' });
  const percent = new Intl.NumberFormat(tag, { style: 'percent', maximumFractionDigits: 1 });
  const monies = new Map<string, Intl.NumberFormat>();
  const ofMoney = (code: string, digits: number) => {
    const key = `${code} ${digits}`;
    let format = monies.get(key);
    if (!format) {
      const fraction = { minimumFractionDigits: digits, maximumFractionDigits: digits };
      monies.set(key, (format = new Intl.NumberFormat(tag, { style: 'currency', currency: code, ...fraction })));
    }
    return format;
  };
  const part = (options: Intl.DateTimeFormatOptions, timeZone = zone) =>
    new Intl.DateTimeFormat(tag, { timeZone, ...options });
  const day = part({ day: 'numeric', month: 'short', year: 'numeric' });
  const date = part({ day: 'numeric', month: 'short', year: 'numeric' }, 'UTC');
  const month = part({ month: 'long', year: 'numeric' }, 'UTC');
  const moment = part({ day: 'numeric', month: 'short', year: 'numeric', hour: '2-digit', minute: '2-digit' });
  const clock = part({ hour: '2-digit', minute: '2-digit' });
  const days = new Intl.DateTimeFormat('en-CA', { timeZone: zone });
  const instant = (at: string | number | Date) => (at instanceof Date ? at : new Date(at));
  const countedOf = (unit: string) =>
    [...formerUnits, ...units].find((one) => one.unit === unit)?.counted ?? `{n, number} ${unit}`;
  return {
    language,
    zone,
    /** The service's time, in milliseconds: what the machine at hand believes may be another. */
    now: () => Date.now() + ahead,
    /** The shop's day so many days from now, "2026-11-22". */
    today: (later = 0) => days.format(Date.now() + ahead + later * 86_400_000),
    number: (n: number | string | bigint) => plain.format(typeof n === 'string' ? Number(n) : n),
    /** "48 points", in the owner's own words, on one line. */
    points: (n: number | string | bigint, unit = 'points') => {
      // a line that ends between the figure and its unit is read as another figure
      return say(language, countedOf(unit), { n: Number(n) }).replace(/(\d) (?=\S)/g, '$1\u00a0');
    },
    /** "points", as a heading names them, or as they are called beside so many. */
    unitName: (unit: string, n: number | string | bigint = 2) => {
      return say(language, countedOf(unit), { n: Math.abs(Number(n)) }).replace(/^[\d\s.,’]+/, '');
    },
    /** "+48" or "−40": a change, without its unit. */
    signed: (n: number | string | bigint) => signed.format(Number(n)),
    money: (minor: number | string | bigint, of: { currency: string; exponent: number } = { currency, exponent }) =>
      ofMoney(of.currency, of.exponent).format(Number(minor) / 10 ** of.exponent),
    /** 0.147 -> "14.7%" */
    percent: (share: number) => percent.format(share),
    /** The day of an instant, in the shop's zone. */
    day: (at: string | number | Date) => day.format(instant(at)),
    /** A date without a time, "2026-11-22". */
    date: (text: string) => date.format(new Date(`${text}T00:00:00Z`)),
    /** A month, "2027-11" -> "November 2027". */
    month: (text: string) => month.format(new Date(`${text}-01T00:00:00Z`)),
    moment: (at: string | number | Date) => moment.format(instant(at)),
    clock: (at: string | number | Date) => clock.format(instant(at)),
    list: (texts: readonly string[]) => new Intl.ListFormat(tag).format(texts),
  };
}
