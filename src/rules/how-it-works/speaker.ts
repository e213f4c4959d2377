import { IntlMessageFormat } from 'intl-messageformat';
import { formatMoney } from '../../commerce/money.js';
import { dayNumber, parseDate, parseTime } from '../calendar.js';
import { parseFraction } from '../fraction.js';
import { type Locale, type Wording, countUnit } from '../sentences.js';

/** One thing said in every language that we speak, as ICU messages. */
export type Said = Readonly<Record<Locale, string>>;
export type Values = Record<string, string | number>;

/** Puts a rule of one kind into words for a shopper; without the full stop. */
export type Tell<Rule> = (rule: Rule, speaker: Speaker) => string;

/** What the shop calls its rules, and the things that they name by id; null where it is not known. */
export type NameOf = (of: 'rule' | 'product' | 'category' | 'variant' | 'store' | 'tier', id: string) => string | null;

const DAY = 86_400_000;
/** English here is British: 28 November 2026, 14:00. */
const TAGS: Record<Locale, string> = { en: 'en-GB', nl: 'nl', nb: 'nb', pl: 'pl' };
const messages = new Map<string, IntlMessageFormat>();

/** Says figures, amounts, dates and names in one language, in the program's own words for its units. */
export class Speaker {
  readonly locale: Locale;
  private readonly wording: Wording;
  private readonly nameOf: NameOf;

  constructor(wording: Wording, nameOf: NameOf = () => null) {
    this.locale = wording.locale;
    this.wording = wording;
    this.nameOf = nameOf;
  }

  say(said: Said, values: Values = {}): string {
    const text = said[this.locale];
    const key = `${this.locale}\n${text}`;
    let message = messages.get(key);
    if (!message) messages.set(key, (message = new IntlMessageFormat(text, this.locale)));
    return String(message.format(values));
  }

  /** "3 points", from a whole number or a fraction written as text; of its decimals so many at most. */
  count(unit: string, n: number | string, decimals = 2): string {
    const whole = 10 ** decimals;
    return countUnit(this.wording, unit, Math.round(this.amount(n) * whole) / whole);
  }

  /** The unit's name for many of it, as a subject: "points", "punkty". */
  units(unit: string): string {
    const many =
      this.wording.units?.[unit] === undefined && unit !== 'points'
        ? unit
        : this.count(unit, this.locale === 'pl' ? 2 : 5);
    return many.replace(/^[\d.,\s\u00a0\u202f]+/, '');
  }

  money(minor: number): string {
    return formatMoney(minor, this.wording.money, this.locale);
  }

  /** In another currency than the program's. */
  moneyOf(minor: number, money: Wording['money']): string {
    return formatMoney(minor, money, this.locale);
  }

  number(n: number | string): string {
    return new Intl.NumberFormat(this.locale, { maximumFractionDigits: 2 }).format(this.amount(n));
  }

  /** A share in hundredths, "25/2" -> "12.5%". */
  percent(hundredths: number | string): string {
    const format = new Intl.NumberFormat(this.locale, { style: 'percent', maximumFractionDigits: 2 });
    return format.format(this.amount(hundredths) / 100);
  }

  amount(text: number | string): number {
    if (typeof text === 'number') return text;
    const { n, d } = parseFraction(text);
    return Number(n) / Number(d);
  }

  /** "2026-11-28" -> "28 November 2026". */
  date(local: string): string {
    return this.dated(parseDate(local), { day: 'numeric', month: 'long', year: 'numeric' });
  }

  /** "12-20" -> "20 December", of any year. */
  monthDay(text: string): string {
    return this.dated(dayNumber(2000, Number(text.slice(0, 2)), Number(text.slice(3, 5))), {
      day: 'numeric',
      month: 'long',
    });
  }

  /** "10:00" as clocks are read there. */
  time(text: string): string {
    const format = { timeZone: 'UTC', hour: '2-digit', minute: '2-digit', hourCycle: 'h23' } as const;
    return new Intl.DateTimeFormat(TAGS[this.locale], format).format(parseTime(text));
  }

  /** "2026-11-28T10:00" -> "28 November 2026, 10:00"; midnight is left out. */
  moment(local: string): string {
    const time = local.slice(11);
    return parseTime(time) === 0 ? this.date(local) : `${this.date(local)}, ${this.time(time)}`;
  }

  private dated(day: number, format: Intl.DateTimeFormatOptions): string {
    return new Intl.DateTimeFormat(TAGS[this.locale], { ...format, timeZone: 'UTC' }).format(day * DAY);
  }

  /** A country or language by its code, as the world calls it; the code itself where it is none. */
  ofWorld(type: 'region' | 'language', code: string): string {
    try {
      const tag = type === 'region' ? code.toUpperCase() : code.replace('_', '-');
      return new Intl.DisplayNames(this.locale, { type }).of(tag) ?? code;
    } catch {
      return code;
    }
  }

  all(items: readonly string[]): string {
    return new Intl.ListFormat(TAGS[this.locale], { type: 'conjunction' }).format(items);
  }

  any(items: readonly string[]): string {
    return new Intl.ListFormat(TAGS[this.locale], { type: 'disjunction' }).format(items);
  }

  /** A name by id; the id itself when the shop has told no name. */
  name(of: Parameters<NameOf>[0], id: string): string {
    return this.nameOf(of, id) ?? id;
  }

  /** The names of those whose names are known. */
  named(of: Parameters<NameOf>[0], ids: readonly string[]): string[] | null {
    const names = ids.map((id) => this.nameOf(of, id));
    return names.every((name) => name !== null) ? names : null;
  }
}

/** A sentence: a capital, a full stop. Amounts and names at its head stay as they are. */
export function asSentence(text: string): string {
  const [first = ''] = text;
  return `${first.toUpperCase()}${text.slice(first.length)}.`;
}
