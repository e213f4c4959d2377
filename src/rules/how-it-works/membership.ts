import type { ProgramRules } from '../program-rules.js';
import { perkTexts } from './perks.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: 'a paid membership{name, select, none {} other { (“{name}”)}} lasts {months, plural, one {# month} other {# months}}; bought again while it runs, it is prolonged',
  nl: 'een betaald lidmaatschap{name, select, none {} other { (‘{name}’)}} duurt {months, plural, one {# maand} other {# maanden}}; koop je het opnieuw terwijl het loopt, dan wordt het verlengd',
  nb: 'et betalt medlemskap{name, select, none {} other { («{name}»)}} varer i {months, plural, one {# måned} other {# måneder}}; kjøpes det igjen mens det løper, forlenges det',
  pl: 'płatne członkostwo{name, select, none {} other { („{name}”)}} trwa {months, plural, one {# miesiąc} few {# miesiące} many {# miesięcy} other {# miesiąca}}; kupione ponownie w tym czasie, przedłuża się',
};

const returned: Record<'undo' | 'end', Said> = {
  undo: {
    en: 'brought back, it was never there',
    nl: 'breng je het terug, dan is het er nooit geweest',
    nb: 'leveres det tilbake, har det aldri vært der',
    pl: 'po zwrocie jest tak, jakby go nie było',
  },
  end: {
    en: 'brought back, it ends on that day',
    nl: 'breng je het terug, dan eindigt het op die dag',
    nb: 'leveres det tilbake, slutter det den dagen',
    pl: 'po zwrocie kończy się tego dnia',
  },
};

export const membershipText: Tell<NonNullable<ProgramRules['membership']>> = (membership, speaker) =>
  [
    speaker.say(said, {
      months: membership.months,
      name: speaker.named('product', [membership.product])?.[0] ?? 'none',
    }),
    ...perkTexts(membership.perks, speaker),
    ...(membership.onReturn === undefined ? [] : [speaker.say(returned[membership.onReturn])]),
  ].join('; ');
