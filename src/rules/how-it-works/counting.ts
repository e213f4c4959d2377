import type { ProgramRules } from '../program-rules.js';
import { comesInParts, isTakenBack } from './given.js';
import type { Said, Speaker } from './speaker.js';

type Unit = ProgramRules['units'][string];

const rounding: Said = {
  en: '{units}: what an order gives is rounded {how, select, floor {down} ceil {up} other {to the nearest whole number}}',
  nl: '{units}: wat een bestelling oplevert, wordt {how, select, floor {naar beneden} ceil {naar boven} other {op het dichtstbijzijnde gehele getal}} afgerond',
  nb: '{units}: det en bestilling gir, rundes {how, select, floor {ned} ceil {opp} other {av til nærmeste hele tall}}',
  pl: '{units}: to, co daje zamówienie, zaokrąglamy {how, select, floor {w dół} ceil {w górę} other {do najbliższej liczby całkowitej}}',
};
const value: Said = {
  en: 'worth: {pts} = {money}',
  nl: 'waarde: {pts} = {money}',
  nb: 'verdi: {pts} = {money}',
  pl: 'wartość: {pts} = {money}',
};
const clawback: Said = {
  en: 'if you return an order and have used its {units}, {how, select, zero {nothing is owed} other {those you get next make up for it}}',
  nl: 'breng je een bestelling terug waarvan je de {units} al hebt gebruikt, dan {how, select, zero {hoef je niets terug te betalen} other {gaat dat af van wat je daarna krijgt}}',
  nb: 'returnerer du en bestilling og har brukt {units} fra den, {how, select, zero {skylder du ingenting} other {trekkes det fra det du får senere}}',
  pl: 'gdy zwrócisz zamówienie, a {units} z niego już wykorzystano, {how, select, zero {niczego nie potrącamy} other {potrącimy to z kolejnych}}',
};
const returned: Said = {
  en: '{units} that come back after their end can be used for {days, plural, one {# more day} other {# more days}}',
  nl: '{units} die na hun einddatum terugkomen, kun je nog {days, plural, one {# dag} other {# dagen}} gebruiken',
  nb: '{units} som kommer tilbake etter sluttdatoen, kan brukes i {days, plural, one {# dag} other {# dager}} til',
  pl: '{units} zwrócone po terminie można wykorzystać jeszcze przez {days, plural, one {# dzień} other {# dni}}',
};

const final: Said = {
  en: '{units}: what orders of a month gave is final from the {day, selectordinal, one {#st} two {#nd} few {#rd} other {#th}} of the next month on; a later return takes nothing of it back',
  nl: '{units}: wat bestellingen van een maand gaven, staat vanaf de {day}e van de volgende maand vast; een latere retour neemt er niets van terug',
  nb: '{units}: det bestillinger i en måned ga, er endelig fra den {day}. i neste måned; en senere retur tar ikke noe av det tilbake',
  pl: '{units}: to, co dały zamówienia z danego miesiąca, jest ostateczne od {day}. dnia następnego miesiąca; późniejszy zwrot niczego z tego nie cofa',
};

/** How a unit is counted, what it is worth and what a return does to it; of what orders never give, nothing of orders. */
export function unitText(unit: string, program: ProgramRules, speaker: Speaker): { id: string; text: string }[] {
  const rules = program.units[unit];
  if (!rules) return [];
  const units = speaker.units(unit);
  const worth = worthText(unit, rules.value, speaker);
  const grace = speaker.say(returned, { units, days: rules.returnGraceDays });
  return [
    ...(comesInParts(unit, program)
      ? [{ id: `rounding-${unit}`, text: speaker.say(rounding, { units, how: rules.rounding }) }]
      : []),
    ...(worth === null ? [] : [{ id: `value-${unit}`, text: worth }]),
    ...(isTakenBack(unit, program)
      ? [{ id: `clawback-${unit}`, text: speaker.say(clawback, { units, how: rules.clawback }) }]
      : []),
    ...(rules.returnGraceDays === 0 ? [] : [{ id: `return-${unit}`, text: grace }]),
    ...(rules.finalOn === undefined
      ? []
      : [{ id: `final-${unit}`, text: speaker.say(final, { units, day: rules.finalOn }) }]),
  ];
}

/** So many for so much money that both are whole; nothing where no value is stated, or where the unit is money itself. */
function worthText(unit: string, of: Unit['value'], speaker: Speaker): string | null {
  const [n = '0', d = '1'] = String(of).split('/');
  if (Number(n) === 0 || unit === 'cashback') return null;
  return speaker.say(value, { pts: speaker.count(unit, Number(d)), money: speaker.money(Number(n)) });
}

const counts: Said = {
  en: 'an order counts {days, plural, =0 {once it is {of}} one {a day after it is {of}} other {# days after it is {of}}}',
  nl: 'een bestelling telt {days, plural, =0 {zodra die {of} is} one {een dag nadat die {of} is} other {# dagen nadat die {of} is}}',
  nb: 'en bestilling teller {days, plural, =0 {når den er {of}} one {en dag etter at den er {of}} other {# dager etter at den er {of}}}',
  pl: 'zamówienie liczy się{days, plural, =0 {, gdy jest {of}} one { dzień po tym, jak jest {of}} other { # dni po tym, jak jest {of}}}',
};
const paidOr: Said = {
  en: '{after, select, fulfilled {paid and sent} other {paid}}',
  nl: '{after, select, fulfilled {betaald en verzonden} other {betaald}}',
  nb: '{after, select, fulfilled {betalt og sendt} other {betalt}}',
  pl: '{after, select, fulfilled {opłacone i wysłane} other {opłacone}}',
};
const pending: Said = {
  en: 'what it gives can be used {days, plural, one {a day} other {# days}} later',
  nl: 'wat die oplevert, kun je {days, plural, one {een dag} other {# dagen}} later gebruiken',
  nb: 'det den gir, kan brukes {days, plural, one {en dag} other {# dager}} senere',
  pl: 'to, co daje, można wykorzystać {days, plural, one {dzień} other {# dni}} później',
};
const moment: Record<ProgramRules['moment'], Said> = {
  placed: {
    en: 'the rules in force when you order apply',
    nl: 'voor een bestelling gelden de regels van het moment waarop je bestelt',
    nb: 'for en bestilling gjelder reglene fra da du bestilte',
    pl: 'obowiązują zasady z chwili złożenia zamówienia',
  },
  paid: {
    en: 'the rules in force when you pay apply',
    nl: 'voor een bestelling gelden de regels van het moment waarop je betaalt',
    nb: 'for en bestilling gjelder reglene fra da du betalte',
    pl: 'obowiązują zasady z chwili zapłaty',
  },
};

/** When an order counts, by which rules, and from when its points can be used. */
export function countsText({ counts: of, pendingDays, moment: by }: ProgramRules, speaker: Speaker): string[] {
  const { after, days } = typeof of === 'string' ? { after: of, days: 0 } : of;
  return [
    speaker.say(counts, { of: speaker.say(paidOr, { after }), days }),
    ...(pendingDays === 0 ? [] : [speaker.say(pending, { days: pendingDays })]),
    speaker.say(moment[by]),
  ];
}
