import type { Money, Program } from './answers.js';
import { CATALOGUES } from './messages/all.js';
import type { Messages } from './messages/en.js';

const DAY = 86_400_000;
const NBSP = '\u00a0';

/** Whole points as the API writes them, or as we counted them. */
type Points = string | number | bigint;

/** How this shopper's language writes our figures and sentences. */
export interface Words {
  lang: string;
  /** A sentence with its `{slots}` filled; the slots are plain text. Call it with the key in place: the build numbers them. */
  say(key: keyof Messages, slots?: Record<string, string>): string;
  number(points: Points): string;
  /** A counted unit: "1,240 points", in the program's own words where it has some. */
  pts(points: Points, unit?: string): string;
  signed(points: Points, unit?: string): string;
  money(money: Money): string;
  date(instant: string): string;
  /** A moment as a shopper says it: "22 Nov, 14:05" within a day, then "21 Nov 2026". */
  moment(instant: string): string;
}

const chosen = (lang: string | null): string => {
  const short = (lang ?? '').toLowerCase().split('-')[0] ?? '';
  return short === 'no' || short === 'nn' ? 'nb' : short in CATALOGUES ? short : 'en';
};

/** `lang` is any BCP 47 tag; what is not one of ours is answered in English. */
export function wordsFor(lang: string | null, units: Program['units'] = {}): Words {
  const language = chosen(lang);
  const locale = language === 'en' ? (lang?.startsWith('en-') ? lang : 'en-GB') : language;
  const catalogue = CATALOGUES[language]!;
  const plural = new Intl.PluralRules(locale);
  const plain = new Intl.NumberFormat(locale);
  const signs = new Intl.NumberFormat(locale, { signDisplay: 'exceptZero' });

  const inMoney = ({ minor, currency, exponent }: Money, signDisplay: 'auto' | 'exceptZero' = 'auto') =>
    new Intl.NumberFormat(locale, {
      style: 'currency',
      currency,
      signDisplay,
      minimumFractionDigits: exponent,
      maximumFractionDigits: exponent,
    }).format(minor / 10 ** exponent);
  const counted = (points: Points, unit = Object.keys(units)[0] ?? '', signDisplay?: 'exceptZero'): string => {
    const { forms, amount } = units[unit] ?? {};
    if (amount) return inMoney({ ...amount, minor: Number(points) }, signDisplay);
    const figure = (signDisplay ? signs : plain).format(BigInt(points));
    const form = forms?.[plural.select(Math.abs(Number(points)))] ?? forms?.['other'] ?? unit;
    return form.includes('#') ? form.replace('#', figure) : figure + NBSP + form;
  };
  const when = (instant: string, how: Intl.DateTimeFormatOptions) =>
    new Intl.DateTimeFormat(locale, { day: 'numeric', ...how }).format(new Date(instant));

  // what the program collects, as a noun: "points", "stars"; money has no name of its own
  const [first] = Object.values(units);
  const many = first?.amount
    ? catalogue.rewards.toLowerCase()
    : counted(language === 'pl' ? 2 : 5).replace(/^\d+\s/, '');
  const fill = (text: string, slots: Record<string, string>) =>
    text.replace(/\{(\w+)\}/g, (_, slot: string) => slots[slot] ?? '');

  return {
    lang: language,
    say: (key, slots) => fill(catalogue[key], { units: many, ...slots }),
    number: (points) => plain.format(BigInt(points)),
    pts: (points, unit) => counted(points, unit),
    signed: (points, unit) => counted(points, unit, 'exceptZero'),
    money: (money) => inMoney(money),
    date: (instant) => when(instant, { month: 'long', year: 'numeric' }),
    moment: (instant) =>
      when(instant, {
        month: 'short',
        ...(Math.abs(Date.now() - Date.parse(instant)) < DAY
          ? { hour: '2-digit', minute: '2-digit' }
          : { year: 'numeric' }),
      }),
  };
}
