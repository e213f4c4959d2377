import type { Conversion } from './beyond.js';
import { dayPlusMonths, instantOf, localTimeOf } from './calendar.js';
import type { Gift } from './gift.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import {
  type Books,
  type Converted,
  draw,
  fall,
  giveBack,
  type Lot,
  rise,
  samePerson,
  type Spending,
  usableLots,
} from './lots.js';
import { inForce } from './versions.js';

/**
 * docs/decisions/0015, at the end of an instant: what lapsed becomes what it was made of, where that is said; what is owed undoes what came of the points and is unused, the last first; then
 * whatever is enough of a unit turns into what the rules in force say.
 */
export function convert(books: Books): void {
  for (const one of books.converted) lapse(books, one);
  const byName = (one: Converted) => one.gift.member;
  const ordered = [...books.converted].sort(
    (a, b) => a.gift.counted - b.gift.counted || (byName(a) > byName(b) ? 1 : byName(a) < byName(b) ? -1 : 0),
  );
  for (const one of ordered.reverse()) undo(books, one);
  const rules = inForce(books.known.versions, books.now);
  for (const rule of rules.converts ?? []) {
    if (rule.when !== 'at-once' && !isEnd(rule.when, books.now, rules.zone)) continue;
    const holders = books.lots.map(({ gift }) => whoIs(books.known, gift.member, books.now));
    for (const person of new Set(holders)) turn(books, rule, person);
  }
  for (const one of books.converted) lapse(books, one);
}

function turn(books: Books, rule: Conversion, person: string): void {
  const { now } = books;
  const { id, every, pays, atMost = Infinity, unit = 'points' } = rule;
  const usable = usableLots(books, person, unit).reduce((sum, { left }) => sum + left, 0);
  const pieces = Math.min(atMost, Math.floor(usable / every));
  if (pieces === 0) return;
  const start = `convert:${person}:${id}#`;
  const key = `${start}${books.converted.filter(({ gift }) => gift.of.startsWith(start)).length + 1}`;
  const want = { key, unit, member: person, at: now, changes: [], takenAt: () => pieces * every, heldAt: () => false };
  const spending: Spending = { want, taken: pieces * every, draws: [], owed: 0, forgiven: [] };
  const later = books.spendings.findIndex((other) => other.want.at > now);
  books.spendings.splice(later < 0 ? books.spendings.length : later, 0, spending);
  draw(books, spending, spending.taken);
  const rules = inForce(books.known.versions, now);
  const gift: Gift = {
    ...{ of: key, unit: pays.unit ?? 'points', member: person, counted: now, changes: [] },
    amountAt: () => pieces * pays.gives,
    datedAt: () => ({ counted: now, usable: now, rules }),
  };
  rise(books, gift, pieces * pays.gives);
  payDebts(books, gift);
  books.converted.push({ rule, spending, gift });
}

function undo(books: Books, one: Converted): void {
  const { rule, spending, gift } = one;
  const lot = books.lots.find((candidate) => candidate.gift === gift);
  if (!lot || lot.ended || rule.onReturn === 'stays') return;
  const debt = owedWith(books, spending.want).reduce((sum, { owed }) => sum + owed, 0);
  unmake(books, one, lot, Math.min(Math.floor(lot.left / rule.pays.gives), Math.ceil(debt / rule.every)));
}

function lapse(books: Books, one: Converted): void {
  const lot = books.lots.find(({ gift }) => gift === one.gift);
  if (lot?.ended && one.rule.onLapse === 'back') unmake(books, one, lot, Math.floor(lot.lapsed / one.rule.pays.gives));
}

function unmake(books: Books, { rule, spending, gift }: Converted, lot: Lot, pieces: number): void {
  if (pieces === 0) return;
  fall(books, gift, lot.given - pieces * rule.pays.gives);
  giveBack(books, spending, pieces * rule.every);
  payDebts(books, spending.want);
}

function payDebts(books: Books, whose: Whose): void {
  for (const one of owedWith(books, whose)) one.owed = draw(books, one, one.owed);
}

type Whose = Pick<Gift, 'unit' | 'member'>;

/** What the same person owes of the same unit. */
const owedWith = (books: Books, { unit, member }: Whose): Spending[] =>
  books.spendings.filter(({ want }) => want.unit === unit && samePerson(books, want.member, member));

type End = Exclude<Conversion['when'], 'at-once'>;
const MONTHS_OF: Record<End, string[]> = {
  'month-end': ['01', '02', '03', '04', '05', '06', '07', '08', '09', '10', '11', '12'],
  'quarter-end': ['01', '04', '07', '10'],
  'year-end': ['01'],
};

/** The midnight at which the month after the last one of a period begins. */
function isEnd(end: End, t: number, zone: string): boolean {
  const { date } = localTimeOf(t, zone);
  return date.endsWith('-01') && MONTHS_OF[end].includes(date.slice(5, 7)) && instantOf(date, zone) === t;
}

/** Every instant at which points may turn into something by the calendar alone. */
export function monthEnds({ versions }: Known, from: number, to: number): number[] {
  const byCalendar = versions.find(({ rules }) => rules.converts?.some(({ when }) => when !== 'at-once'));
  if (!byCalendar || !Number.isFinite(from)) return [];
  const { zone } = byCalendar.rules;
  const ends: number[] = [];
  let date = `${localTimeOf(from, zone).date.slice(0, 7)}-01`;
  for (let at = instantOf(date, zone); at <= to; at = instantOf((date = dayPlusMonths(date, 1)), zone)) ends.push(at);
  return ends;
}
