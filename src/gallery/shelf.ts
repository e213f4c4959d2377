import type { Locale } from '../rules/sentences.js';

type Said = Readonly<Record<Locale, string>>;

/** What stands on the card of a ready program: its name, the kind of program that people know it as, its sentence. */
interface Card {
  name: Said;
  like: Said;
  says: Said;
}

/** Every ready program, in the order in which they are offered; each has its file in `programs`. */
export const SHELF = {
  'full-card': {
    name: { en: 'Full Card', nl: 'Volle Kaart', nb: 'Fullt Kort', pl: 'Pełna Karta' },
    like: {
      en: 'a coffee stamp card: buy ten, get one',
      nl: 'een stempelkaart voor koffie: tien kopen, één krijgen',
      nb: 'et stempelkort for kaffe: kjøp ti, få én',
      pl: 'karta na kawę: kup dziesięć, jedna gratis',
    },
    says: {
      en: 'Ten drinks, one free, and something small on the way.',
      nl: 'Tien drankjes, één gratis, en onderweg iets kleins.',
      nb: 'Ti drikker, én gratis, og noe lite på veien.',
      pl: 'Dziesięć napojów, jeden gratis, a po drodze coś małego.',
    },
  },
  'warm-cup': {
    name: { en: 'Warm Cup', nl: 'Warme Kop', nb: 'Varm Kopp', pl: 'Ciepły Kubek' },
    like: {
      en: 'stars for every purchase, with rewards in steps',
      nl: 'sterren bij elke aankoop, met beloningen in stappen',
      nb: 'stjerner for hvert kjøp, med belønninger i trinn',
      pl: 'gwiazdki za każdy zakup i stopniowane nagrody',
    },
    says: {
      en: 'Every coffee brings beans, and the first treat is there on the third visit.',
      nl: 'Elke koffie geeft bonen, en bij het derde bezoek is er al iets lekkers.',
      nb: 'Hver kaffe gir bønner, og den første godbiten venter på det tredje besøket.',
      pl: 'Każda kawa to ziarenka, a pierwszy drobiazg czeka już przy trzeciej wizycie.',
    },
  },
  'penny-back': {
    name: { en: 'Penny Back', nl: 'Cent Terug', nb: 'Øret Tilbake', pl: 'Grosz do Grosza' },
    like: {
      en: 'points for everything bought, worth a penny each',
      nl: 'punten voor alles wat je koopt, elk een cent waard',
      nb: 'poeng for alt du kjøper, verdt en øre hver',
      pl: 'punkty za wszystkie zakupy, każdy wart jednego grosza',
    },
    says: {
      en: 'Three per cent back on everything, to spend as money.',
      nl: 'Drie procent terug op alles, uit te geven als geld.',
      nb: 'Tre prosent tilbake på alt, til å bruke som penger.',
      pl: 'Trzy procent od wszystkiego wraca i płacisz nim jak pieniędzmi.',
    },
  },
  'mirror-club': {
    name: { en: 'Mirror Club', nl: 'Spiegelclub', nb: 'Speilklubben', pl: 'Klub Lusterko' },
    like: {
      en: 'three levels by what is spent in a year, with a birthday gift',
      nl: 'drie niveaus naar wat je in een jaar besteedt, met een verjaardagscadeau',
      nb: 'tre nivåer etter hva du handler for i året, med bursdagsgave',
      pl: 'trzy poziomy według rocznych zakupów i prezent urodzinowy',
    },
    says: {
      en: 'Three levels that last until the end of next year, small treats early and money off later.',
      nl: 'Drie niveaus die gelden tot het eind van volgend jaar, eerst kleine extra’s, later korting.',
      nb: 'Tre nivåer som varer ut neste år, små gleder tidlig og rabatt senere.',
      pl: 'Trzy poziomy ważne do końca następnego roku: najpierw drobne upominki, potem rabaty.',
    },
  },
  'pebble-path': {
    name: { en: 'Pebble Path', nl: 'Kiezelpad', nb: 'Steinstien', pl: 'Kamyczki' },
    like: {
      en: 'gem levels with money back',
      nl: 'edelsteenniveaus met geld terug',
      nb: 'edelstensnivåer med penger tilbake',
      pl: 'poziomy jak klejnoty i zwrot części wydatków',
    },
    says: {
      en: 'Money back on every order, and more of it each time you reach the next stone.',
      nl: 'Geld terug op elke bestelling, en meer bij elke volgende steen.',
      nb: 'Penger tilbake på hver bestilling, og mer for hver stein du når.',
      pl: 'Zwrot z każdego zamówienia, coraz większy z każdym kolejnym kamykiem.',
    },
  },
  'year-pass': {
    name: { en: 'Year Pass', nl: 'Jaarpas', nb: 'Årskort', pl: 'Karnet Roczny' },
    like: {
      en: 'a paid yearly membership with free shipping',
      nl: 'een betaald jaarlidmaatschap met gratis verzending',
      nb: 'et betalt årsmedlemskap med fri frakt',
      pl: 'płatne roczne członkostwo z darmową dostawą',
    },
    says: {
      en: 'One small fee, no shipping costs for a year, and the door opens two days earlier.',
      nl: 'Eén klein bedrag, een jaar lang geen verzendkosten, en de deur gaat twee dagen eerder open.',
      nb: 'Én liten avgift, ingen frakt i et år, og døren åpner to dager før.',
      pl: 'Jedna mała opłata, rok bez kosztów dostawy i drzwi otwarte dwa dni wcześniej.',
    },
  },
  'first-fitting': {
    name: { en: 'First Fitting', nl: 'Eerst Passen', nb: 'Første Prøving', pl: 'Pierwsza Przymiarka' },
    like: {
      en: 'points that become notes, and early access',
      nl: 'punten die bonnen worden, en eerder toegang',
      nb: 'poeng som blir til bonger, og tidlig tilgang',
      pl: 'punkty zamieniane na bony i wcześniejszy dostęp',
    },
    says: {
      en: 'Points turn into notes by themselves, and regulars see the new rail first.',
      nl: 'Punten worden vanzelf bonnen, en stamgasten zien het nieuwe rek als eersten.',
      nb: 'Poeng blir til bonger av seg selv, og stamgjestene ser det nye stativet først.',
      pl: 'Punkty same zamieniają się w bony, a stali klienci pierwsi widzą nowości.',
    },
  },
  'boot-prints': {
    name: { en: 'Boot Prints', nl: 'Voetsporen', nb: 'Fotspor', pl: 'Ślady' },
    like: {
      en: 'points for buying and for activities, with check-ins',
      nl: 'punten voor kopen en voor activiteiten, met check-ins',
      nb: 'poeng for kjøp og for aktiviteter, med innsjekking',
      pl: 'punkty za zakupy i aktywność, z kodami na miejscu',
    },
    says: {
      en: 'Points for gear and for getting out, with a reward at the end of each month.',
      nl: 'Punten voor uitrusting en voor eropuit gaan, met een beloning aan het eind van elke maand.',
      nb: 'Poeng for utstyr og for å komme seg ut, med en belønning ved slutten av hver måned.',
      pl: 'Punkty za sprzęt i za wyjście w teren, z nagrodą na koniec każdego miesiąca.',
    },
  },
  'pass-it-on': {
    name: { en: 'Pass It On', nl: 'Geef Door', nb: 'Gi Videre', pl: 'Podaj Dalej' },
    like: {
      en: 'points to keep or to give to a cause',
      nl: 'punten om te houden of aan een goed doel te geven',
      nb: 'poeng å beholde eller gi til et formål',
      pl: 'punkty dla siebie albo na dobry cel',
    },
    says: {
      en: 'Keep your points or give them away, and the shop adds half again when you give.',
      nl: 'Houd je punten of geef ze weg, en de winkel legt er bij een gift de helft bij.',
      nb: 'Behold poengene eller gi dem bort, og butikken legger på halvparten når du gir.',
      pl: 'Zachowaj punkty albo je oddaj, a sklep dołoży połowę do każdej darowizny.',
    },
  },
  'small-change': {
    name: { en: 'Small Change', nl: 'Wisselgeld', nb: 'Vekslepenger', pl: 'Reszta na Dobre' },
    like: {
      en: 'round up the bill and give the difference',
      nl: 'rond de rekening af en geef het verschil',
      nb: 'rund opp regningen og gi bort mellomlegget',
      pl: 'zaokrąglij rachunek i przekaż różnicę',
    },
    says: {
      en: 'Round up your bill and let the cents go to a cause round the corner.',
      nl: 'Rond je rekening af en laat de centen naar een goed doel om de hoek gaan.',
      nb: 'Rund opp regningen og la småpengene gå til et formål i nabolaget.',
      pl: 'Zaokrąglij rachunek, a grosze pójdą na dobry cel za rogiem.',
    },
  },
  'house-price': {
    name: { en: 'House Price', nl: 'Huisprijs', nb: 'Husets Pris', pl: 'Cena dla Swoich' },
    like: {
      en: 'a percentage card, always the same',
      nl: 'een kortingskaart met een vast percentage',
      nb: 'et rabattkort med fast prosent',
      pl: 'karta ze stałym rabatem',
    },
    says: {
      en: 'From your second visit everything is five per cent less, just say your name.',
      nl: 'Vanaf je tweede bezoek is alles vijf procent goedkoper, zeg gewoon je naam.',
      nb: 'Fra ditt andre besøk er alt fem prosent billigere, bare si navnet ditt.',
      pl: 'Od drugiej wizyty wszystko pięć procent taniej, wystarczy podać nazwisko.',
    },
  },
  'growing-discount': {
    name: { en: 'Growing Discount', nl: 'Groeikorting', nb: 'Voksende Rabatt', pl: 'Rosnący Rabat' },
    like: {
      en: 'a percentage card that grows with what was bought',
      nl: 'een kortingskaart die meegroeit met wat je koopt',
      nb: 'et rabattkort som vokser med det du handler',
      pl: 'karta z rabatem rosnącym wraz z zakupami',
    },
    says: {
      en: 'The more you bought this year, the less you pay next time.',
      nl: 'Hoe meer je dit jaar kocht, hoe minder je de volgende keer betaalt.',
      nb: 'Jo mer du har handlet i år, desto mindre betaler du neste gang.',
      pl: 'Im więcej kupisz w tym roku, tym mniej zapłacisz następnym razem.',
    },
  },
  'scan-and-stay': {
    name: { en: 'Scan & Stay', nl: 'Scan & Blijf', nb: 'Skann & Bli', pl: 'Skanuj i Zostań' },
    like: {
      en: 'a hybrid: a stamp card and money back in one',
      nl: 'een mengvorm: een stempelkaart en geld terug in één',
      nb: 'en blanding: stempelkort og penger tilbake i ett',
      pl: 'połączenie: karta na pieczątki i zwrot w jednym',
    },
    says: {
      en: 'One code, two rewards: a treat for coming back and credit for what you spend.',
      nl: 'Eén code, twee beloningen: iets lekkers als je terugkomt en tegoed voor wat je besteedt.',
      nb: 'Én kode, to belønninger: en godbit når du kommer igjen, og kreditt for det du handler for.',
      pl: 'Jeden kod, dwie nagrody: smakołyk za powrót i zwrot za zakupy.',
    },
  },
  'percent-home': {
    name: { en: 'Percent Home', nl: 'Procent Thuis', nb: 'Prosent Hjem', pl: 'Procent do Domu' },
    like: {
      en: 'money back that a household saves together',
      nl: 'geld terug dat een huishouden samen spaart',
      nb: 'penger tilbake som en husstand sparer sammen',
      pl: 'zwrot, który gospodarstwo domowe zbiera razem',
    },
    says: {
      en: 'Two per cent back in kroner for the whole household, three times as much once a month.',
      nl: 'Twee procent terug in kronen voor het hele huishouden, één keer per maand drie keer zo veel.',
      nb: 'To prosent tilbake i kroner for hele husstanden, tre ganger så mye én gang i måneden.',
      pl: 'Dwa procent z powrotem w koronach dla całego domu, a raz w miesiącu trzy razy więcej.',
    },
  },
  'sticker-season': {
    name: { en: 'Sticker Season', nl: 'Plakseizoen', nb: 'Klistremerkesesong', pl: 'Sezon Naklejek' },
    like: {
      en: 'a season of anonymous stickers, as supermarkets have them',
      nl: 'een zegelactie zonder naam, zoals bij de supermarkt',
      nb: 'en sesong med anonyme klistremerker, som i dagligvarebutikken',
      pl: 'anonimowe naklejki przez jeden sezon, jak w supermarkecie',
    },
    says: {
      en: 'Eight weeks of stickers for everyone, no name asked, pass them on as you like.',
      nl: 'Acht weken zegels voor iedereen, niemand vraagt je naam, geef ze door zoals je wilt.',
      nb: 'Åtte uker med klistremerker til alle, ingen spør om navn, gi dem videre som du vil.',
      pl: 'Osiem tygodni naklejek dla wszystkich, bez podawania nazwiska, oddawaj je komu chcesz.',
    },
  },
} as const satisfies Record<string, Card>;

export type ReadyId = keyof typeof SHELF;
