import type { Lang } from './all.js';

export interface StartWords {
  title: string;
  lead: string;
  enter: string;
  running: string;
  service: string;
  desk: string;
  open: string;
  /** Five things to try; each names the steps that tick it (browser/shop-client.ts, `done`). */
  steps: { done: string; text: string; more: string }[];
  friend: string;
}

const MARKS = ['join', 'buy', 'redeem', 'refer', 'refund'];
const steps = (texts: [string, string][]) => texts.map(([text, more], at) => ({ done: MARKS[at] ?? '', text, more }));

export const START_WORDS: Record<Lang, StartWords> = {
  en: {
    title: 'Two small shops, one loyalty program each',
    lead: 'Everything runs on this machine: two shops that speak the real protocols of their platforms, and the service between them.',
    enter: 'Step inside',
    running: 'What runs',
    service: 'Service',
    desk: 'The owner’s desk',
    open: 'Open',
    friend: 'Open the invitation in a private window to be the friend.',
    steps: steps([
      ['Join', 'Sign in as Ana under Account, and join with one tap.'],
      ['Buy something', 'Watch the points arrive with their reason, and the way that the webhook took.'],
      ['Use points in the cart', 'Slide, see which limit binds, take the money off, check out.'],
      ['Invite a friend', 'Copy the link under Account, open it as Bob, join and buy.'],
      ['Return a part', 'In the owner’s corner take one piece back, and see exactly the right points go.'],
    ]),
  },
  nl: {
    title: 'Twee kleine winkels, elk met een spaarprogramma',
    lead: 'Alles draait op deze machine: twee winkels die de echte protocollen van hun platform spreken, en de dienst ertussen.',
    enter: 'Kom binnen',
    running: 'Wat er draait',
    service: 'Dienst',
    desk: 'Beheer van de winkelier',
    open: 'Openen',
    friend: 'Open de uitnodiging in een privévenster om de vriend te zijn.',
    steps: steps([
      ['Word lid', 'Log in als Ana onder Account en word met één tik lid.'],
      ['Koop iets', 'Zie de punten binnenkomen met hun reden, en de weg van de webhook.'],
      ['Wissel punten in', 'Schuif, zie welke grens geldt, neem de korting en reken af.'],
      ['Nodig een vriend uit', 'Kopieer de link onder Account, open hem als Bob, word lid en koop.'],
      ['Stuur een deel terug', 'Neem onder Winkelier één stuk terug en zie precies de juiste punten eraf gaan.'],
    ]),
  },
  nb: {
    title: 'To små butikker med hvert sitt poengprogram',
    lead: 'Alt kjører på denne maskinen: to butikker som snakker plattformenes ekte protokoller, og tjenesten mellom dem.',
    enter: 'Gå inn',
    running: 'Dette kjører',
    service: 'Tjeneste',
    desk: 'Butikkeierens side',
    open: 'Åpne',
    friend: 'Åpne invitasjonen i et privat vindu for å være vennen.',
    steps: steps([
      ['Bli med', 'Logg inn som Ana under Konto, og bli medlem med ett trykk.'],
      ['Kjøp noe', 'Se poengene komme med begrunnelse, og veien webhooken tok.'],
      ['Bruk poeng i handlekurven', 'Dra, se hvilken grense som gjelder, ta rabatten og betal.'],
      ['Verv en venn', 'Kopier lenken under Konto, åpne den som Bob, bli med og handle.'],
      ['Returner en del', 'Ta tilbake én vare under Butikkeier, og se at nøyaktig riktig antall poeng trekkes.'],
    ]),
  },
  pl: {
    title: 'Dwa małe sklepy, każdy z własnym programem',
    lead: 'Wszystko działa na tym komputerze: dwa sklepy mówią prawdziwymi protokołami swoich platform, a między nimi jest usługa.',
    enter: 'Wejdź',
    running: 'Co działa',
    service: 'Usługa',
    desk: 'Panel właściciela',
    open: 'Otwórz',
    friend: 'Otwórz zaproszenie w oknie prywatnym, aby być znajomą osobą.',
    steps: steps([
      ['Dołącz', 'Zaloguj się jako Ana w zakładce Konto i dołącz jednym dotknięciem.'],
      ['Kup coś', 'Zobacz, jak przychodzą punkty z uzasadnieniem i jaką drogę przeszedł webhook.'],
      ['Wykorzystaj punkty w koszyku', 'Przesuń suwak, zobacz obowiązujący limit, odbierz rabat, zapłać.'],
      ['Poleć znajomym', 'Skopiuj link w zakładce Konto, otwórz go jako Bob, dołącz i kup.'],
      ['Zwróć część', 'W kąciku właściciela przyjmij zwrot jednej sztuki i zobacz, ile dokładnie punktów ubyło.'],
    ]),
  },
};
