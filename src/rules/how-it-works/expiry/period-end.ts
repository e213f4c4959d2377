import type { Said } from '../speaker.js';
import type { TellExpiry } from './index.js';

const said: Said = {
  en: `{units} can be used {months, plural, =0 {until the end of the {period, select, month {month} quarter {quarter} other {year}} in which they can first be used}
    other {for {months, plural, one {# month} other {# months}}, and on until the end of that {period, select, month {month} quarter {quarter} other {year}}}}`,
  nl: `{units} kun je {months, plural, =0 {gebruiken tot het einde van {period, select, month {de maand} quarter {het kwartaal} other {het jaar}} waarin dat voor het eerst kan}
    other {{months, plural, one {# maand} other {# maanden}} gebruiken, en daarna nog tot het einde van {period, select, month {die maand} quarter {dat kwartaal} other {dat jaar}}}}`,
  nb: `{units} kan brukes {months, plural, =0 {ut {period, select, month {måneden} quarter {kvartalet} other {året}} de først kan brukes i}
    other {i {months, plural, one {# måned} other {# måneder}}, og så ut {period, select, month {den måneden} quarter {det kvartalet} other {det året}}}}`,
  pl: `{units} można wykorzystać {months, plural, =0 {do końca {period, select, month {miesiąca} quarter {kwartału} other {roku}}, w którym są dostępne}
    other {przez {months, plural, one {# miesiąc} few {# miesiące} many {# miesięcy} other {# miesiąca}}, a potem do końca {period, select, month {tego miesiąca} quarter {tego kwartału} other {tego roku}}}}`,
};
const messages = Object.fromEntries(
  Object.entries(said).map(([locale, text]) => [locale, text.replace(/\s+/g, ' ')]),
) as Said;

const anew: Said = {
  en: 'each order, visit or reward lets this time begin anew',
  nl: 'elke bestelling, elk bezoek en elke beloning laat die tijd opnieuw beginnen',
  nb: 'hver bestilling, hvert besøk og hver belønning lar denne tiden begynne på nytt',
  pl: 'każde zamówienie, wizyta lub nagroda rozpoczyna ten czas od nowa',
};

export const periodEnd: TellExpiry<'period-end'> = ({ units, expiry }, speaker) => {
  const lives = speaker.say(messages, { units, months: expiry.months, period: expiry.period });
  return expiry.slides ? `${lives}; ${speaker.say(anew)}` : lives;
};
