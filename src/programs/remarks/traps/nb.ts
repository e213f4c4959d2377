import type { Traps } from './en.js';

/** Norwegian (bokmål): du. The words of the desk's forms between quotes, those of the file behind them. */
export const nb: Traps = {
  'unit.unnamed': [
    'den mangler navn på {missing}: medlemmer som leser det språket, ser id-en i stedet',
    'Skriv som i {example}, én gang per språk.',
  ],
  'unit.unnamed.points': [
    'den mangler navn på {missing}: medlemmer som leser det språket, ser et annet navn',
    'Skriv som i {example}, én gang per språk.',
  ],
  'unit.forgiven': [
    'det som ble brukt før en refusjon, ettergis: den som kjøper, bruker poengene og sender varene tilbake, tjener på det',
    'Velg «medlemmet skylder dem» (debt), eller hold poengene tilbake til returfristen er ute (pendingDays).',
  ],
  'unit.rounded-up': [
    'det rundes opp: en bestilling som deles i mange små, gir mer enn hele bestillingen',
    'Velg «ned» (floor) eller «til nærmeste» (nearest), eller krev et minstebeløp (when.minOrder).',
  ],
  'tiers.reviewed': [
    'et nivå beholdes til neste vurdering, selv om alt som ga det, sendes tilbake: opptil {each, select, quarter {et kvartal} other {et år}} gratis',
    'Velg «måned» (month), eller la det stå tomt: da faller nivået bort med en gang varene returneres, med en frist (graceDays) for dem som bare handler mindre.',
  ],
  'gift.any-order': [
    'det gis for alle bestillinger, uansett hvor små: én bestilling deles i mange',
    'Krev et minstebeløp (when.minOrder; min på et kort), eller begrens hvor ofte det gis (limits).',
  ],
  'gift.worth-order': [
    'det er verdt minst like mye som kjøpet som kreves',
    'Krev mer (when.minOrder; min på et kort), eller gi mindre.',
  ],
  'referral.at-once': [
    'det er endelig med en gang: en venn bestiller, begge får poengene sine, og vennen sender alt tilbake',
    'Vent så mange dager som varene kan returneres.',
  ],
  'referral.own-friend': [
    'det begge får, er verdt minst like mye som bestillingen som kreves: hvem som helst kan verve seg selv',
    'Krev mer, eller gi mindre.',
  ],
  'reward.share-back': [
    'en refusjon gir tilbake en andel av poengene, uansett hva som ble returnert: resten av bestillingen sendes tilbake, og belønningen beholdes',
    'Velg «poengene forblir brukt» (onRefund: keep).',
  ],
  'reward.free': [
    'rabatten er like stor som det koster å tjene opp poengene: det du kjøper, blir gratis',
    'Gi mindre rabatt, eller krev flere poeng.',
  ],
  'sending.at-once': [
    'poeng kan gis bort mens bestillingen fortsatt kan sendes tilbake: en gave er endelig, og gjelden blir igjen hos en som aldri kommer tilbake',
    'Hold poengene tilbake til returfristen er ute (pendingDays).',
  ],
  'rate.gives-back': [
    'det gir tilbake {percent} % av det som betales, ut fra hva poengene er verdt: {per} leses som {amount}',
    'Skriv beløp i den minste mynten (øre, cent), eller sett ned verdien av ett poeng (value).',
  ],
  'money.unknown': ['{code} er ikke en valuta som er i bruk', 'Skriv de tre store bokstavene, som i EUR.'],
  'money.decimals': [
    '{code} har {usual} desimaler, og her {here}: et beløp på 1000 leses som {amount}',
    'Skriv {usual}, og alle beløp i filen i den minste mynten.',
  ],
  'currencies.unknown': ['{code} er ikke en valuta som er i bruk', 'Skriv de tre store bokstavene, som i USD.'],
  'range.empty': [
    'minst {min} og høyst {max}: ingenting er begge deler',
    'La «høyst» (max) være lik «minst» (min) eller mer.',
  ],
  'span.backwards': ['det slutter {to}, før det begynner', 'La det slutte etter at det begynner.'],
  'nth.none': ['ingen bestilling har nummer {n}: den første er 1', 'Skriv 1 eller mer.'],
  'currencies.no-rate': [
    'bestillinger i {asked} gir ingenting: programmet har ingen kurs for dem',
    'Velg blant: {known}; eller legg til kursen (rules.currencies).',
  ],
  'membership.none': ['ingen har det betalte medlemskapet: det finnes ikke', 'Legg det til (rules.membership).'],
  'list.empty': ['en tom liste: det er ingenting den gjelder for', 'Skriv hva du mener, eller fjern listen.'],
  'where.all-out': ['alt som kreves, er unntatt her', 'Fjern det som skal telle.'],
  'limit.nothing': ['med en grense på 0 er det ingenting igjen å gi', 'Skriv det meste som gis, eller fjern grensen.'],
  'earning.less-for-more': [
    'under minstebeløpet gjelder {then}, som gir mer: den som sender noe tilbake, kan få flere poeng',
    'La {rule} gi minst like mye som {then}, av det samme beløpet og med de samme grensene, eller ta bort minstebeløpet.',
  ],
  'earning.outrun': [
    'den gir aldri noe: alt den gjelder for, går allerede til {first}, for hver vare teller etter den første regelen som passer',
    'Sett {rule} foran {first}, eller gi begge deler med én regel.',
  ],
  'promotion.multiplies-nothing': [
    '{promotion} ganger ingenting: ingen opptjeningsregel av typen rate eller step gir {unit}',
    'Legg til en slik regel (rules.earning), velg en annen enhet, eller gi ekstra poeng (add eller addItem).',
  ],
  'id.unseen': ['det står et usynlig tegn i den, eller mellomrom rundt den', 'Skriv den på nytt for hånd.'],
  'ceiling.worthless': [
    '{unit} er ikke verdt noe i penger, så et tak i penger gir ingenting',
    'Skriv det meste som alle medlemmene får til sammen, eller fjern taket.',
  ],
  'ceiling.nothing': [
    'det blir ikke et eneste poeng igjen',
    'Skriv det meste som alle medlemmene får til sammen, eller fjern taket.',
  ],
  'ceiling.one-order': [
    'én bestilling på {amount} bruker opp alt: førstemann får hele taket',
    'Skriv hva alle medlemmene kan få til sammen; bruk grenser (limits) for å begrense hver bestilling eller hvert medlem.',
  ],
  'window.whole-day': [
    'det begynner og slutter på samme klokkeslett: det er hele dagen',
    'Skriv to ulike klokkeslett, eller fjern det.',
  ],
  'window.never': [
    'disse tidene faller aldri sammen: det gjelder ikke på noen dag',
    'Fjern en av dem, eller la dem overlappe.',
  ],
  'window.outside': [
    'det gjelder bare mens programmet ikke er i gang',
    'Se på «programmets start» (starts) og «programmets slutt» (ends).',
  ],
};
