import type { Phrases, Problems } from './en.js';

/** Dutch: je. The words of the desk's forms between quotes, those of the file behind them. */
export const nl: Problems = {
  'unit.unknown': ['er is geen eenheid {unit}', '{near}Voeg die toe (rules.units), of kies uit: {known}.'],
  'tier.unknown': ['er is geen niveau {tier}', '{near}Kies uit: {known}.'],
  'zone.unknown': ['er is geen tijdzone {zone}', 'Kies er een uit de IANA-lijst, zoals Europe/Oslo.'],
  'date.unknown': ['{date} bestaat niet', 'Schrijf een dag van de kalender, en een tijd tot en met 23:59.'],
  'month-day.unknown': ['{day} is geen dag van het jaar', 'Schrijf maand en dag, zoals 12-24.'],
  'time.unknown': ['{time} is geen tijdstip', 'Schrijf een tijd van 00:00 tot en met 23:59.'],
  'id.taken': ['{id} bestaat al', 'Geef een eigen id.'],
  'window.ends-at': ['dit eindigt op {to}, voordat het begint', 'Kies een einde na het begin.'],
  'window.ends-on': ['dit eindigt op {to}, voordat het begint', 'Kies een einde na het begin.'],
  'ends.redeem-first': [
    'punten vervallen terwijl er nog gespaard kan worden',
    'Kies de “laatste dag om te sparen” (earn) of een latere dag.',
  ],
  'ends.before-start': ['het programma eindigt voordat het begint', 'Kies een dag vanaf {starts}.'],
  'tier.first': ['het eerste niveau is van iedereen', 'Laat het bij 0 beginnen, of zet er een niveau voor.'],
  'tier.order': ['{tier} ligt niet hoger dan {below}', 'Zet de niveaus van laag naar hoog.'],
  'tier.keep': ['{tier} behouden is moeilijker dan het halen', 'Schrijf {enter} of minder.'],
  'promotion.gives-nothing': [
    '{promotion} geeft niets',
    'Vul “punten maal” (factor) in, of extra punten per bestelling (add) of per artikel (addItem).',
  ],
  'promotion.takes': ['een actie neemt nooit punten weg', 'Schrijf 1 of meer.'],
  'card.amount': [
    '{card} zegt niet voor welk bedrag er een stempel wordt gegeven',
    'Schrijf het bedrag in centen, zoals every: 1000.',
  ],
  'opening.nobody': [
    'niemand heeft {access} eerder',
    'Geef een niveau of het lidmaatschap het voordeel “toegang” (access) met de uren erbij, of kies uit: {known}.',
  ],
  'early.closed': [
    'er gaat niets eerder open met {access}',
    'Voeg het toe bij “wat voor sommigen eerder opengaat” (openings), of kies uit: {known}.',
  ],
  'leaderboard.unit-unknown': ['er is geen eenheid {unit}', 'Kies uit: {known}.'],
  'leaderboard.no-unit': [
    '{by, select, orders {bestellingen} other {doelen}} hebben geen eenheid',
    'Haal de eenheid weg, of tel punten.',
  ],
  'leaderboard.no-season': ['de periode is geen seizoen', 'Haal het weg, of kies een seizoen als periode.'],
  'leaderboard.endless': [
    'wat nooit eindigt, heeft geen winnaars',
    'Haal het weg, of kies een week, een maand of een seizoen.',
  ],
  'name.of-nothing': ['dit is de naam van niets', 'Haal de naam weg, of kies uit: {known}.'],
  'name.uncounted': [
    'het aantal is niet te zien: # is het getal alleen binnen plural, {n} overal',
    'Schrijf zoals in {example}.',
  ],
  'name.unreadable': ['dit is geen ICU-tekst ({why})', 'Schrijf zoals in {example}.'],
  'cause.product': [
    '{product} is van geen enkel goed doel het product',
    'Kies het product dat het eerst wordt aangeboden: {products}.',
  ],
  'cause.twice': ['{what} hoort ook bij een ander goed doel', 'Geef elk goed doel een eigen.'],
  'unit.final': [
    'een retour haalt {unit} niet meer terug, en {why}',
    'Haal dit weg, of laat iets anders ze geven of gebruiken.',
  ],
  'shared-limit.over-nothing': [
    '{rule} geeft zelf geen punten',
    'Schrijf waarover de grens gaat: een spaarregel, een activiteit, joining, birthday, reviews of referral.',
  ],
  'shared-limit.rule-unknown': [
    '{rule} geeft zelf geen punten',
    'Noem de id van een spaarregel of een activiteit, of {gifts}; dit programma heeft: {known}.',
  ],
  'shared-limit.unit': [
    '{rule} geeft {gives}, en {limit} telt {unit}',
    'Haal dit weg, of laat {limit} {gives} tellen.',
  ],
  'shared-limit.stickers': [
    '{unit} zijn van niemand: geen lid heeft ze',
    'Haal dit weg: zo is alleen te begrenzen wat leden sparen.',
  ],
  'shared-limit.twice': ['{rule} staat er twee keer', 'Noem het één keer.'],
};

export const phrases: Phrases = {
  near: 'Bedoel je {word}? ',
  none: '(er zijn er geen)',
  'why.money': 'dit is geld waard',
  'why.reward': 'er is een beloning voor te krijgen',
  'why.converts': 'er is iets anders van te maken',
  'why.sending': 'dit kan aan anderen worden gegeven',
  'why.leaderboard': 'een ranglijst geeft er iets voor',
  'why.asked': 'een regel geeft iets aan wie er genoeg van heeft',
  'why.levels': 'er worden niveaus mee gehaald',
  'icu.other': 'de vorm “other” ontbreekt, en die heeft elke plural',
  'icu.kind': 'alleen plural en select bestaan, zo gespeld',
  'icu.tag-open': 'een < wordt geopend en nooit gesloten',
  'icu.brace-open': 'een {brace} wordt geopend en nooit gesloten',
  'icu.tag-closed': 'een tag wordt gesloten die nooit is geopend',
};
