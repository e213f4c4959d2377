import type { When } from '../../rule-parts.js';
import type { Said, Speaker } from '../speaker.js';
import { untilText } from '../until.js';
import type { Clauses } from './clauses.js';
import { recurring } from './recurring.js';
import { everyWeekday } from './weekdays.js';

const from: Said = { en: 'from {at}', nl: 'vanaf {at}', nb: 'fra {at}', pl: 'od {at}' };
const fromTo: Said = {
  en: 'from {from} to {to}',
  nl: 'van {from} tot en met {to}',
  nb: 'fra {from} til og med {to}',
  pl: 'od {from} do {to}',
};
const everyYear: Said = {
  en: 'every year from {from} to {to}',
  nl: 'elk jaar van {from} tot en met {to}',
  nb: 'hvert år fra {from} til og med {to}',
  pl: 'co roku od {from} do {to}',
};
const weekdays: Said = { en: 'on {days}', nl: 'op {days}', nb: 'på {days}', pl: 'w {days}' };
const hours: Said = {
  en: 'between {from} and {to}',
  nl: 'tussen {from} en {to} uur',
  nb: 'mellom kl. {from} og {to}',
  pl: 'w godzinach {from}–{to}',
};
const except: Said = {
  en: 'except on {dates}',
  nl: 'behalve op {dates}',
  nb: 'bortsett fra {dates}',
  pl: 'z wyjątkiem: {dates}',
};
const oneDay: Said = { en: 'on {at}', nl: 'op {at}', nb: '{at}', pl: '{at}' };
const zone: Said = {
  en: 'by the clock of {zone}',
  nl: 'volgens de tijd in {zone}',
  nb: 'etter klokken i {zone}',
  pl: 'według czasu {zone}',
};

type Words = 'from' | 'to' | 'dates' | 'season' | 'weekdays' | 'recurs' | 'hours' | 'except' | 'zone';

/** When. */
export const TIME: Clauses<Pick<When, Words>> = {
  from: (at, speaker) => speaker.say(from, { at: speaker.moment(at) }),
  to: untilText,
  dates: (dates, speaker) =>
    dates.from === dates.to
      ? speaker.say(oneDay, { at: speaker.date(dates.from) })
      : speaker.say(fromTo, { from: speaker.date(dates.from), to: speaker.date(dates.to) }),
  season: (season, speaker) =>
    speaker.say(everyYear, { from: speaker.monthDay(season.from), to: speaker.monthDay(season.to) }),
  weekdays: (days, speaker) => speaker.say(weekdays, { days: everyWeekday(days, speaker) }),
  recurs: recurring,
  hours: (of, speaker) => speaker.say(hours, { from: speaker.time(of.from), to: speaker.time(of.to) }),
  except: (dates, speaker) => speaker.say(except, { dates: speaker.all(dates.map((date) => leftOut(date, speaker))) }),
  zone: (name, speaker) => speaker.say(zone, { zone: name.replaceAll('_', ' ') }),
};

function leftOut(dates: NonNullable<When['except']>[number], speaker: Speaker): string {
  if (typeof dates === 'string') return speaker.date(dates);
  return `${speaker.date(dates.from)} – ${speaker.date(dates.to)}`;
}
