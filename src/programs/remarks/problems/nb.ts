import type { Phrases, Problems } from './en.js';

/** Norwegian (bokmål): du. The words of the desk's forms between quotes, those of the file behind them. */
export const nb: Problems = {
  'unit.unknown': ['det finnes ingen enhet {unit}', '{near}Legg den til (rules.units), eller velg blant: {known}.'],
  'tier.unknown': ['det finnes ikke noe nivå {tier}', '{near}Velg blant: {known}.'],
  'zone.unknown': ['det finnes ingen tidssone {zone}', 'Velg en fra IANA-listen, som Europe/Oslo.'],
  'date.unknown': ['{date} finnes ikke', 'Skriv en dag i kalenderen, og et klokkeslett til og med 23:59.'],
  'month-day.unknown': ['{day} er ingen dag i året', 'Skriv måned og dag, som 12-24.'],
  'time.unknown': ['{time} er ikke et klokkeslett', 'Skriv et klokkeslett fra 00:00 til 23:59.'],
  'id.taken': ['{id} finnes allerede', 'Gi den sin egen id.'],
  'window.ends-at': ['det slutter {to}, før det begynner', 'La det slutte etter at det begynner.'],
  'window.ends-on': ['det slutter {to}, før det begynner', 'La det slutte etter at det begynner.'],
  'ends.redeem-first': [
    'poengene utløper mens de fortsatt kan tjenes opp',
    'Velg «siste dag for opptjening» (earn) eller en senere dag.',
  ],
  'ends.before-start': ['programmet slutter før det starter', 'Velg en dag fra og med {starts}.'],
  'tier.first': ['det første nivået har alle', 'La det begynne på 0, eller sett et nivå foran det.'],
  'tier.order': ['{tier} ligger ikke over {below}', 'Sett nivåene fra det laveste til det høyeste.'],
  'tier.keep': ['det er vanskeligere å beholde {tier} enn å nå det', 'Skriv {enter} eller mindre.'],
  'promotion.gives-nothing': [
    '{promotion} gir ingenting',
    'Fyll ut «poeng ganger» (factor), eller ekstra poeng per bestilling (add) eller per vare (addItem).',
  ],
  'promotion.takes': ['en kampanje tar aldri bort poeng', 'Skriv 1 eller mer.'],
  'card.amount': [
    '{card} sier ikke hvilket beløp som gir et stempel',
    'Skriv beløpet i den minste mynten (øre, cent), som every: 1000.',
  ],
  'opening.nobody': [
    'ingen har {access} tidligere',
    'Gi et nivå eller medlemskapet fordelen «tilgang» (access) med antall timer, eller velg blant: {known}.',
  ],
  'early.closed': [
    'ingenting åpner tidligere med {access}',
    'Legg det til under «det som åpner tidligere for noen» (openings), eller velg blant: {known}.',
  ],
  'leaderboard.unit-unknown': ['det finnes ingen enhet {unit}', 'Velg blant: {known}.'],
  'leaderboard.no-unit': [
    '{by, select, orders {bestillinger} other {mål}} har ingen enhet',
    'Fjern enheten, eller tell poeng.',
  ],
  'leaderboard.no-season': ['perioden er ikke en sesong', 'Fjern den, eller velg sesong som periode.'],
  'leaderboard.endless': [
    'det som aldri slutter, har ingen vinnere',
    'Fjern det, eller velg en uke, en måned eller en sesong.',
  ],
  'name.of-nothing': ['det er navnet på noe som ikke finnes', 'Fjern navnet, eller velg blant: {known}.'],
  'name.uncounted': ['antallet vises ikke: # er tallet bare inne i plural, {n} overalt', 'Skriv som i {example}.'],
  'name.unreadable': ['det er ikke en ICU-tekst ({why})', 'Skriv som i {example}.'],
  'cause.product': ['{product} er ikke produktet til noe formål', 'Velg produktet som tilbys først: {products}.'],
  'cause.twice': ['{what} hører også til et annet formål', 'Gi hvert formål sin egen.'],
  'unit.final': [
    'en retur tar ikke lenger tilbake {unit}, og {why}',
    'Fjern dette, eller la noe annet gi eller bruke dem.',
  ],
  'shared-limit.over-nothing': [
    '{rule} gir ikke poeng i seg selv',
    'Skriv hva grensen gjelder: en opptjeningsregel, en handling, joining, birthday, reviews eller referral.',
  ],
  'shared-limit.rule-unknown': [
    '{rule} gir ikke poeng i seg selv',
    'Skriv id-en til en opptjeningsregel eller en handling, eller {gifts}; dette programmet har: {known}.',
  ],
  'shared-limit.unit': ['{rule} gir {gives}, og {limit} teller {unit}', 'Fjern den, eller la {limit} telle {gives}.'],
  'shared-limit.stickers': [
    '{unit} tilhører ingen: ikke noe medlem har dem',
    'Fjern dette: bare det medlemmer tjener opp, kan begrenses slik.',
  ],
  'shared-limit.twice': ['{rule} er nevnt to ganger', 'Nevn den én gang.'],
};

export const phrases: Phrases = {
  near: 'Mente du {word}? ',
  none: '(det finnes ingen)',
  'why.money': 'de er verdt penger',
  'why.reward': 'en belønning kan fås for dem',
  'why.converts': 'de kan veksles til noe annet',
  'why.sending': 'de kan gis til andre',
  'why.leaderboard': 'en toppliste gir noe for dem',
  'why.asked': 'en regel gir noe til den som har nok av dem',
  'why.levels': 'de gir nivåer',
  'icu.other': 'den mangler formen «other», som alle plural har',
  'icu.kind': 'bare plural og select finnes, skrevet slik',
  'icu.tag-open': 'en < åpnes og lukkes aldri',
  'icu.brace-open': 'en {brace} åpnes og lukkes aldri',
  'icu.tag-closed': 'en tagg lukkes uten at den er åpnet',
};
