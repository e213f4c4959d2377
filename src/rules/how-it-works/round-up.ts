import type { ProgramRules } from '../program-rules.js';
import { withConditions } from './conditions/index.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: 'you may round up what you pay to the next {money} with {product}: the cart says beforehand what the difference gives',
  nl: 'je kunt het bedrag met {product} naar boven afronden op {money}: de winkelwagen zegt vooraf wat het verschil oplevert',
  nb: 'du kan runde opp beløpet til nærmeste {money} med {product}: handlekurven sier på forhånd hva differansen gir',
  pl: 'możesz zaokrąglić kwotę w górę do pełnych {money}, biorąc {product}: koszyk z góry powie, co daje różnica',
};
const forCauses: Said = {
  en: 'you may round up what you pay to the next {money} and give the difference to {causes}: the cart says beforehand what it gives',
  nl: 'je kunt het bedrag naar boven afronden op {money} en het verschil geven aan {causes}: de winkelwagen zegt vooraf wat het oplevert',
  nb: 'du kan runde opp beløpet til nærmeste {money} og gi differansen til {causes}: handlekurven sier på forhånd hva det gir',
  pl: 'możesz zaokrąglić kwotę w górę do pełnych {money} i przekazać różnicę na cel: {causes}; koszyk z góry powie, co to daje',
};
const one: Said = {
  en: '{cause} (with {product}, counted in {units})',
  nl: '{cause} (met {product}, geteld in {units})',
  nb: '{cause} (med {product}, regnet i {units})',
  pl: '{cause} (biorąc {product}; liczone jako {units})',
};
const these: Said = {
  en: 'it is offered for these orders alone',
  nl: 'dit bieden we alleen bij deze bestellingen aan',
  nb: 'dette tilbys bare for disse bestillingene',
  pl: 'proponujemy to tylko przy takich zamówieniach',
};
const limited: Record<'month' | 'year', Said> = {
  month: {
    en: 'you are asked for {money} a month at most',
    nl: 'we vragen je hoogstens {money} per maand',
    nb: 'vi spør deg om høyst {money} i måneden',
    pl: 'poprosimy Cię najwyżej o {money} miesięcznie',
  },
  year: {
    en: 'you are asked for {money} a year at most',
    nl: 'we vragen je hoogstens {money} per jaar',
    nb: 'vi spør deg om høyst {money} i året',
    pl: 'poprosimy Cię najwyżej o {money} rocznie',
  },
};

export const roundUpText: Tell<NonNullable<ProgramRules['roundUp']>> = (rule, speaker) => {
  const { product, to, limits = {}, causes } = rule;
  const money = speaker.money(to);
  const named = causes?.map((cause) =>
    speaker.say(one, {
      cause: speaker.name('rule', cause.id),
      product: speaker.name('product', cause.product),
      units: speaker.units(cause.unit),
    }),
  );
  const offer = named
    ? speaker.say(forCauses, { money, causes: speaker.any(named) })
    : speaker.say(said, { money, product: speaker.name('product', product) });
  const most = (['month', 'year'] as const).flatMap((per) => {
    const of = limits[per];
    return of === undefined ? [] : [speaker.say(limited[per], { money: speaker.money(of) })];
  });
  const where = rule.when ? [withConditions(speaker.say(these, {}), { when: rule.when }, speaker)] : [];
  return [offer, ...where, ...most].join('; ');
};
