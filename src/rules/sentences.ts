import { IntlMessageFormat } from 'intl-messageformat';
import { formatMoney } from '../commerce/money.js';
import type { Decision } from './books.js';
import { ruleFigures } from './earning/index.js';
import { parseFraction } from './fraction.js';
import type { Redeemable } from './limits.js';
import { en } from './locales/en.js';
import type { SentenceKey, Sentences } from './locales/en.js';
import { nb } from './locales/nb.js';
import { nl } from './locales/nl.js';
import { pl } from './locales/pl.js';
import type { EarningRule } from './program-rules.js';

export const locales = ['en', 'nl', 'nb', 'pl'] as const;
export type Locale = (typeof locales)[number];
export const catalogues: Record<Locale, Sentences> = { en, nl, nb, pl };

/** The locale to speak to somebody who asked for `tag` ("nl-BE", "no"); English when we do not speak it. */
export function localeOf(tag: string | null | undefined): Locale {
  const language = (tag ?? 'en').toLowerCase().split(/[-_]/)[0] ?? 'en';
  if (language === 'no' || language === 'nn') return 'nb';
  return locales.find((locale) => locale === language) ?? 'en';
}

/** What sentences need to know of a program: its money, and the owner's names of units (ICU plural messages). */
export interface Wording {
  locale: Locale;
  money: { code: string; exponent: number };
  units?: Readonly<Record<string, string>>;
}

const formats = new Map<string, IntlMessageFormat>();

function render(locale: Locale, message: string, values: Record<string, string | number | bigint>): string {
  const key = `${locale}\n${message}`;
  let format = formats.get(key);
  if (!format) formats.set(key, (format = new IntlMessageFormat(message, locale)));
  return String(format.format(values));
}

export function sentence(
  locale: Locale,
  key: SentenceKey,
  values: Record<string, string | number | bigint> = {},
): string {
  return render(locale, catalogues[locale][key], values);
}

function keyOf(key: string): SentenceKey | null {
  return key in en ? (key as SentenceKey) : null;
}

/** A counted unit: "3 points", "5 punktów"; cashback is money. */
export function countUnit(wording: Wording, unit: string, n: bigint | number): string {
  const named = wording.units?.[unit] ?? (unit === 'points' ? catalogues[wording.locale]['unit.points'] : null);
  if (named !== null) return render(wording.locale, named, { n: Number(n) });
  if (unit === 'cashback') return formatMoney(Math.trunc(Number(n)), wording.money, wording.locale);
  return `${new Intl.NumberFormat(wording.locale).format(n)} ${unit}`;
}

/** Why an activity gave what it gave, in few words: "it was cancelled". */
export function reasonText(locale: Locale, reason: string): string {
  const key = keyOf(`reason.${reason}`);
  return key ? sentence(locale, key, { pts: '', order: '' }) : reason;
}

/** "48 points for order 1001", or "No points for order 1001: it was cancelled." */
export function decisionText(wording: Wording, decision: Decision, order: string): string {
  const { locale } = wording;
  const given = Object.entries(decision.gives).map(([unit, points]) => countUnit(wording, unit, points));
  if (given.length === 0) return sentence(locale, 'none', { order, reason: reasonText(locale, decision.reason) });
  const pts = new Intl.ListFormat(locale).format(given);
  return sentence(locale, 'reason.earned', { pts, order });
}

/** What did not apply, and the first condition that failed. */
export function missedText(locale: Locale, why: string): string {
  const key = keyOf(`missed.${why}`);
  return key ? sentence(locale, key) : why;
}

/** How much can be redeemed here and which limit binds. */
export function limitText(wording: Wording, unit: string, limit: Redeemable): string {
  const key = keyOf(`limit.${limit.binding ?? 'none'}`);
  return key ? sentence(wording.locale, key, { pts: countUnit(wording, unit, limit.points) }) : (limit.binding ?? '');
}

/** How an earning rule works, for "how it works" and for the owner: "1 point for every €1.00 spent." */
export function ruleText(wording: Wording, rule: EarningRule): string {
  const { points, money } = ruleFigures(rule);
  const { n, d } = parseFraction(points);
  const amount = Number(n) / Number(d);
  const key = keyOf(`rule.${rule.kind}`);
  if (!key) return rule.id;
  const values = {
    pts: countUnit(wording, rule.unit, Math.floor(amount * 100) / 100),
    money: money === undefined ? '' : formatMoney(money, wording.money, wording.locale),
  };
  return sentence(wording.locale, key, values);
}
