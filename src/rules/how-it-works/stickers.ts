import type { ProgramRules } from '../program-rules.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: 'an order hands out {units} as codes: no name is asked, and whoever has a code may use it once or pass it on; when an order goes back, its codes that nobody has used go too',
  nl: 'bij een bestelling krijg je {units} als codes: niemand vraagt een naam, en wie een code heeft mag hem één keer gebruiken of doorgeven; gaat een bestelling terug, dan vervallen de codes ervan die niemand gebruikt heeft',
  nb: 'en bestilling gir {units} som koder: ingen spør om navn, og den som har en kode, kan bruke den én gang eller gi den videre; går en bestilling i retur, forsvinner de av kodene som ingen har brukt',
  pl: 'zamówienie daje {units} w postaci kodów: nikt nie pyta o nazwisko, a kto ma kod, może go raz użyć albo oddać komuś innemu; przy zwrocie zamówienia przepadają te jego kody, których nikt nie użył',
};

export const stickersText: Tell<NonNullable<ProgramRules['stickers']>> = ({ unit }, speaker) =>
  speaker.say(said, { units: speaker.units(unit) });
