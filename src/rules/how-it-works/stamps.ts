import type { StampCard } from '../program-rules.js';
import { withBase } from './base.js';
import { withConditions } from './conditions/index.js';
import type { Said, Tell } from './speaker.js';

const per: Record<StampCard['per'], Said> = {
  order: {
    en: 'a stamp for each order',
    nl: 'een stempel voor elke bestelling',
    nb: 'et stempel for hver bestilling',
    pl: 'pieczątka za każde zamówienie',
  },
  amount: {
    en: 'a stamp for every full {every} in one order',
    nl: 'een stempel voor elke volle {every} in één bestelling',
    nb: 'et stempel for hver hele {every} i én bestilling',
    pl: 'pieczątka za każde pełne {every} w jednym zamówieniu',
  },
  item: {
    en: 'a stamp for each item',
    nl: 'een stempel voor elk artikel',
    nb: 'et stempel for hver vare',
    pl: 'pieczątka za każdą sztukę',
  },
  visit: {
    en: 'a stamp for each day that you come by',
    nl: 'een stempel voor elke dag dat je langskomt',
    nb: 'et stempel for hver dag du er innom',
    pl: 'pieczątka za każdy dzień wizyty',
  },
};
const most: Said = {
  en: 'at most {n} in one order',
  nl: 'hooguit {n} per bestelling',
  nb: 'høyst {n} per bestilling',
  pl: 'najwyżej {n} w jednym zamówieniu',
};
const pays: Said = {
  en: '{card}; a full card of {n, plural, one {# stamp} other {# stamps}} gives {pts} and a new one begins',
  nl: '{card}; een volle kaart van {n, plural, one {# stempel} other {# stempels}} geeft {pts} en dan begint een nieuwe',
  nb: '{card}; et fullt kort med {n, plural, one {# stempel} other {# stempler}} gir {pts}, og et nytt begynner',
  pl: '{card}; pełna karta ({n, plural, one {# pieczątka} few {# pieczątki} many {# pieczątek} other {# pieczątki}}) to {pts}, potem zaczyna się nowa',
};

export const stampsText: Tell<StampCard> = (card, speaker) => {
  const stamp = speaker.say(per[card.per], {
    every: speaker.money(card.every ?? 0),
  });
  const limits = card.maxPerOrder === undefined ? [] : [speaker.say(most, { n: card.maxPerOrder })];
  const asked = { where: card.where, when: card.min === undefined ? undefined : { minOrder: card.min } };
  const whole = [withConditions(stamp, asked, speaker), ...limits].join(', ');
  return speaker.say(pays, {
    card: withBase(whole, card.base, speaker),
    n: card.needs,
    pts: speaker.count(card.pays.unit, card.pays.gives),
  });
};
