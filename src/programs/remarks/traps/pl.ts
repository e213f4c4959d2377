import type { Traps } from './en.js';

/** Polish: imperative. The words of the desk's forms between quotes, those of the file behind them. */
export const pl: Traps = {
  'unit.unnamed': [
    'brak nazwy w językach: {missing}. Uczestnicy czytający w nich zobaczą zamiast niej identyfikator',
    'Wpisz jak w przykładzie {example}, osobno dla każdego języka.',
  ],
  'unit.unnamed.points': [
    'brak nazwy w językach: {missing}. Uczestnicy czytający w nich zobaczą inną nazwę',
    'Wpisz jak w przykładzie {example}, osobno dla każdego języka.',
  ],
  'unit.forgiven': [
    'to, co wydano przed zwrotem, jest darowane: kto kupi, wyda punkty i zwróci towar, ten zyskuje',
    'Wybierz „członek jest je winien” (debt) albo wstrzymaj punkty do końca czasu na zwrot (pendingDays).',
  ],
  'unit.rounded-up': [
    'zaokrąglanie w górę: zamówienie podzielone na wiele małych daje więcej niż całość',
    'Wybierz „w dół” (floor) lub „do najbliższej” (nearest) albo wymagaj kwoty minimalnej (when.minOrder).',
  ],
  'tiers.reviewed': [
    'poziom pozostaje do następnej oceny, choćby zwrócono wszystko, co do niego doprowadziło: nawet {each, select, quarter {kwartał} other {rok}} za nic',
    'Wybierz „miesiąc” (month) albo usuń to pole: poziom znika wtedy zaraz po zwrocie towaru, a kto tylko kupuje mniej, ma dni karencji (graceDays).',
  ],
  'gift.any-order': [
    'przyznawane za każde zamówienie, nawet najmniejsze: jedno zamówienie można podzielić na wiele',
    'Wymagaj kwoty minimalnej (when.minOrder; na karcie min) albo ogranicz, jak często jest przyznawane (limits).',
  ],
  'gift.worth-order': [
    'jest warte co najmniej tyle, ile wymagany zakup',
    'Wymagaj więcej (when.minOrder; na karcie min) albo daj mniej.',
  ],
  'referral.at-once': [
    'jest ostateczne od razu: znajomy zamawia, obie osoby dostają punkty, a znajomy wszystko odsyła',
    'Odczekaj tyle dni, ile trwa czas na zwrot.',
  ],
  'referral.own-friend': [
    'to, co dostają obie osoby, jest warte co najmniej tyle, ile wymagane zamówienie: każdy może polecić sam siebie',
    'Wymagaj więcej albo daj mniej.',
  ],
  'reward.share-back': [
    'przy zwrocie wraca część punktów, cokolwiek zwrócono: klient odsyła resztę zamówienia, a nagrodę zatrzymuje',
    'Wybierz „punkty pozostają wykorzystane” (onRefund: keep).',
  ],
  'reward.free': [
    'zniżka jest równa temu, ile kosztuje zebranie tych punktów: zakupy są za darmo',
    'Daj mniejszą zniżkę albo wymagaj więcej punktów.',
  ],
  'sending.at-once': [
    'punkty można przekazać, zanim minie czas na zwrot zamówienia: prezent jest ostateczny, a dług zostaje u kogoś, kto już nie wróci',
    'Wstrzymaj punkty do końca czasu na zwrot (pendingDays).',
  ],
  'rate.gives-back': [
    'oddaje {percent} % zapłaconej kwoty, licząc według wartości punktów: {per} oznacza tu {amount}',
    'Wpisuj kwoty w najmniejszej monecie (grosze, centy) albo obniż wartość jednej jednostki (value).',
  ],
  'money.unknown': ['{code} nie jest używaną walutą', 'Wpisz jej trzy wielkie litery, na przykład EUR.'],
  'money.decimals': [
    'miejsca po przecinku: {code} ma {usual}, a tutaj jest {here}, więc kwota 1000 oznacza {amount}',
    'Wpisz {usual}, a wszystkie kwoty w pliku podaj w najmniejszej monecie.',
  ],
  'currencies.unknown': ['{code} nie jest używaną walutą', 'Wpisz jej trzy wielkie litery, na przykład USD.'],
  'range.empty': [
    'co najmniej {min} i najwyżej {max}: nic nie spełnia obu warunków',
    'Niech „najwyżej” (max) będzie równe „co najmniej” (min) lub większe.',
  ],
  'span.backwards': ['kończy się {to}, zanim się zacznie', 'Wybierz koniec późniejszy niż początek.'],
  'nth.none': ['żadne zamówienie nie ma numeru {n}: pierwsze ma numer 1', 'Wpisz 1 lub więcej.'],
  'currencies.no-rate': [
    'zamówienia w tych walutach nic nie dają: {asked}. Program nie ma dla nich kursu',
    'Wybierz jedną z: {known}; albo dodaj kurs (rules.currencies).',
  ],
  'membership.none': ['nikt nie ma płatnego członkostwa: program go nie zawiera', 'Dodaj je (rules.membership).'],
  'list.empty': ['pusta lista: nic do niej nie pasuje', 'Wpisz, o co chodzi, albo usuń listę.'],
  'where.all-out': ['wyłączono wszystko, co jest wymagane', 'Usuń stąd to, co ma się liczyć.'],
  'limit.nothing': [
    'przy limicie 0 nie zostaje nic do przyznania',
    'Wpisz, ile najwyżej można przyznać, albo usuń limit.',
  ],
  'earning.less-for-more': [
    'poniżej minimum obowiązuje reguła {then}, która daje więcej: kto część zwróci, może dostać za to punkty',
    'Niech {rule} daje co najmniej tyle co {then}, od tej samej kwoty i z tymi samymi limitami, albo usuń minimum.',
  ],
  'earning.outrun': [
    'nigdy nic nie daje: wszystko, czego dotyczy, obejmuje już {first}, bo każdy produkt liczy się według pierwszej pasującej reguły',
    'Umieść regułę {rule} przed regułą {first} albo daj jedno i drugie w jednej regule.',
  ],
  'promotion.multiplies-nothing': [
    '{promotion} niczego nie mnoży: żadna reguła naliczania typu rate lub step nie daje tej jednostki ({unit})',
    'Dodaj taką regułę (rules.earning), wybierz inną jednostkę albo daj dodatkowe punkty (add lub addItem).',
  ],
  'id.unseen': ['zawiera niewidoczny znak albo spacje na początku lub na końcu', 'Wpisz to ręcznie od nowa.'],
  'ceiling.worthless': [
    'ta jednostka ({unit}) nie ma wartości pieniężnej, więc z limitu kwotowego nic nie zostaje',
    'Wpisz, ile najwyżej mogą dostać wszyscy uczestnicy razem, albo usuń limit.',
  ],
  'ceiling.nothing': [
    'nie zostaje ani jeden punkt',
    'Wpisz, ile najwyżej mogą dostać wszyscy uczestnicy razem, albo usuń limit.',
  ],
  'ceiling.one-order': [
    'wyczerpuje go jedno zamówienie na {amount}: kto pierwszy, dostaje wszystko',
    'Wpisz, ile mogą dostać wszyscy uczestnicy razem; aby ograniczyć każde zamówienie lub uczestnika, użyj limitów (limits).',
  ],
  'window.whole-day': [
    'zaczyna się i kończy o tej samej godzinie: to cały dzień',
    'Wpisz dwie różne godziny albo usuń to pole.',
  ],
  'window.never': [
    'te terminy nigdy się nie pokrywają: nie ma dnia, w którym to działa',
    'Usuń jeden z nich albo wybierz takie, które się pokrywają.',
  ],
  'window.outside': [
    'działa tylko wtedy, gdy program nie trwa',
    'Sprawdź „początek programu” (starts) i „koniec programu” (ends).',
  ],
};
