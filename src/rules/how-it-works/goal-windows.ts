import type { Within } from '../goals/windows.js';
import type { Said, Speaker } from './speaker.js';

const said: Record<Exclude<Within['kind'], 'lifetime'>, Said> = {
  dates: {
    en: '{has, select, both {from {from} to {to}} from {from {from} on} to {until the end of {to}} other {}}',
    nl: '{has, select, both {van {from} tot en met {to}} from {vanaf {from}} to {tot en met {to}} other {}}',
    nb: '{has, select, both {fra {from} til og med {to}} from {fra og med {from}} to {til og med {to}} other {}}',
    pl: '{has, select, both {od {from} do {to} włącznie} from {od {from}} to {do {to} włącznie} other {}}',
  },
  joining: {
    en: 'within {n, plural, one {# day} other {# days}} of joining',
    nl: 'binnen {n, plural, one {# dag} other {# dagen}} nadat je lid wordt',
    nb: 'innen {n, plural, one {# dag} other {# dager}} etter innmelding',
    pl: 'w ciągu {n, plural, one {# dnia} other {# dni}} od dołączenia',
  },
  rolling: {
    en: 'within {n, plural, one {# day} other {# days}}',
    nl: 'binnen {n, plural, one {# dag} other {# dagen}}',
    nb: 'i løpet av {n, plural, one {# dag} other {# dager}}',
    pl: 'w ciągu {n, plural, one {# dnia} other {# dni}}',
  },
  each: {
    en: 'in a calendar {period, select, week {week} month {month} other {year}}, anew in each',
    nl: 'in één {period, select, week {kalenderweek} month {kalendermaand} other {kalenderjaar}}, elke keer opnieuw te halen',
    nb: 'i {period, select, week {én kalenderuke} month {én kalendermåned} other {ett kalenderår}}, på nytt hver gang',
    pl: 'w jednym {period, select, week {tygodniu} month {miesiącu} other {roku}} kalendarzowym, w każdym od nowa',
  },
  streak: {
    en: 'in each of {period, select, week {{n, plural, one {# week} other {# weeks}}} month {{n, plural, one {# month} other {# months}}} other {{n, plural, one {# year} other {# years}}}} in a row',
    nl: 'in {period, select, week {{n, plural, one {# week} other {elk van # weken}}} month {{n, plural, one {# maand} other {elk van # maanden}}} other {{n, plural, one {# jaar} other {elk van # jaren}}}} achter elkaar',
    nb: 'i {period, select, week {hver av {n, plural, one {# uke} other {# uker}}} month {hver av {n, plural, one {# måned} other {# måneder}}} other {hvert av {n} år}} på rad',
    pl: 'w każdym z {n} kolejnych {period, select, week {tygodni} month {miesięcy} other {lat}}',
  },
};

/** In which time a goal must be reached; nothing where there is no hurry. */
export function windowText(within: Within, needs: number, speaker: Speaker): string[] {
  switch (within.kind) {
    case 'lifetime':
      return [];
    case 'dates': {
      const { from, to } = within;
      if (from === undefined && to === undefined) return [];
      const has = from === undefined ? 'to' : to === undefined ? 'from' : 'both';
      const date = (local: string | undefined) => (local === undefined ? '' : speaker.date(local));
      return [speaker.say(said.dates, { has, from: date(from), to: date(to) })];
    }
    case 'joining':
    case 'rolling':
      return [speaker.say(said[within.kind], { n: within.days })];
    case 'each':
      return [speaker.say(said.each, { period: within.period })];
    case 'streak':
      return [speaker.say(said.streak, { period: within.period, n: needs })];
  }
}
