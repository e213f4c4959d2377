import { type When, WEEKDAYS } from '../../rule-parts.js';
import type { Speaker } from '../speaker.js';

export type Weekday = NonNullable<When['weekdays']>[number];

/** As said of every week: "on Mondays". The preposition is said once, by the sentence. */
const EVERY = {
  en: ['Mondays', 'Tuesdays', 'Wednesdays', 'Thursdays', 'Fridays', 'Saturdays', 'Sundays'],
  nl: ['maandag', 'dinsdag', 'woensdag', 'donderdag', 'vrijdag', 'zaterdag', 'zondag'],
  nb: ['mandager', 'tirsdager', 'onsdager', 'torsdager', 'fredager', 'lørdager', 'søndager'],
  pl: ['poniedziałki', 'wtorki', 'środy', 'czwartki', 'piątki', 'soboty', 'niedziele'],
};
/** As said of one of them: "on the first Monday". */
const ONE = {
  en: ['Monday', 'Tuesday', 'Wednesday', 'Thursday', 'Friday', 'Saturday', 'Sunday'],
  nl: EVERY.nl,
  nb: ['mandag', 'tirsdag', 'onsdag', 'torsdag', 'fredag', 'lørdag', 'søndag'],
  pl: ['poniedziałek', 'wtorek', 'środę', 'czwartek', 'piątek', 'sobotę', 'niedzielę'],
};

/** "Saturdays and Sundays", in the order of the week. */
export function everyWeekday(days: readonly Weekday[], speaker: Speaker): string {
  return speaker.all(
    WEEKDAYS.filter((day) => days.includes(day)).map((day) => EVERY[speaker.locale][WEEKDAYS.indexOf(day)] ?? ''),
  );
}

/** "Saturday", as the object of "on". */
export function oneWeekday(day: Weekday, speaker: Speaker): string {
  return ONE[speaker.locale][WEEKDAYS.indexOf(day)] ?? '';
}

/** Polish counts days by their gender: "pierwszą sobotę", "pierwszy piątek". */
export function genderOf(day: Weekday): 'm' | 'f' {
  return day === 'wed' || day === 'sat' || day === 'sun' ? 'f' : 'm';
}
