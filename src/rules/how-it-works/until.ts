import { civilOf, dateText, parseDate, parseTime } from '../calendar.js';
import type { Said, Speaker } from './speaker.js';

const until: Said = { en: 'until {at}', nl: 'tot {at}', nb: 'frem til {at}', pl: 'do {at}' };
const lastDay: Said = {
  en: 'until the end of {at}',
  nl: 'tot en met {at}',
  nb: 'til og med {at}',
  pl: 'do {at} włącznie',
};

/**
 * Until when, of an end that no longer counts itself ("2026-11-30T00:00"). An end at midnight is said by the last day that
 * counts: whoever reads "do 30 listopada" comes on the 30th.
 */
export function untilText(end: string, speaker: Speaker): string {
  if (parseTime(end.slice(11)) !== 0) return speaker.say(until, { at: speaker.moment(end) });
  return speaker.say(lastDay, { at: speaker.date(dateText(civilOf(parseDate(end) - 1))) });
}
