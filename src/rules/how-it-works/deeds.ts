import type { DeedKindName, DeedRule } from '../deeds/index.js';
import { withMember } from './conditions/gifts.js';
import { boundTexts } from './limits.js';
import type { Said, Speaker, Tell } from './speaker.js';
import { untilText } from './until.js';

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
  'own-day': {
    en: 'choose a day: {name}',
    nl: 'kies een dag: {name}',
    nb: 'velg en dag: {name}',
    pl: 'wybierz dzień: {name}',
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
const from: Said = { en: 'from {at}', nl: 'vanaf {at}', nb: 'fra {at}', pl: 'od {at}' };

/** One deed with what it gives; a link that is switched off is not told. */
export function deedsText(rules: readonly DeedRule[], speaker: Speaker): { id: string; text: string }[] {
  return rules
    .filter((rule) => rule.kind !== 'social' || rule.on)
    .map((rule) => ({ id: rule.id, text: deedText(rule, speaker) }));
}

const deedText: Tell<DeedRule> = (rule, speaker) => {
  const said = speaker.say(what[rule.kind], { name: rule.name ?? speaker.name('rule', rule.id) });
  const head =
    rule.gives === 0 && rule.kind === 'own-day'
      ? said
      : rule.gives === 0
        ? speaker.say(counts, { what: said })
        : speaker.say(gives, { what: said, pts: speaker.count(rule.unit, rule.gives) });
  const window = [
    ...(rule.from === undefined ? [] : [speaker.say(from, { at: speaker.moment(rule.from) })]),
    ...(rule.to === undefined ? [] : [untilText(rule.to, speaker)]),
  ];
  return [withMember(head, { when: rule.when }, speaker), ...window, ...boundTexts(rule, speaker)].join(', ');
};
