import { yearsLater } from './month.js';
import { type Promotion, unitOf, type Weekday, type When } from './program-file.js';

/** A promotion as the sentence asks for it: text in every slot. */
export interface PromotionForm {
  name: string;
  unit: string;
  /** So many times the points, or so many more for an order or for a piece. */
  how: 'times' | 'order' | 'piece';
  size: string;
  from: string;
  to: string;
  days: 'all' | 'week' | 'weeks' | 'month';
  weekdays: Weekday[];
  everyWeeks: string;
  monthDay: string;
  hourFrom: string;
  hourTo: string;
  tiers: string[];
  segment: 'everyone' | 'first' | 'new' | 'away' | 'birthday' | 'tag';
  segmentValue: string;
  scope: 'all' | 'categories' | 'products' | 'tags' | 'skus';
  scopeValues: string;
  minOrder: string;
  alone: boolean;
  ceiling: string;
}

export type FormErrors = Partial<
  Record<'name' | 'size' | 'weekdays' | 'to' | 'hours' | 'segment' | 'scope' | 'money', true>
>;

export const emptyForm = (unit: string): PromotionForm => ({
  ...{ name: '', unit, how: 'times', size: '2', from: '', to: '', days: 'all', weekdays: [], everyWeeks: '2' },
  ...{ monthDay: '1', hourFrom: '', hourTo: '', tiers: [], segment: 'everyone', segmentValue: '', scope: 'all' },
  ...{ scopeValues: '', minOrder: '', alone: false, ceiling: '' },
});

const SCOPES = ['categories', 'products', 'tags', 'skus'] as const;

/** The words that the form speaks for; all others of a promotion are kept as they are. */
const OWN_WHEN = [
  ...['from', 'to', 'weekdays', 'recurs', 'hours', 'tiers', 'nth', 'memberDays', 'daysSinceOrder', 'birthday'],
  ...['customerTags', 'minOrder'],
];

/** What a promotion says, in the form. `exponent` = decimals of the program's money. */
export function formOf(promotion: Promotion, name: string, exponent: number): PromotionForm {
  const { factor, add, addItem, when = {}, where = {}, ceiling, exclusive = false } = promotion;
  const scope = SCOPES.find((one) => where[one] !== undefined) ?? 'all';
  return {
    ...emptyForm(unitOf(promotion)),
    ...{ name, alone: exclusive, from: when.from ?? '', to: when.to ?? '', tiers: when.tiers ?? [] },
    ...(addItem !== undefined
      ? { how: 'piece', size: `${addItem}` }
      : add !== undefined
        ? { how: 'order', size: `${add}` }
        : { how: 'times', size: decimalOf(factor ?? 1) }),
    ...daysOf(when),
    ...{ hourFrom: when.hours?.from ?? '', hourTo: when.hours?.to ?? '' },
    ...segmentOf(when),
    ...{ scope, scopeValues: scope === 'all' ? '' : (where[scope] as string[]).join(', ') },
    minOrder: when.minOrder === undefined ? '' : moneyText(when.minOrder, exponent),
    ceiling: ceiling && 'money' in ceiling ? moneyText(ceiling.money, exponent) : '',
  };
}

function daysOf({ weekdays, recurs }: When): Partial<PromotionForm> {
  if (weekdays) return { days: 'week', weekdays };
  if (recurs?.weeks !== undefined)
    return { days: 'weeks', weekdays: recurs.on as Weekday[], everyWeeks: `${recurs.weeks}` };
  const [on] = recurs?.on ?? [];
  return recurs?.months === 1 && typeof on === 'object' && on.day !== undefined
    ? { days: 'month', monthDay: `${on.day}` }
    : {};
}

function segmentOf({ nth, memberDays, daysSinceOrder, birthday, customerTags }: When): Partial<PromotionForm> {
  if (nth?.['is'] === 1) return { segment: 'first' };
  if (memberDays?.max !== undefined) return { segment: 'new', segmentValue: `${memberDays.max}` };
  if (daysSinceOrder?.min !== undefined) return { segment: 'away', segmentValue: `${daysSinceOrder.min}` };
  if (birthday !== undefined) return { segment: 'birthday' };
  if (customerTags) return { segment: 'tag', segmentValue: customerTags.join(', ') };
  return {};
}

/** What keeps the form from being a promotion. */
export function errorsOf(form: PromotionForm): FormErrors {
  const { name, how, size, days, weekdays, from, to, hourFrom, hourTo, segment, segmentValue, scope } = form;
  const wantsNumber = segment === 'new' || segment === 'away';
  const errors: Record<keyof FormErrors, boolean> = {
    name: name.trim() === '',
    size: how === 'times' ? fractionOf(size) === null : !/^[1-9]\d{0,8}$/.test(size.trim()),
    weekdays: (days === 'week' || days === 'weeks') && weekdays.length === 0,
    to: from !== '' && to !== '' && to <= from,
    hours: (hourFrom === '') !== (hourTo === ''),
    segment: wantsNumber
      ? !/^[1-9]\d{0,3}$/.test(segmentValue)
      : segment === 'tag' && textsOf(segmentValue).length === 0,
    scope: scope !== 'all' && textsOf(form.scopeValues).length === 0,
    money: [form.minOrder, form.ceiling].some((text) => text.trim() !== '' && minorOf(text, 2) === null),
  };
  return Object.fromEntries(Object.entries(errors).filter(([, wrong]) => wrong)) as FormErrors;
}

interface Making {
  id: string;
  /** What stood there before: words that the form does not speak for stay. */
  before: Promotion | null;
  today: string;
  exponent: number;
}

/** The promotion that the form says. Only for a form without errors. */
export function promotionOf(form: PromotionForm, { id, before, today, exponent }: Making): Promotion {
  const { factor: _f, add: _a, addItem: _i, when, where, ceiling, exclusive: _e, ...rest } = before ?? { id };
  const whenNow = { ...without(when ?? {}, OWN_WHEN), ...whenOf(form, when ?? {}, today, exponent) };
  const whereNow = { ...without(where ?? {}, SCOPES), ...whereOf(form) };
  const most = minorOf(form.ceiling, exponent);
  const own = ceiling && 'points' in ceiling ? ceiling : undefined;
  const ceilingNow = most === null ? own : { money: most };
  return {
    ...rest,
    ...{ id, unit: form.unit },
    ...(form.how === 'times' ? { factor: fractionOf(form.size) ?? 1 } : {}),
    ...(form.how === 'order' ? { add: Number(form.size) } : {}),
    ...(form.how === 'piece' ? { addItem: Number(form.size) } : {}),
    ...(form.alone ? { exclusive: true } : {}),
    ...(Object.keys(whenNow).length > 0 ? { when: whenNow } : {}),
    ...(Object.keys(whereNow).length > 0 ? { where: whereNow } : {}),
    ...(ceilingNow ? { ceiling: ceilingNow } : {}),
  };
}

function whenOf(form: PromotionForm, before: When, today: string, exponent: number): When {
  const least = minorOf(form.minOrder, exponent);
  const begins = before.recurs?.from ?? (form.from === '' ? today : form.from.slice(0, 10));
  const day = form.monthDay === 'last' ? ('last' as const) : Number(form.monthDay);
  const keptRecurs = form.days === 'all' && before.recurs && !('days' in daysOf(before)) ? before.recurs : undefined;
  return {
    ...(form.from === '' ? {} : { from: form.from }),
    ...(form.to === '' ? {} : { to: form.to }),
    ...(form.days === 'week' ? { weekdays: form.weekdays } : {}),
    ...(form.days === 'weeks' ? { recurs: { weeks: Number(form.everyWeeks), on: form.weekdays, from: begins } } : {}),
    ...(form.days === 'month' ? { recurs: { months: 1, on: [{ day }], from: begins } } : {}),
    ...(keptRecurs ? { recurs: keptRecurs } : {}),
    ...(form.hourFrom === '' ? {} : { hours: { from: form.hourFrom, to: form.hourTo } }),
    ...(form.tiers.length === 0 ? {} : { tiers: form.tiers }),
    ...segmentWords(form, before),
    ...(least === null || least === 0 ? {} : { minOrder: least }),
  };
}

function segmentWords({ segment, segmentValue }: PromotionForm, { birthday, nth }: When): When {
  switch (segment) {
    case 'first':
      return { nth: { is: 1 } };
    case 'new':
      return { memberDays: { max: Number(segmentValue) } };
    case 'away':
      return { daysSinceOrder: { min: Number(segmentValue) } };
    case 'birthday':
      return { birthday: birthday ?? 'month' };
    case 'tag':
      return { customerTags: textsOf(segmentValue) };
    case 'everyone':
      // another count of orders than the first, which this form does not ask for
      return nth && nth['is'] !== 1 ? { nth } : {};
  }
}

const whereOf = ({ scope, scopeValues }: PromotionForm): Record<string, unknown> =>
  scope === 'all' ? {} : { [scope]: textsOf(scopeValues) };

const without = (of: Record<string, unknown>, words: readonly string[]): Record<string, unknown> =>
  Object.fromEntries(Object.entries(of).filter(([word]) => !words.includes(word)));

const textsOf = (text: string): string[] =>
  text
    .split(',')
    .map((one) => one.trim())
    .filter((one) => one !== '');

/** "1.5" or "1,5" as the exact fraction that the program holds ("3/2"); null = it is none, or not more than nothing. */
export function fractionOf(text: string): number | string | null {
  const [, whole = '', part = ''] = /^(\d{1,6})(?:[.,](\d{1,4}))?$/.exec(text.trim()) ?? [];
  if (whole === '') return null;
  const [top, below] = [Number(whole + part), 10 ** part.length];
  if (top === 0) return null;
  const common = commonDivisor(top, below);
  return below === common ? top / common : `${top / common}/${below / common}`;
}

/** Minor units of what was written in money; null = nothing, or no amount. */
export function minorOf(text: string, exponent: number): number | null {
  const [, whole = '', part = ''] = /^(\d{1,9})(?:[.,](\d{1,4}))?$/.exec(text.trim().replaceAll(/\s/g, '')) ?? [];
  if (whole === '' || part.length > exponent) return null;
  return Number(whole + part.padEnd(exponent, '0'));
}

export const moneyText = (minor: number, exponent: number): string =>
  minor % 10 ** exponent === 0 ? `${minor / 10 ** exponent}` : (minor / 10 ** exponent).toFixed(exponent);

function decimalOf(fraction: number | string): string {
  const [top = 1, below = 1] = `${fraction}`.split('/').map(Number);
  return `${Number((top / below).toFixed(4))}`;
}

const commonDivisor = (a: number, b: number): number => (b === 0 ? a : commonDivisor(b, a % b));

/** An id that is not taken yet, made from a name: "double-saturday". */
export function freshId(name: string, taken: readonly string[]): string {
  const plain = name
    .normalize('NFD')
    .replaceAll(/\p{M}/gu, '')
    .toLowerCase()
    .replaceAll('ł', 'l')
    .replaceAll('ø', 'o')
    .replaceAll(/[^a-z0-9]+/g, '-')
    .replaceAll(/^-|-$/g, '')
    .slice(0, 60);
  const base = plain === '' ? 'promotion' : plain;
  if (!taken.includes(base)) return base;
  for (let nth = 2; ; nth++) if (!taken.includes(`${base}-${nth}`)) return `${base}-${nth}`;
}

/** The form of last year's promotion in this year. */
export function nextYear(form: PromotionForm): PromotionForm {
  const later = (local: string) => (local === '' ? '' : yearsLater(local, 1));
  return { ...form, from: later(form.from), to: later(form.to) };
}
