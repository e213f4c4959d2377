import type { Limits, Often } from '../deeds/kind.js';
import type { Limit } from '../rule-parts.js';
import type { Said, Speaker } from './speaker.js';

const points: Said = {
  en: 'at most {pts} {per, select, order {per order} day {a day} week {a week} month {a month} year {a year} other {in all}}',
  nl: 'hoogstens {pts} {per, select, order {per bestelling} day {per dag} week {per week} month {per maand} year {per jaar} other {in totaal}}',
  nb: 'høyst {pts} {per, select, order {per bestilling} day {om dagen} week {i uken} month {i måneden} year {i året} other {totalt}}',
  pl: 'najwyżej {pts} {per, select, order {za zamówienie} day {dziennie} week {tygodniowo} month {miesięcznie} year {rocznie} other {łącznie}}',
};
const times: Said = {
  en: 'for at most {n, plural, one {one order} other {# orders}} {per, select, day {a day} week {a week} month {a month} year {a year} other {in all}}',
  nl: 'voor hoogstens {n, plural, one {één bestelling} other {# bestellingen}} {per, select, day {per dag} week {per week} month {per maand} year {per jaar} other {in totaal}}',
  nb: 'for høyst {n, plural, one {én bestilling} other {# bestillinger}} {per, select, day {om dagen} week {i uken} month {i måneden} year {i året} other {totalt}}',
  pl: 'za najwyżej {n, plural, one {jedno zamówienie} few {# zamówienia} many {# zamówień} other {# zamówienia}} {per, select, day {dziennie} week {tygodniowo} month {miesięcznie} year {rocznie} other {łącznie}}',
};
const often: Said = {
  en: 'at most {n, plural, one {once} other {# times}} {period, select, day {a day} week {a week} month {a month} year {a year} other {in all}}',
  nl: 'hooguit {n, plural, one {één keer} other {# keer}} {period, select, day {per dag} week {per week} month {per maand} year {per jaar} other {in totaal}}',
  nb: 'høyst {n, plural, one {én gang} other {# ganger}} {period, select, day {om dagen} week {i uken} month {i måneden} year {i året} other {i alt}}',
  pl: 'najwyżej {n, plural, one {raz} other {# razy}} {period, select, day {dziennie} week {w tygodniu} month {w miesiącu} year {w roku} other {w sumie}}',
};
const all: Said = {
  en: '{text} for all members together',
  nl: '{text} voor alle leden samen',
  nb: '{text} til alle medlemmer samlet',
  pl: '{text} dla wszystkich członków razem',
};

/** That a limit is not each member's own. */
export const togetherText = (text: string, speaker: Speaker): string => speaker.say(all, { text });

/** The most that a rule gives, behind what it gives and asks. */
export function limitTexts(limits: readonly Limit[] | undefined, unit: string, speaker: Speaker): string[] {
  return (limits ?? []).map((limit) => {
    const { per } = limit;
    const text =
      'points' in limit
        ? speaker.say(points, { pts: speaker.count(unit, limit.points), per })
        : speaker.say(times, { n: limit.times, per });
    return 'of' in limit && limit.of === 'all' ? togetherText(text, speaker) : text;
  });
}

const PERIODS = ['day', 'week', 'month', 'year', 'lifetime'] as const satisfies (keyof Limits)[];

/** How often a person is given for something, by period. */
export function oftenTexts(limits: Often | undefined, speaker: Speaker): string[] {
  return PERIODS.flatMap((period) => {
    const n = limits?.[period];
    return n === undefined ? [] : [speaker.say(often, { n, period })];
  });
}

/** The same for everybody together. */
export const inAllTexts = (limits: Often | undefined, speaker: Speaker): string[] =>
  oftenTexts(limits, speaker).map((text) => togetherText(text, speaker));

/** All that bounds what one person is given for something, and what everybody is. */
export function boundTexts(
  { limits, inAll, unit }: { limits?: Limits | undefined; inAll?: Often | undefined; unit: string },
  speaker: Speaker,
): string[] {
  const sums = PERIODS.flatMap((period) => {
    const most = limits?.points?.[period];
    return most === undefined ? [] : limitTexts([{ per: period, points: most }], unit, speaker);
  });
  return [...oftenTexts(limits, speaker), ...sums, ...inAllTexts(inAll, speaker)];
}
