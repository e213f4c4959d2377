import type { Program } from '../../widget/answers.js';

type Price = { minor: number; currency: string; exponent: number };

/** What an extension says in numbers, in its own language. */
export interface Words {
  /** "1,240 points", in the program's own word. */
  pts(points: string, unit: string): string;
  money(price: Price): string;
  date(instant: string): string;
}

/** Without the program (it has not answered) a unit goes unnamed: the number alone is true in every language. */
export function wordsOf(program: Program | null, lang: string): Words {
  const number = new Intl.NumberFormat(lang);
  const plural = new Intl.PluralRules(lang);
  return {
    pts: (points, unit) => {
      const forms = program?.units[unit]?.forms ?? {};
      const form = forms[plural.select(Math.abs(Number(points)))] ?? forms['other'] ?? '';
      return `${number.format(BigInt(points))} ${form}`.trim();
    },
    money: ({ minor, currency, exponent }) =>
      new Intl.NumberFormat(lang, {
        style: 'currency',
        currency,
        minimumFractionDigits: exponent,
        maximumFractionDigits: exponent,
      }).format(minor / 10 ** exponent),
    date: (instant) => new Intl.DateTimeFormat(lang, { day: 'numeric', month: 'long' }).format(new Date(instant)),
  };
}
