import type { Millis } from '../lib/clock.js';
import type { Books } from './books.js';
import { judge } from './judged.js';
import type { Judged } from './judged.js';
import type { Known } from './known.js';
import { Play } from './play.js';
import { writeBooks } from './write-books.js';

/**
 * The books of a closed group of members as of `now`: an orderly replay of all that is known, by instant (FORMAT 9.10).
 * Pure: equal facts give equal books, whatever the order in which they were learned.
 */
export function replay(known: Known, now: Millis): Books {
  return writeBooks(...playJudged(judge(known, now)));
}

/** The replay with its workings: for those who need accounts rather than books (what can be redeemed, promises). */
export function playJudged(judged: Judged): [Judged, Play] {
  const play = new Play(judged);
  play.run();
  return [judged, play];
}
