import type { ProgramRules, Promotion } from '../program-rules.js';
import { withConditions } from './conditions/index.js';
import { limitTexts } from './limits.js';
import type { Said, Speaker, Tell } from './speaker.js';

const factor: Said = {
  en: '{times, select, 2 {double {units}} 3 {triple {units}} other {{n} times the {units}}}',
  nl: '{times, select, 2 {dubbele {units}} 3 {driedubbele {units}} other {{n} keer zoveel {units}}}',
  nb: '{times, select, 2 {dobbelt så mange {units}} 3 {tre ganger så mange {units}} other {{n} ganger så mange {units}}}',
  pl: '{times, select, 2 {podwójne {units}} 3 {potrójne {units}} other {{units} × {n}}}',
};
const add: Said = {
  en: '{pts} extra for an order',
  nl: '{pts} extra voor een bestelling',
  nb: '{pts} ekstra for en bestilling',
  pl: 'dodatkowo {pts} za zamówienie',
};
const addItem: Said = {
  en: '{pts} extra for each item',
  nl: '{pts} extra voor elk artikel',
  nb: '{pts} ekstra for hver vare',
  pl: 'dodatkowo {pts} za każdą sztukę',
};
const ceiling: Said = {
  en: 'while it lasts: {most} for all members together',
  nl: 'op is op: {most} voor alle leden samen',
  nb: 'så langt det rekker: {most} til alle medlemmer samlet',
  pl: 'do wyczerpania puli dla wszystkich: {most}',
};
const exclusive: Said = {
  en: 'not together with other promotions',
  nl: 'niet samen met andere acties',
  nb: 'ikke sammen med andre kampanjer',
  pl: 'nie łączy się z innymi promocjami',
};

const group: Said = {
  en: 'of the promotions of “{name}” on the same purchase the best counts',
  nl: 'van de acties van ‘{name}’ op dezelfde aankoop telt de beste',
  nb: 'av kampanjene i «{name}» på samme kjøp teller den beste',
  pl: 'z promocji grupy „{name}” na te same zakupy liczy się najlepsza',
};

const paused: Said = {
  en: 'paused for now',
  nl: 'nu gepauzeerd',
  nb: 'på pause nå',
  pl: 'obecnie wstrzymana',
};

/** What a promotion adds, when, for whom, and how long its ceiling lasts. */
export const promotionText: Tell<Promotion> = (promotion, speaker) => {
  const { unit } = promotion;
  const gives = [
    ...(promotion.factor === undefined ? [] : [factorText(promotion.factor, unit, speaker)]),
    ...(promotion.add === undefined ? [] : [speaker.say(add, { pts: speaker.count(unit, promotion.add) })]),
    ...(promotion.addItem === undefined ? [] : [speaker.say(addItem, { pts: speaker.count(unit, promotion.addItem) })]),
  ];
  const limits = [
    ...limitTexts(promotion.limits, unit, speaker),
    ...(promotion.ceiling ? [speaker.say(ceiling, { most: most(promotion.ceiling, unit, speaker) })] : []),
    ...(promotion.group === undefined ? [] : [speaker.say(group, { name: promotion.group })]),
    ...(promotion.paused ? [speaker.say(paused)] : []),
    ...(promotion.exclusive ? [speaker.say(exclusive)] : []),
  ];
  return [withConditions(speaker.all(gives), promotion, speaker), ...limits].join(', ');
};

/** "Double points". */
export function factorText(times: string | number, unit: string, speaker: Speaker): string {
  return speaker.say(factor, { times: String(times), n: speaker.number(times), units: speaker.units(unit) });
}

function most(of: NonNullable<Promotion['ceiling']>, unit: string, speaker: Speaker): string {
  return 'points' in of ? speaker.count(unit, of.points) : speaker.money(of.money);
}

const together: Record<ProgramRules['stacking']['promotions'], Said> = {
  best: {
    en: 'when several promotions multiply the same purchase, the best of them holds',
    nl: 'gelden er meer acties voor dezelfde aankoop, dan telt de beste',
    nb: 'gjelder flere kampanjer samme kjøp, brukes den beste',
    pl: 'gdy te same zakupy obejmuje kilka promocji, liczy się najlepsza',
  },
  sum: {
    en: 'promotions on the same purchase add up: double and triple together are four times',
    nl: 'acties voor dezelfde aankoop tellen op: dubbel en driedubbel samen is vier keer',
    nb: 'kampanjer på samme kjøp legges sammen: dobbelt og tredobbelt blir fire ganger',
    pl: 'promocje na te same zakupy sumują się: podwójne i potrójne razem dają czterokrotność',
  },
  multiply: {
    en: 'promotions on the same purchase multiply: double and triple together are six times',
    nl: 'acties voor dezelfde aankoop versterken elkaar: dubbel en driedubbel samen is zes keer',
    nb: 'kampanjer på samme kjøp ganges: dobbelt og tredobbelt blir seks ganger',
    pl: 'promocje na te same zakupy mnożą się: podwójne i potrójne razem dają sześciokrotność',
  },
};

const withLevel: Record<ProgramRules['stacking']['tier'], Said> = {
  best: {
    en: 'of a promotion and your level the better one holds',
    nl: 'van een actie en je niveau telt de beste',
    nb: 'av en kampanje og nivået ditt brukes den beste',
    pl: 'z promocji i poziomu liczy się to, co korzystniejsze',
  },
  sum: {
    en: 'a promotion and your level add up: double and double together are three times',
    nl: 'een actie en je niveau tellen op: dubbel en dubbel samen is drie keer',
    nb: 'en kampanje og nivået ditt legges sammen: dobbelt og dobbelt blir tre ganger',
    pl: 'promocja i poziom sumują się: podwójne i podwójne razem dają trzykrotność',
  },
  multiply: {
    en: 'a promotion and your level multiply: double and double together are four times',
    nl: 'een actie en je niveau versterken elkaar: dubbel en dubbel samen is vier keer',
    nb: 'en kampanje og nivået ditt ganges: dobbelt og dobbelt blir fire ganger',
    pl: 'promocja i poziom mnożą się: podwójne i podwójne razem dają czterokrotność',
  },
};

const atMost: Said = {
  en: 'promotions and your level together make it {most} times the points at most',
  nl: 'acties en je niveau samen maken er hoogstens {most} keer zoveel punten van',
  nb: 'kampanjer og nivået ditt gir til sammen høyst {most} ganger poengene',
  pl: 'promocje i poziom dają razem najwyżej {most}-krotność punktów',
};

/** How promotions join each other and a level; nothing where there is nothing to join. */
export function stackingText({ promotions, stacking, tiers }: ProgramRules, speaker: Speaker): string[] {
  const factors = promotions.filter((promotion) => promotion.factor !== undefined);
  const joined = factors.filter((promotion) => !promotion.exclusive);
  const levels = tiers?.levels.some((level) => level.multiplier !== undefined) ?? false;
  return [
    ...(joined.length < 2 ? [] : [speaker.say(together[stacking.promotions])]),
    ...(factors.length > 0 && levels ? [speaker.say(withLevel[stacking.tier])] : []),
    ...(stacking.most === undefined ? [] : [speaker.say(atMost, { most: speaker.number(stacking.most) })]),
  ];
}
