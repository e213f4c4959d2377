import type { Conversion } from '../program-rules.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{from} become {into} by themselves, {when, select, once {as soon as you have them} other {at the end of the month}}; when you bring something back, {stays, select, yes {what you got stays and the missing points are owed} other {what you have not used of it is taken back first}}',
  nl: '{from} worden vanzelf {into}, {when, select, once {zodra je ze hebt} other {aan het eind van de maand}}; breng je iets terug, dan {stays, select, yes {blijft wat je kreeg en kom je tekort te staan} other {gaat eerst terug wat je er nog niet van gebruikt hebt}}',
  nb: '{from} blir til {into} av seg selv, {when, select, once {så snart du har dem} other {ved slutten av måneden}}; leverer du noe tilbake, {stays, select, yes {beholder du det du fikk, og skylder det som mangler} other {tas først det du ikke har brukt, tilbake}}',
  pl: '{from} samoczynnie zamieniamy na {into}, {when, select, once {gdy tylko się uzbierają} other {z końcem miesiąca}}; przy zwrocie {stays, select, yes {otrzymana nagroda zostaje, a brak trzeba odrobić} other {najpierw cofamy niewykorzystaną nagrodę}}',
};

export const convertText: Tell<Conversion> = ({ unit, every, pays, when, onReturn }, speaker) =>
  speaker.say(said, {
    from: speaker.count(unit, every),
    into: speaker.count(pays.unit, pays.gives),
    when: when === 'at-once' ? 'once' : 'month',
    stays: onReturn === 'stays' ? 'yes' : 'no',
  });
