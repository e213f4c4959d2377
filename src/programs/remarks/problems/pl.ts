import type { Phrases, Problems } from './en.js';

/** Polish: imperative; what has a name stays as it is written. The desk's words between quotes, the file's behind them. */
export const pl: Problems = {
  'unit.unknown': ['nie ma jednostki {unit}', '{near}Dodaj ją (rules.units) albo wybierz jedną z: {known}.'],
  'tier.unknown': ['nie ma poziomu {tier}', '{near}Wybierz jeden z: {known}.'],
  'zone.unknown': ['nie ma strefy czasowej {zone}', 'Wybierz jedną z listy IANA, na przykład Europe/Oslo.'],
  'date.unknown': ['{date} nie istnieje', 'Wpisz dzień z kalendarza i godzinę najpóźniej 23:59.'],
  'month-day.unknown': ['{day} nie jest dniem roku', 'Wpisz miesiąc i dzień, na przykład 12-24.'],
  'time.unknown': ['{time} nie jest godziną', 'Wpisz godzinę od 00:00 do 23:59.'],
  'id.taken': ['{id} już istnieje', 'Nadaj własny identyfikator.'],
  'window.ends-at': ['kończy się {to}, zanim się zacznie', 'Wybierz koniec późniejszy niż początek.'],
  'window.ends-on': ['kończy się {to}, zanim się zacznie', 'Wybierz koniec późniejszy niż początek.'],
  'ends.redeem-first': [
    'punkty wygasają, gdy można je jeszcze zbierać',
    'Wybierz „ostatni dzień naliczania” (earn) albo dzień późniejszy.',
  ],
  'ends.before-start': ['program kończy się, zanim się zacznie', 'Wybierz dzień od {starts}.'],
  'tier.first': ['pierwszy poziom mają wszyscy', 'Niech zaczyna się od 0, albo dodaj przed nim inny poziom.'],
  'tier.order': ['{tier} nie jest wyżej niż {below}', 'Ułóż poziomy od najniższego do najwyższego.'],
  'tier.keep': ['poziom {tier} trudniej utrzymać niż osiągnąć', 'Wpisz {enter} lub mniej.'],
  'promotion.gives-nothing': [
    '{promotion} nic nie daje',
    'Wpisz „mnożnik punktów” (factor) albo dodatkowe punkty za zamówienie (add) lub za sztukę (addItem).',
  ],
  'promotion.takes': ['promocja nigdy nie odbiera punktów', 'Wpisz 1 lub więcej.'],
  'card.amount': [
    'karta {card} nie mówi, za jaką kwotę daje pieczątkę',
    'Wpisz kwotę w najmniejszej monecie (grosze, centy), na przykład every: 1000.',
  ],
  'opening.nobody': [
    'nikt nie ma wcześniej dostępu {access}',
    'Dodaj do poziomu lub członkostwa korzyść „dostęp” (access) z liczbą godzin albo wybierz z: {known}.',
  ],
  'early.closed': [
    'nic nie otwiera się wcześniej z dostępem {access}',
    'Dodaj to w „co dla niektórych otwiera się wcześniej” (openings) albo wybierz z: {known}.',
  ],
  'leaderboard.unit-unknown': ['nie ma jednostki {unit}', 'Wybierz jedną z: {known}.'],
  'leaderboard.no-unit': [
    '{by, select, orders {zamówienia} other {cele}} nie mają jednostki',
    'Usuń jednostkę albo licz punkty.',
  ],
  'leaderboard.no-season': ['okres nie jest sezonem', 'Usuń to albo wybierz sezon jako okres.'],
  'leaderboard.endless': [
    'co nigdy się nie kończy, nie ma zwycięzców',
    'Usuń to albo wybierz tydzień, miesiąc lub sezon.',
  ],
  'name.of-nothing': ['to nazwa czegoś, czego nie ma', 'Usuń ją albo wybierz jedną z: {known}.'],
  'name.uncounted': [
    'nie widać liczby: # oznacza ją tylko wewnątrz plural, {n} wszędzie',
    'Wpisz jak w przykładzie {example}.',
  ],
  'name.unreadable': ['to nie jest tekst ICU ({why})', 'Wpisz jak w przykładzie {example}.'],
  'cause.product': [
    '{product} nie jest produktem żadnego celu',
    'Wybierz produkt proponowany jako pierwszy: {products}.',
  ],
  'cause.twice': ['{what} należy też do innego celu', 'Każdy cel musi mieć własny.'],
  'unit.final': [
    'zwrot nie cofa już tej jednostki ({unit}), a {why}',
    'Usuń to albo niech coś innego ją daje lub wykorzystuje.',
  ],
  'shared-limit.over-nothing': [
    '{rule} samo nie daje punktów',
    'Wpisz, czego dotyczy limit: reguła naliczania, działanie, joining, birthday, reviews lub referral.',
  ],
  'shared-limit.rule-unknown': [
    '{rule} samo nie daje punktów',
    'Wpisz identyfikator reguły naliczania lub działania albo {gifts}; ten program ma: {known}.',
  ],
  'shared-limit.unit': ['{rule} daje {gives}, a {limit} liczy {unit}', 'Usuń to albo niech {limit} liczy {gives}.'],
  'shared-limit.stickers': [
    'ta jednostka ({unit}) do nikogo nie należy: nie ma jej żaden uczestnik',
    'Usuń to: tak można ograniczyć tylko to, co zbierają uczestnicy.',
  ],
  'shared-limit.twice': ['{rule} występuje dwa razy', 'Wpisz raz.'],
};

export const phrases: Phrases = {
  near: 'Czy chodzi o {word}? ',
  none: '(nie ma żadnych)',
  'why.money': 'jest warta pieniądze',
  'why.reward': 'można za nią dostać nagrodę',
  'why.converts': 'można ją na coś zamienić',
  'why.sending': 'można ją przekazać innym',
  'why.leaderboard': 'ranking coś za nią daje',
  'why.asked': 'pewna reguła daje coś temu, kto ma jej wystarczająco dużo',
  'why.levels': 'osiąga się dzięki niej poziomy',
  'icu.other': 'brak formy „other”, którą ma każde plural',
  'icu.kind': 'istnieją tylko plural i select, tak zapisane',
  'icu.tag-open': 'znak < otwarto, lecz nie zamknięto',
  'icu.brace-open': 'znak {brace} otwarto, lecz nie zamknięto',
  'icu.tag-closed': 'zamknięto znacznik, którego nie otwarto',
};
