import type { Conversion } from '../program-rules.js';
import type { Said, Tell } from './speaker.js';

const said: Said = {
  en: '{from} become {into} by themselves, {when, select, once {as soon as you have them} quarter {at the end of the quarter} year {at the end of the year} other {at the end of the month}}{most, select, none {} other {, at most {most} at a time and the rest the next time}}; when you bring something back, {stays, select, yes {what you got stays and the missing points are owed} other {what you have not used of it is taken back first}}{lapse, select, back {; what you have not used when it lapses becomes what you collected again} gone {; what you have not used when it lapses is gone} other {}}',
  nl: '{from} worden vanzelf {into}, {when, select, once {zodra je ze hebt} quarter {aan het eind van het kwartaal} year {aan het eind van het jaar} other {aan het eind van de maand}}{most, select, none {} other {, hoogstens {most} per keer en de rest de volgende keer}}; breng je iets terug, dan {stays, select, yes {blijft wat je kreeg en kom je tekort te staan} other {gaat eerst terug wat je er nog niet van gebruikt hebt}}{lapse, select, back {; wat je niet gebruikt voor het verloopt, wordt weer wat je had gespaard} gone {; wat je niet gebruikt voor het verloopt, ben je kwijt} other {}}',
  nb: '{from} blir til {into} av seg selv, {when, select, once {så snart du har dem} quarter {ved slutten av kvartalet} year {ved slutten av året} other {ved slutten av måneden}}{most, select, none {} other {, høyst {most} om gangen og resten neste gang}}; leverer du noe tilbake, {stays, select, yes {beholder du det du fikk, og skylder det som mangler} other {tas først det du ikke har brukt, tilbake}}{lapse, select, back {; det du ikke har brukt når det utløper, blir igjen til det du hadde samlet} gone {; det du ikke har brukt når det utløper, er tapt} other {}}',
  pl: '{from} samoczynnie zamieniamy na {into}, {when, select, once {gdy tylko się uzbierają} quarter {z końcem kwartału} year {z końcem roku} other {z końcem miesiąca}}{most, select, none {} other {, najwyżej {most} naraz, a resztę następnym razem}}; przy zwrocie {stays, select, yes {otrzymana nagroda zostaje, a brak trzeba odrobić} other {najpierw cofamy niewykorzystaną nagrodę}}{lapse, select, back {; to, czego nie wykorzystasz w terminie, zamieniamy z powrotem na to, co udało się zebrać} gone {; to, czego nie wykorzystasz w terminie, przepada} other {}}',
};

const SPOKEN: Record<Conversion['when'], string> = {
  'at-once': 'once',
  'month-end': 'month',
  'quarter-end': 'quarter',
  'year-end': 'year',
};

export const convertText: Tell<Conversion> = ({ unit, every, pays, when, atMost, onReturn, onLapse }, speaker) =>
  speaker.say(said, {
    from: speaker.count(unit, every),
    into: speaker.count(pays.unit, pays.gives),
    when: SPOKEN[when],
    most: atMost === undefined ? 'none' : speaker.count(pays.unit, atMost * pays.gives),
    stays: onReturn === 'stays' ? 'yes' : 'no',
    lapse: onLapse ?? 'unsaid',
  });
