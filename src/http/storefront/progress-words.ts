import type { Said } from '../../rules/how-it-works/speaker.js';
import type { LevelReason } from '../../rules/level-changes.js';

/** So many of what goals and tiers count, in figures: after a colon, or on its own. Money and units bring their own words. */
export const AMOUNTS = {
  orders: {
    en: '{n, plural, one {# order} other {# orders}}',
    nl: '{n, plural, one {# bestelling} other {# bestellingen}}',
    nb: '{n, plural, one {# bestilling} other {# bestillinger}}',
    pl: '{n, plural, one {# zamówienie} few {# zamówienia} many {# zamówień} other {# zamówienia}}',
  },
  items: {
    en: '{n, plural, one {# item} other {# items}}',
    nl: '{n, plural, one {# artikel} other {# artikelen}}',
    nb: '{n, plural, one {# vare} other {# varer}}',
    pl: '{n, plural, one {# sztuka} few {# sztuki} many {# sztuk} other {# sztuki}}',
  },
  visits: {
    en: '{n, plural, one {# visit} other {# visits}}',
    nl: '{n, plural, one {# bezoek} other {# bezoeken}}',
    nb: '{n, plural, one {# besøk} other {# besøk}}',
    pl: '{n, plural, one {# wizyta} few {# wizyty} many {# wizyt} other {# wizyty}}',
  },
  deeds: {
    en: '{n, plural, one {one time} other {# times}}',
    nl: '{n, plural, one {één keer} other {# keer}}',
    nb: '{n, plural, one {én gang} other {# ganger}}',
    pl: '{n, plural, one {jeden raz} other {# razy}}',
  },
  reviews: {
    en: '{n, plural, one {# review} other {# reviews}}',
    nl: '{n, plural, one {# review} other {# reviews}}',
    nb: '{n, plural, one {# omtale} other {# omtaler}}',
    pl: '{n, plural, one {# opinia} few {# opinie} many {# opinii} other {# opinii}}',
  },
  referrals: {
    en: '{n, plural, one {# friend} other {# friends}}',
    nl: '{n, plural, one {# vriend} other {# vrienden}}',
    nb: '{n, plural, one {# venn} other {# venner}}',
    pl: '{n, plural, one {# polecenie} few {# polecenia} many {# poleceń} other {# polecenia}}',
  },
  years: {
    en: '{n, plural, one {# year} other {# years}}',
    nl: '{n} jaar',
    nb: '{n} år',
    pl: '{n, plural, one {# rok} few {# lata} many {# lat} other {# roku}}',
  },
  weeks: {
    en: '{n, plural, one {# week} other {# weeks}}',
    nl: '{n, plural, one {# week} other {# weken}}',
    nb: '{n, plural, one {# uke} other {# uker}}',
    pl: '{n, plural, one {# tydzień} few {# tygodnie} many {# tygodni} other {# tygodnia}}',
  },
  months: {
    en: '{n, plural, one {# month} other {# months}}',
    nl: '{n, plural, one {# maand} other {# maanden}}',
    nb: '{n, plural, one {# måned} other {# måneder}}',
    pl: '{n, plural, one {# miesiąc} few {# miesiące} many {# miesięcy} other {# miesiąca}}',
  },
} satisfies Record<string, Said>;

/** How far it is, and to what. `dated` = "yes" where it must be done by a day. */
export const PROGRESS = {
  spendTo: {
    en: 'Spend {amount} more{dated, select, yes { by {date}} other {}} to reach {tier}.',
    nl: 'Besteed {dated, select, yes {uiterlijk {date} } other {}}nog {amount} en je bereikt {tier}.',
    nb: 'Handle for {amount} til{dated, select, yes { innen {date}} other {}}, så når du {tier}.',
    pl: 'Do poziomu {tier} brakuje zakupów za {amount}{dated, select, yes { (do {date})} other {}}.',
  },
  climbTo: {
    en: '{tier} is {amount} away{dated, select, yes {, until {date}} other {}}.',
    nl: 'Nog {amount} tot {tier}{dated, select, yes {, uiterlijk {date}} other {}}.',
    nb: '{amount} igjen til {tier}{dated, select, yes {, innen {date}} other {}}.',
    pl: 'Do poziomu {tier} brakuje: {amount}{dated, select, yes { (do {date})} other {}}.',
  },
  stay: {
    en: '{tier} stays yours with {amount} more by {date}.',
    nl: 'Met nog {amount} uiterlijk {date} blijft {tier} van jou.',
    nb: 'Med {amount} til innen {date} beholder du {tier}.',
    pl: 'Aby utrzymać poziom {tier}, brakuje: {amount} (do {date}).',
  },
  top: {
    en: '{tier} is the highest level.',
    nl: '{tier} is het hoogste niveau.',
    nb: '{tier} er det høyeste nivået.',
    pl: '{tier} to najwyższy poziom.',
  },
  stamps: {
    en: '{n, plural, one {One more stamp} other {# more stamps}}: {reward}',
    nl: '{n, plural, one {Nog # stempel} other {Nog # stempels}}: {reward}',
    nb: '{n, plural, one {Ett stempel til} other {# stempler til}}: {reward}',
    pl: '{n, plural, one {Jeszcze # pieczątka} few {Jeszcze # pieczątki} many {Jeszcze # pieczątek} other {Jeszcze # pieczątki}}: {reward}',
  },
  goal: {
    en: '{amount} to go{dated, select, yes {, by {date}} other {}}: {reward}',
    nl: 'Nog {amount}{dated, select, yes {, uiterlijk {date}} other {}}: {reward}',
    nb: '{amount} igjen{dated, select, yes {, innen {date}} other {}}: {reward}',
    pl: 'Brakuje: {amount}{dated, select, yes { (do {date})} other {}}. Nagroda: {reward}',
  },
  reached: {
    en: 'Reached on {date}: {reward}',
    nl: 'Bereikt op {date}: {reward}',
    nb: 'Nådd {date}: {reward}',
    pl: 'Osiągnięto {date}: {reward}',
  },
  badge: {
    en: 'the badge “{badge}”',
    nl: 'de badge “{badge}”',
    nb: 'merket «{badge}»',
    pl: 'odznaka „{badge}”',
  },
} satisfies Record<string, Said>;

/** From which level to which and why, as it was then. */
export const LEVEL_CHANGES = {
  reached: {
    en: '{date}: {from} → {to}, with {amount}.',
    nl: '{date}: {from} → {to}, met {amount}.',
    nb: '{date}: {from} → {to}, med {amount}.',
    pl: '{date}: {from} → {to}, wynik: {amount}.',
  },
  returned: {
    en: '{date}: {from} → {to}. Something was returned; {amount} left of the {asks} that it takes to stay.',
    nl: '{date}: {from} → {to}. Er ging iets terug; er blijft {amount} over van de {asks} die nodig zijn om te blijven.',
    nb: '{date}: {from} → {to}. Noe ble levert tilbake; igjen er {amount} av de {asks} som trengs for å bli.',
    pl: '{date}: {from} → {to}. Po zwrocie zostało {amount}, a do utrzymania potrzeba {asks}.',
  },
  over: {
    en: '{date}: {from} → {to}. The period ended with {amount} of the {asks} that it takes to stay.',
    nl: '{date}: {from} → {to}. De periode eindigde met {amount} van de {asks} die nodig zijn om te blijven.',
    nb: '{date}: {from} → {to}. Perioden endte med {amount} av de {asks} som trengs for å bli.',
    pl: '{date}: {from} → {to}. Okres skończył się z wynikiem {amount}, a do utrzymania potrzeba {asks}.',
  },
  reviewed: {
    en: '{date}: {from} → {to}, at the review of that day: {amount} of the {asks} that it takes to stay.',
    nl: '{date}: {from} → {to}, bij de herziening van die dag: {amount} van de {asks} die nodig zijn om te blijven.',
    nb: '{date}: {from} → {to}, ved gjennomgangen den dagen: {amount} av de {asks} som trengs for å bli.',
    pl: '{date}: {from} → {to}, przy przeglądzie tego dnia: wynik {amount}, a do utrzymania potrzeba {asks}.',
  },
  merged: {
    en: '{date}: {from} → {to}. Two accounts became one.',
    nl: '{date}: {from} → {to}. Twee accounts werden er één.',
    nb: '{date}: {from} → {to}. To kontoer ble til én.',
    pl: '{date}: {from} → {to}. Dwa konta połączono w jedno.',
  },
  rules: {
    en: '{date}: {from} → {to}. The rules changed.',
    nl: '{date}: {from} → {to}. De regels veranderden.',
    nb: '{date}: {from} → {to}. Reglene ble endret.',
    pl: '{date}: {from} → {to}. Zmieniły się zasady.',
  },
} satisfies Record<LevelReason, Said>;
