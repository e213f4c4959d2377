import type { ProgramRules } from '../program-rules.js';
import { limitTexts } from './limits.js';
import type { Said, Speaker } from './speaker.js';

const words: Partial<Record<string, Said>> = {
  joining: { en: 'joining', nl: 'lid worden', nb: 'innmelding', pl: 'dołączenie' },
  birthday: { en: 'birthdays', nl: 'verjaardagen', nb: 'bursdager', pl: 'urodziny' },
  reviews: { en: 'reviews', nl: 'reviews', nb: 'omtaler', pl: 'opinie' },
  referral: { en: 'friends brought', nl: 'aangebrachte vrienden', nb: 'vervede venner', pl: 'polecenia znajomym' },
};
const said: Said = {
  en: '{what}, together {most}',
  nl: '{what}, samen {most}',
  nb: '{what}, til sammen {most}',
  pl: '{what}, razem {most}',
};
const times: Said = {
  en: 'at most {n, plural, one {once} other {# times}} {per, select, day {a day} week {a week} month {a month} year {a year} other {in all}}',
  nl: 'hoogstens {n, plural, one {één keer} other {# keer}} {per, select, day {per dag} week {per week} month {per maand} year {per jaar} other {in totaal}}',
  nb: 'høyst {n, plural, one {én gang} other {# ganger}} {per, select, day {om dagen} week {i uken} month {i måneden} year {i året} other {totalt}}',
  pl: 'najwyżej {n, plural, one {raz} other {# razy}} {per, select, day {dziennie} week {tygodniowo} month {miesięcznie} year {rocznie} other {łącznie}}',
};

/** What several rules give together: "Trail code, shop evening and friends brought, together at most 100 points a year". */
export function sharedLimitsText(rules: ProgramRules, speaker: Speaker): { id: string; text: string }[] {
  return (rules.sharedLimits ?? []).map((limit) => {
    const what = speaker.all(limit.rules.map((rule) => nameOf(rules, rule, speaker)));
    const most = limit.limits.flatMap((one) =>
      'points' in one ? limitTexts([one], limit.unit, speaker) : [speaker.say(times, { n: one.times, per: one.per })],
    );
    const text = speaker.say(said, { what, most: speaker.all(most) });
    const [name] = speaker.named('rule', [limit.id]) ?? [];
    return { id: limit.id, text: name === undefined ? text : `${name}: ${text}` };
  });
}

function nameOf({ deeds }: ProgramRules, rule: string, speaker: Speaker): string {
  const word = words[rule];
  return word ? speaker.say(word) : (deeds.find(({ id }) => id === rule)?.name ?? speaker.name('rule', rule));
}
