import type { DeedKindName, DeedRule } from '../deeds/index.js';
import type { Limits } from '../deeds/kind.js';
import { togetherText } from './limits.js';
import type { Said, Speaker, Tell } from './speaker.js';

const what: Record<DeedKindName, Said> = {
  event: { en: '{name}', nl: '{name}', nb: '{name}', pl: '{name}' },
  'check-in': {
    en: 'check in with the code of {name}',
    nl: 'check in met de code van {name}',
    nb: 'sjekk inn med koden til {name}',
    pl: 'zamelduj się kodem: {name}',
  },
  survey: {
    en: 'answer our questions: {name}',
    nl: 'beantwoord onze vragen: {name}',
    nb: 'svar på spørsmålene våre: {name}',
    pl: 'odpowiedz na nasze pytania: {name}',
  },
  social: {
    en: 'follow our link: {name}',
    nl: 'volg onze link: {name}',
    nb: 'følg lenken vår: {name}',
    pl: 'otwórz nasz link: {name}',
  },
};
const gives: Said = {
  en: '{pts} for: {what}',
  nl: '{pts} voor: {what}',
  nb: '{pts} for: {what}',
  pl: '{pts} za: {what}',
};
const counts: Said = {
  en: 'counts towards goals: {what}',
  nl: 'telt mee voor doelen: {what}',
  nb: 'teller mot mål: {what}',
  pl: 'liczy się do celów: {what}',
};
const limit: Said = {
  en: 'at most {n, plural, one {once} other {# times}} {period, select, day {a day} week {a week} month {a month} year {a year} other {in all}}',
  nl: 'hooguit {n, plural, one {één keer} other {# keer}} {period, select, day {per dag} week {per week} month {per maand} year {per jaar} other {in totaal}}',
  nb: 'høyst {n, plural, one {én gang} other {# ganger}} {period, select, day {om dagen} week {i uken} month {i måneden} year {i året} other {i alt}}',
  pl: 'najwyżej {n, plural, one {raz} other {# razy}} {period, select, day {dziennie} week {w tygodniu} month {w miesiącu} year {w roku} other {w sumie}}',
};
const from: Said = { en: 'from {at}', nl: 'vanaf {at}', nb: 'fra {at}', pl: 'od {at}' };
const until: Said = { en: 'until {at}', nl: 'tot {at}', nb: 'til {at}', pl: 'do {at}' };

const PERIODS = ['day', 'week', 'month', 'year', 'lifetime'] as const satisfies (keyof Limits)[];

/** One deed with what it gives; a link that is switched off is not told. */
export function deedsText(rules: readonly DeedRule[], speaker: Speaker): { id: string; text: string }[] {
  return rules
    .filter((rule) => rule.kind !== 'social' || rule.on)
    .map((rule) => ({ id: rule.id, text: deedText(rule, speaker) }));
}

const deedText: Tell<DeedRule> = (rule, speaker) => {
  const said = speaker.say(what[rule.kind], { name: rule.name ?? speaker.name('rule', rule.id) });
  const head =
    rule.gives === 0
      ? speaker.say(counts, { what: said })
      : speaker.say(gives, { what: said, pts: speaker.count(rule.unit, rule.gives) });
  const often = oftenTexts(rule.limits, speaker);
  const window = [
    ...(rule.from === undefined ? [] : [speaker.say(from, { at: speaker.moment(rule.from) })]),
    ...(rule.to === undefined ? [] : [speaker.say(until, { at: speaker.moment(rule.to) })]),
  ];
  const together = oftenTexts(rule.inAll, speaker).map((text) => togetherText(text, speaker));
  return [head, ...window, ...often, ...together].join(', ');
};

function oftenTexts(limits: Limits | undefined, speaker: Speaker): string[] {
  return PERIODS.flatMap((period) => {
    const n = limits?.[period];
    return n === undefined ? [] : [speaker.say(limit, { n, period })];
  });
}
