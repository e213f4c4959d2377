import type { ProgramRules } from '../program-rules.js';
import { withMember } from './conditions/gifts.js';
import { withTerms } from './expiry/index.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{pts} on your birthday (29 February counts on 28 February in other years){days, plural, =0 {} one {, if we knew it a day before} other {, if we knew it # days before}}',
  nl: '{pts} op je verjaardag (29 februari telt in andere jaren op 28 februari){days, plural, =0 {} one {, als we die een dag van tevoren wisten} other {, als we die # dagen van tevoren wisten}}',
  nb: '{pts} på bursdagen din (29. februar regnes som 28. februar i andre år){days, plural, =0 {} one {, hvis vi kjente den en dag før} other {, hvis vi kjente den # dager før}}',
  pl: '{pts} w dniu urodzin (29 lutego w innych latach liczy się 28 lutego){days, plural, =0 {} one {, jeśli znaliśmy datę dzień wcześniej} other {, jeśli znaliśmy datę # dni wcześniej}}',
};

const onLevel: Said = {
  en: 'as {level} {pts}',
  nl: 'als {level} {pts}',
  nb: 'som {level} {pts}',
  pl: 'na poziomie {level}: {pts}',
};

export const birthdayText: Tell<NonNullable<ProgramRules['birthday']>> = (birthday, speaker) => {
  const { unit, gives, givesByTier = {}, knownDays, expiry } = birthday;
  const levels = Object.entries(givesByTier).map(([level, points]) =>
    speaker.say(onLevel, { level: speaker.name('tier', level), pts: speaker.count(unit, points) }),
  );
  const plain = speaker.say(said, { pts: speaker.count(unit, gives), days: knownDays });
  return withTerms(withMember([plain, ...levels].join(', '), birthday, speaker), unit, expiry, speaker);
};
