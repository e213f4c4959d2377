import type { Conversion } from './beyond.js';
import { addDays } from './calendar.js';
import type { Expiry } from './format.js';
import type { Gift } from './gift.js';
import { endOfLot, isMoved, termsOf } from './gift.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import type { Rules } from './versions.js';
import { inForce, redeemingOver, unitOf } from './versions.js';
import type { Want } from './wants.js';

// Lots, and how points move in and out of them: what the books of an instant, and what turns by itself, are made with.

/** FORMAT 7. given = left + lapsed + what spendings drew from it. */
export interface Lot {
  gift: Gift;
  given: number;
  left: number;
  lapsed: number;
  counted: number;
  usable: number;
  /** By the expiry of its own rules, or its grace. */
  lasts: number;
  /** Nothing outlives the last day to redeem: that of the version in force. */
  ends: number;
  ended: boolean;
  /** What came back after its end has had its own time, once (FORMAT 7.4). */
  graced: boolean;
  rules: Rules;
  expiry: Expiry;
}

/** FORMAT 9. taken = drawn + owed + forgiven. */
export interface Spending {
  want: Want;
  taken: number;
  draws: { lot: Lot; points: number }[];
  owed: number;
  forgiven: { lot: Lot; points: number }[];
}

/** Points that became something else: what was taken of them, and what it gave. */
export interface Converted {
  rule: Conversion;
  spending: Spending;
  gift: Gift;
}

export interface Books {
  known: Known;
  now: number;
  lots: Lot[];
  spendings: Spending[];
  converted: Converted[];
  activities: { member: string; at: number }[];
}

export function endLot(lot: Lot): void {
  lot.ended = true;
  lot.lapsed += lot.left;
  lot.left = 0;
}

/** FORMAT 7.2: an activity moves all lots that have not ended; what lives on grace has ended. */
export function slide(books: Books, lot: Lot): void {
  if (isMoved(lot.expiry) && !lot.graced)
    lot.lasts = Math.max(lot.lasts, endOfLot(lot.rules, lot.expiry, lot.usable, lastActivity(books, lot.gift)));
  lot.ends = cutShort(books, lot.lasts);
}

export const cutShort = (books: Books, lasts: number): number =>
  Math.min(lasts, redeemingOver(inForce(books.known.versions, books.now)));

export const samePerson = (books: Books, a: string, b: string): boolean =>
  a === b || whoIs(books.known, a, books.now) === whoIs(books.known, b, books.now);

const lastActivity = (books: Books, gift: Gift): number =>
  Math.max(
    -Infinity,
    ...books.activities
      .filter(({ at, member }) => at <= books.now && samePerson(books, member, gift.member))
      .map(({ at }) => at),
  );

export function rise(books: Books, gift: Gift, to: number): void {
  let lot = books.lots.find((candidate) => candidate.gift === gift);
  let more = to - (lot?.given ?? 0);
  if (more <= 0) return;
  if (!lot || (gift.anew && lot.given === 0)) {
    books.lots = books.lots.filter((candidate) => candidate !== lot);
    const dated = gift.datedAt(books.now);
    const expiry = termsOf(gift, dated);
    const lasts = gift.lasts ?? endOfLot(dated.rules, expiry, dated.usable, lastActivity(books, gift));
    const ends = cutShort(books, lasts);
    const ended = ends <= books.now;
    const fresh: Lot = { gift, given: 0, left: 0, lapsed: 0, ...dated, expiry, lasts, ends, ended, graced: false };
    for (const part of books.spendings.flatMap((spending) => spending.forgiven)) if (part.lot === lot) part.lot = fresh;
    books.lots.push(fresh);
    lot = fresh;
  }
  lot.given += more;
  for (const spending of books.spendings) {
    for (const part of spending.forgiven.filter((candidate) => candidate.lot === lot)) {
      const settled = Math.min(part.points, more);
      part.points -= settled;
      more -= settled;
      if (settled > 0) spending.draws.push({ lot, points: settled });
    }
  }
  if (lot.ended) lot.lapsed += more;
  else lot.left += more;
}

/** FORMAT 9.7: what had lapsed, then what is left, then what was spent, the latest spending first. */
export function fall(books: Books, gift: Gift, to: number): void {
  const lot = books.lots.find((candidate) => candidate.gift === gift);
  if (!lot) return;
  let less = lot.given - to;
  if (less <= 0) return;
  lot.given = to;
  const lapsed = Math.min(less, lot.lapsed);
  lot.lapsed -= lapsed;
  less -= lapsed;
  const left = Math.min(less, lot.left);
  lot.left -= left;
  less -= left;
  for (const spending of [...books.spendings].reverse()) {
    const taken = undraw(spending, less, lot);
    less -= taken;
    const missing = draw(books, spending, taken);
    if (missing === 0) continue;
    if (unitOf(lot.rules, gift.unit).clawback === 'zero') spending.forgiven.push({ lot, points: missing });
    else spending.owed += missing;
  }
}

/** Takes up to so many of the spending's draws (from this lot) away, the last drawn first; answers how many. */
function undraw(spending: Spending, most: number, from: Lot): number {
  let undone = 0;
  for (const part of [...spending.draws].reverse()) {
    if (part.lot !== from) continue;
    const points = Math.min(part.points, most - undone);
    part.points -= points;
    undone += points;
  }
  spending.draws = spending.draws.filter((part) => part.points > 0);
  return undone;
}

/** FORMAT 9.8 and 7.4. */
export function giveBack(books: Books, spending: Spending, points: number): void {
  let back = Math.max(0, points);
  spending.taken -= back;
  const owed = Math.min(back, spending.owed);
  spending.owed -= owed;
  back -= owed;
  for (const part of [...spending.forgiven].reverse()) {
    const settled = Math.min(back, part.points);
    part.points -= settled;
    back -= settled;
  }
  while (back > 0) {
    const last = spending.draws[spending.draws.length - 1];
    if (!last) throw new Error('more came back than was taken');
    const returned = Math.min(back, last.points);
    last.points -= returned;
    back -= returned;
    if (last.points === 0) spending.draws.pop();
    putBack(books, last.lot, returned);
  }
}

function putBack(books: Books, lot: Lot, points: number): void {
  const { returnGraceDays = 0 } = unitOf(lot.rules, lot.gift.unit);
  if (lot.ended && !lot.graced && returnGraceDays > 0) {
    lot.graced = true;
    lot.lasts = addDays(books.now, returnGraceDays, lot.rules.zone);
    lot.ends = cutShort(books, lot.lasts);
    lot.ended = lot.ends <= books.now;
  }
  if (lot.ended) lot.lapsed += points;
  else lot.left += points;
}

/** FORMAT 7.3: draws from the usable lots of the spender; answers what could not be drawn. */
export function draw(books: Books, spending: Spending, points: number): number {
  let missing = points;
  if (missing === 0) return 0;
  for (const lot of usableLots(books, spending.want.member, spending.want.unit)) {
    const drawn = Math.min(missing, lot.left);
    if (drawn === 0) continue;
    lot.left -= drawn;
    missing -= drawn;
    spending.draws.push({ lot, points: drawn });
  }
  return missing;
}

const lotsOf = (books: Books, member: string, unit: string): Lot[] =>
  books.lots.filter((lot) => lot.gift.unit === unit && samePerson(books, lot.gift.member, member));

/** Soonest end, then oldest, then key. */
const inDrawingOrder = (a: Lot, b: Lot): number =>
  compareNumbers(a.ends, b.ends) || a.counted - b.counted || (a.gift.of < b.gift.of ? -1 : 1);

export const usableLots = (books: Books, member: string, unit: string): Lot[] =>
  lotsOf(books, member, unit)
    .filter((lot) => lot.usable <= books.now && lot.left > 0)
    .sort(inDrawingOrder);

export const pendingLots = (books: Books, member: string, unit: string): Lot[] =>
  lotsOf(books, member, unit)
    .filter((lot) => lot.usable > books.now && lot.left > 0)
    .sort((a, b) => a.usable - b.usable || inDrawingOrder(a, b));

const compareNumbers = (a: number, b: number): number => (a === b ? 0 : a < b ? -1 : 1);
