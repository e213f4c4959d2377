import { AppError } from '../../lib/errors.js';
import type { Millis } from '../../lib/clock.js';
import { addMonthsToDate, Calendar, civilOf, clockText, parseDate, parseTime } from '../calendar.js';
import type { ProgramRules, Promotion, When } from '../program-rules.js';

/** What may be done to a promotion while the program runs; each makes the rules that the next version holds. */
export type ChangePromotion = (rules: ProgramRules, id: string, now: Millis) => ProgramRules;

/** As if it were not there, until it is resumed. */
export const paused: ChangePromotion = (rules, id) =>
  changed(rules, id, (promotion) => ({ ...promotion, paused: true }));

export const resumed: ChangePromotion = (rules, id) =>
  changed(rules, id, (promotion) => ({ ...promotion, paused: false }));

/** Over from now on, for good: its window is cut. */
export const stopped: ChangePromotion = (rules, id, now) =>
  changed(rules, id, (promotion) => {
    const to = localNow(rules, promotion, now);
    const { to: before } = promotion.when ?? {};
    return { ...promotion, when: { ...promotion.when, to: before !== undefined && before < to ? before : to } };
  });

/** In another window, from one local instant to another. */
export const scheduled =
  (window: { from: string; to: string }): ChangePromotion =>
  (rules, id) =>
    changed(rules, id, (promotion) => ({ ...promotion, when: { ...promotion.when, ...window } }));

/**
 * Another promotion like this one, so many years later by the calendar (29 February is the 28th where there is none), with a
 * ceiling of its own. Weekdays, hours and seasons are the same in every year.
 * @throws AppError `promotion_exists` (409)
 */
export const copied =
  (as: string, years = 1): ChangePromotion =>
  (rules, id) => {
    if (rules.promotions.some((promotion) => promotion.id === as))
      throw new AppError('promotion_exists', 409, `There is a promotion ${as} already: call the copy something else.`);
    const promotion = promotionOf(rules, id);
    const copy = {
      ...promotion,
      id: as,
      paused: false,
      ...(promotion.when ? { when: later(promotion.when, years) } : {}),
    };
    return { ...rules, promotions: [...rules.promotions, copy] };
  };

/** @throws AppError `no_such_promotion` (404) */
export function promotionOf(rules: ProgramRules, id: string): Promotion {
  const found = rules.promotions.find((promotion) => promotion.id === id);
  if (found) return found;
  const names = rules.promotions.map((promotion) => promotion.id).join(', ');
  throw new AppError(
    'no_such_promotion',
    404,
    `There is no promotion ${id}; there are: ${names === '' ? 'none' : names}.`,
  );
}

function changed(rules: ProgramRules, id: string, change: (promotion: Promotion) => Promotion): ProgramRules {
  const before = promotionOf(rules, id);
  return {
    ...rules,
    promotions: rules.promotions.map((promotion) => (promotion === before ? change(before) : promotion)),
  };
}

/** Now on the wall clock of the promotion, down to the second: nothing that is still to come is before it. */
function localNow(rules: ProgramRules, promotion: Promotion, now: Millis): string {
  const clock = Calendar.of(promotion.when?.zone ?? rules.zone).wallClock(now);
  const seconds = String(Math.floor(clock.time / 1000) % 60).padStart(2, '0');
  return `${clockText(clock)}:${seconds}`;
}

function later(when: When, years: number): When {
  return onOtherDays(when, (text) => {
    const to = addMonthsToDate(civilOf(parseDate(text)), 12 * years);
    const time = text.slice(10);
    return `${clockText({ ...to, weekday: 0, time: parseTime('00:00') }).slice(0, 10)}${time}`;
  });
}

/** The same window with each of its days, given with or without a time, put elsewhere. */
export function onOtherDays(when: When, day: (text: string) => string): When {
  const span = ({ from, to }: { from: string; to: string }) => ({ from: day(from), to: day(to) });
  return {
    ...when,
    ...(when.from === undefined ? {} : { from: day(when.from) }),
    ...(when.to === undefined ? {} : { to: day(when.to) }),
    ...(when.dates ? { dates: span(when.dates) } : {}),
    ...(when.recurs ? { recurs: { ...when.recurs, from: day(when.recurs.from) } } : {}),
    ...(when.except ? { except: when.except.map((out) => (typeof out === 'string' ? day(out) : span(out))) } : {}),
  };
}
