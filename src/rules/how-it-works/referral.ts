import type { ProgramRules } from '../program-rules.js';
import { sideTexts } from './conditions/gifts.js';
import { withConditions } from './conditions/index.js';
import { withTerms } from './expiry/index.js';
import { boundTexts } from './limits.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{pts} for a friend’s first order{min, select, none {} other { of at least {min}}}{friend, select, none {} other {, {friend} for the friend}}{days, plural, =0 {} one {, a day after it} other {, # days after it}}',
  nl: '{pts} voor de eerste bestelling van een vriend{min, select, none {} other { van minstens {min}}}{friend, select, none {} other {, {friend} voor die vriend}}{days, plural, =0 {} one {, een dag later} other {, # dagen later}}',
  nb: '{pts} for en venns første bestilling{min, select, none {} other { for minst {min}}}{friend, select, none {} other {, {friend} til vennen}}{days, plural, =0 {} one {, en dag etter} other {, # dager etter}}',
  pl: '{pts} za pierwsze zamówienie znajomej osoby{min, select, none {} other { za co najmniej {min}}}{friend, select, none {} other {, {friend} dla niej}}{days, plural, =0 {} one {, dzień później} other {, # dni później}}',
};

export const referralText: Tell<NonNullable<ProgramRules['referral']>> = (referral, speaker) => {
  const points = {
    advocate: speaker.count(referral.unit, referral.advocate),
    friend: speaker.count(referral.unit, referral.friend),
  };
  const gives = speaker.say(said, {
    pts: points.advocate,
    friend: referral.friend === 0 ? 'none' : points.friend,
    min: referral.minOrder === 0 ? 'none' : speaker.money(referral.minOrder),
    days: referral.returnDays,
  });
  return withTerms(
    [
      withConditions(gives, { when: referral.when }, speaker),
      ...sideTexts({ advocate: referral.advocateWhen, friend: referral.friendWhen }, points, speaker),
      ...boundTexts(referral, speaker),
    ].join(', '),
    referral.unit,
    referral.expiry,
    speaker,
  );
};
