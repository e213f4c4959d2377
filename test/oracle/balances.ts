import { keepBooks } from './books.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import { type Books, usableLots } from './lots.js';

/**
 * What a member could use of a unit just before an instant (docs/decisions/0013), whatever was learned of that time later: read in
 * the books of that time, which are made of what is known. So it is handed to what is known, for conditions to ask.
 */
export function withBalances(known: Known): Known {
  const kept = new Map<string, Books>();
  known.had = (member, instant, unit) => {
    const at = instant - 1;
    const person = whoIs(known, member, at);
    const key = `${person} ${at}`;
    const books = kept.get(key) ?? keepBooks(known, at, person);
    kept.set(key, books);
    return usableLots(books, person, unit).reduce((sum, { left }) => sum + left, 0);
  };
  return known;
}
