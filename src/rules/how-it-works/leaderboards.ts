import type { Leaderboard } from '../leaderboards.js';
import type { Said, Tell } from './speaker.js';

const what: Said = {
  en: '{name}: members who agree to it are listed under the name they choose, by {by, select, points {{units} earned} orders {orders} other {goals reached}} {period, select, week {each week} month {each month} season {from {from} to {to} each year} other {of all time}}',
  nl: '{name}: leden die dat goedvinden staan op een lijst onder de naam die ze kiezen, naar {by, select, points {verdiende {units}} orders {bestellingen} other {behaalde doelen}} {period, select, week {per week} month {per maand} season {van {from} tot en met {to} van elk jaar} other {van alle tijden}}',
  nb: '{name}: medlemmer som sier ja til det, står på en liste under navnet de velger, etter {by, select, points {opptjente {units}} orders {bestillinger} other {nådde mål}} {period, select, week {hver uke} month {hver måned} season {fra {from} til og med {to} hvert år} other {gjennom alle tider}}',
  pl: '{name}: członkowie, którzy się na to zgodzą, są na liście pod wybraną przez siebie nazwą, według {by, select, points {zdobytych jednostek ({units})} orders {liczby zamówień} other {osiągniętych celów}} {period, select, week {w każdym tygodniu} month {w każdym miesiącu} season {od {from} do {to} każdego roku} other {od początku programu}}',
};
const award: Said = {
  en: '{days, plural, =0 {at the end} one {# day after the end} other {# days after the end}} {places}',
  nl: '{days, plural, =0 {aan het eind} one {# dag na het eind} other {# dagen na het eind}} {places}',
  nb: '{days, plural, =0 {ved slutten} one {# dag etter slutten} other {# dager etter slutten}} {places}',
  pl: '{days, plural, =0 {na koniec} one {# dzień po zakończeniu} other {# dni po zakończeniu}} {places}',
};
const place: Said = {
  en: '{pts} for place {rank}',
  nl: '{pts} voor plaats {rank}',
  nb: '{pts} for {rank}. plass',
  pl: '{pts} za miejsce {rank}',
};

export const leaderboardText: Tell<Leaderboard> = (board, speaker) => {
  const { by, unit = 'points', period, award: given } = board;
  const { from, to } = board.season ?? { from: '01-01', to: '12-31' };
  const list = speaker.say(what, {
    ...{ name: board.name ?? speaker.name('rule', board.id), by, units: speaker.units(unit), period },
    ...{ from: speaker.monthDay(from), to: speaker.monthDay(to) },
  });
  if (!given) return list;
  const places = given.gives.map((gives, i) =>
    speaker.say(place, { pts: speaker.count(given.unit, gives), rank: i + 1 }),
  );
  return `${list}; ${speaker.say(award, { days: given.afterDays, places: places.join(', ') })}`;
};
