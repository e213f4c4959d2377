import type { StampCard } from '../program-rules.js';
import { withBase } from './base.js';
import { withConditions } from './conditions/index.js';
import type { Said, Speaker, Tell } from './speaker.js';

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

const mostOfDay: Said = {
  en: 'at most {n} a day',
  nl: 'hooguit {n} per dag',
  nb: 'høyst {n} per dag',
  pl: 'najwyżej {n} dziennie',
};
const start: Said = {
  en: '{first, select, yes {your first card} other {every card}} begins with {n, plural, one {# stamp} other {# stamps}}',
  nl: '{first, select, yes {je eerste kaart} other {elke kaart}} begint met {n, plural, one {# stempel} other {# stempels}}',
  nb: '{first, select, yes {det første kortet} other {hvert kort}} begynner med {n, plural, one {# stempel} other {# stempler}}',
  pl: '{first, select, yes {pierwsza karta} other {każda karta}} zaczyna się od {n, plural, one {# pieczątki} other {# pieczątek}}',
};
const onTheWay: Said = {
  en: 'stamp number {n} gives {pts}',
  nl: 'stempel nummer {n} geeft {pts}',
  nb: 'stempel nummer {n} gir {pts}',
  pl: 'pieczątka numer {n} to {pts}',
};
const more: Said = {
  en: '{name}: stamps count {factor} times',
  nl: '{name}: stempels tellen {factor} keer',
  nb: '{name}: stempler teller {factor} ganger',
  pl: '{name}: pieczątki liczą się {factor}-krotnie',
};
const idle: Said = {
  en: 'the stamps of a card that is not full are lost after {days, plural, one {a day} other {# days}} without a new one',
  nl: 'de stempels van een kaart die niet vol is, vervallen na {days, plural, one {een dag} other {# dagen}} zonder nieuwe',
  nb: 'stemplene på et kort som ikke er fullt, faller bort etter {days, plural, one {en dag} other {# dager}} uten et nytt',
  pl: 'pieczątki z niepełnej karty przepadają po {days, plural, one {# dniu} other {# dniach}} bez nowej',
};

/** What a card has beside its stamps: its head start, what is given on the way, better days, when it lapses. */
function besides(card: StampCard, speaker: Speaker): string[] {
  const { start: head = 0, startOn, steps = [], bonus = [], idleDays } = card;
  return [
    ...(head > 0 ? [speaker.say(start, { n: head, first: startOn === 'first-card' ? 'yes' : 'no' })] : []),
    ...steps.map(({ at, pays: { unit, gives } }) => speaker.say(onTheWay, { n: at, pts: speaker.count(unit, gives) })),
    ...bonus.map(({ id, factor, when }) => {
      const name = speaker.named('rule', [id])?.[0] ?? id;
      return withConditions(speaker.say(more, { name, factor }), { where: undefined, when }, speaker);
    }),
    ...(idleDays === undefined ? [] : [speaker.say(idle, { days: idleDays })]),
  ];
}

export const stampsText: Tell<StampCard> = (card, speaker) => {
  const stamp = speaker.say(per[card.per], {
    every: speaker.money(card.every ?? 0),
  });
  const limits = [
    ...(card.maxPerOrder === undefined ? [] : [speaker.say(most, { n: card.maxPerOrder })]),
    ...(card.maxPerDay === undefined ? [] : [speaker.say(mostOfDay, { n: card.maxPerDay })]),
  ];
  const asked = { where: card.where, when: card.min === undefined ? undefined : { minOrder: card.min } };
  const whole = [withConditions(stamp, asked, speaker), ...limits].join(', ');
  const filled = speaker.say(pays, {
    card: withBase(whole, card.base, speaker),
    n: card.needs,
    pts: speaker.count(card.pays.unit, card.pays.gives),
  });
  return [filled, ...besides(card, speaker)].join('; ');
};
