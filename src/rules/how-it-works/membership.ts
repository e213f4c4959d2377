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
    en: 'if you return it, it counts as never bought',
    nl: 'breng je het terug, dan telt het alsof je het nooit hebt gekocht',
    nb: 'returnerer du det, regnes det som aldri kjøpt',
    pl: 'po zwrocie liczy się tak, jakby nigdy nie zostało kupione',
  },
  end: {
    en: 'if you return it, it ends on that day',
    nl: 'breng je het terug, dan eindigt het op die dag',
    nb: 'returnerer du det, slutter det den dagen',
    pl: 'po zwrocie kończy się tego dnia',
  },
};

const partly: Record<'unchanged' | 'pro-rata', Said> = {
  unchanged: {
    en: 'if only part of its price is given back, it stays as it is',
    nl: 'krijg je maar een deel van de prijs terug, dan blijft het zoals het is',
    nb: 'får du bare en del av prisen tilbake, forblir det som det er',
    pl: 'zwrot tylko części ceny niczego w nim nie zmienia',
  },
  'pro-rata': {
    en: 'if part of its price is given back, it lasts for the part of its time that is still paid for',
    nl: 'krijg je een deel van de prijs terug, dan duurt het alleen het deel van de tijd waarvoor nog betaald is',
    nb: 'får du en del av prisen tilbake, varer det bare den delen av tiden som fortsatt er betalt',
    pl: 'po zwrocie części ceny trwa tyle czasu, za ile pozostało zapłacone',
  },
};

const asGift: Said = {
  en: 'you can buy it as a gift: it is then not yours but theirs, from when they accept it or from the day that you name',
  nl: 'je kunt het cadeau doen: dan is het niet van jou maar van de ander, zodra die het aanneemt of vanaf de dag die je noemt',
  nb: 'du kan gi det i gave: da er det ikke ditt, men mottakerens, fra det blir tatt imot eller fra dagen du velger',
  pl: 'można je kupić na prezent: należy wtedy nie do kupującego, lecz do obdarowanej osoby, od chwili przyjęcia albo od podanego dnia',
};

export const membershipText: Tell<NonNullable<ProgramRules['membership']>> = (membership, speaker) =>
  [
    speaker.say(said, {
      months: membership.months,
      name: speaker.named('product', [membership.product])?.[0] ?? 'none',
    }),
    ...perkTexts(membership.perks, speaker),
    ...(membership.onReturn === undefined ? [] : [speaker.say(returned[membership.onReturn])]),
    ...(membership.onPartialReturn === undefined ? [] : [speaker.say(partly[membership.onPartialReturn])]),
    ...(membership.gifts ? [speaker.say(asGift)] : []),
  ].join('; ');
