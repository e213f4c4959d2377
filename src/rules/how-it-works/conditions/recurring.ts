import type { When } from '../../rule-parts.js';
import type { Said, Speaker } from '../speaker.js';
import { everyWeekday, genderOf, oneWeekday } from './weekdays.js';

type Recurs = NonNullable<When['recurs']>;
type Monthly = Extract<Recurs, { months: number }>['on'][number];

const FROM: Said = {
  en: '{days} from {from}',
  nl: '{days} vanaf {from}',
  nb: '{days} fra {from}',
  pl: '{days} od {from}',
};
const WEEKS: Said = {
  en: '{weeks, plural, one {every week} =2 {every second week} other {every # weeks}} on {days}',
  nl: '{weeks, plural, one {elke week} =2 {om de week} other {elke # weken}} op {days}',
  nb: '{weeks, plural, one {hver uke} =2 {annenhver uke} other {hver #. uke}} på {days}',
  pl: '{weeks, plural, one {co tydzień} =2 {co drugi tydzień} few {co # tygodnie} other {co # tygodni}} w {days}',
};
const MONTHS: Said = {
  en: '{days} of {months, plural, one {every month} =2 {every second month} other {every # months}}',
  nl: '{days} van {months, plural, one {elke maand} =2 {elke tweede maand} other {elke #e maand}}',
  nb: '{days} i {months, plural, one {hver måned} =2 {annenhver måned} other {hver #. måned}}',
  pl: '{days} {months, plural, one {każdego miesiąca} =2 {co drugi miesiąc} few {co # miesiące} other {co # miesięcy}}',
};
const DAY: Said = {
  en: 'on {last, select, yes {the last day} other {day {day}}}',
  nl: 'op {last, select, yes {de laatste dag} other {dag {day}}}',
  nb: 'på {last, select, yes {den siste dagen} other {den {day}.}}',
  pl: '{last, select, yes {ostatniego dnia} other {{day}. dnia}}',
};
const NTH: Said = {
  en: 'on the {nth, select, 1 {first} 2 {second} 3 {third} 4 {fourth} 5 {fifth} other {last}} {day}',
  nl: 'op de {nth, select, 1 {eerste} 2 {tweede} 3 {derde} 4 {vierde} 5 {vijfde} other {laatste}} {day}',
  nb: 'på den {nth, select, 1 {første} 2 {andre} 3 {tredje} 4 {fjerde} 5 {femte} other {siste}} {day}en',
  pl: `w {gender, select,
    f {{nth, select, 1 {pierwszą} 2 {drugą} 3 {trzecią} 4 {czwartą} 5 {piątą} other {ostatnią}}}
    other {{nth, select, 1 {pierwszy} 2 {drugi} 3 {trzeci} 4 {czwarty} 5 {piąty} other {ostatni}}}} {day}`.replace(
    /\s+/g,
    ' ',
  ),
};

/** "on the first Saturday of every month", "every second week on Fridays". */
export function recurring(recurs: Recurs, speaker: Speaker): string {
  return speaker.say(FROM, { days: daysText(recurs, speaker), from: speaker.date(recurs.from) });
}

function daysText(recurs: Recurs, speaker: Speaker): string {
  if ('weeks' in recurs) return speaker.say(WEEKS, { weeks: recurs.weeks, days: everyWeekday(recurs.on, speaker) });
  return speaker.say(MONTHS, { months: recurs.months, days: speaker.all(recurs.on.map((on) => monthly(on, speaker))) });
}

function monthly(on: Monthly, speaker: Speaker): string {
  if ('day' in on) return speaker.say(DAY, { last: on.day === 'last' ? 'yes' : 'no', day: on.day });
  return speaker.say(NTH, { nth: String(on.nth), day: oneWeekday(on.weekday, speaker), gender: genderOf(on.weekday) });
}
