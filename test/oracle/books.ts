import { allowanceGifts } from './allowances.js';
import { cardGifts } from './stamps.js';
import { countsFrom, momentOf, ownerOf, upright } from './belonging.js';
import { convert, monthEnds } from './conversions.js';
import type { Gift } from './gift.js';
import { type Known, whoIs } from './known.js';
import { goalGifts } from './goals.js';
import { type Books, cutShort, draw, endLot, fall, giveBack, rise, slide, type Spending } from './lots.js';
import { earnsFor, inHouseholds } from './households.js';
import { orderGifts } from './order-gifts.js';
import { giftsBeside } from './order-points.js';
import { sendingGifts, sendingWants } from './sending-sides.js';
import { wantsOf } from './wants.js';

/** Of one instant redemptions come before what is taken by hand. */
const byHand = (spending: Spending): number => (spending.want.key.startsWith('adjust:') ? 1 : 0);

/**
 * FORMAT 9.10: an orderly replay of all that is known, by instant, up to and including t. `of` = of whoever is this person
 * by then alone: nobody draws what is another's (FORMAT 7.3).
 */
export function keepBooks(known: Known, t: number, of: string | null = null): Books {
  const asked = (member: string): boolean => of === null || whoIs(known, member, t) === whoIs(known, of, t);
  const whoever = known.households.some(({ head }) => asked(head)) ? () => true : asked;
  const gifts = inHouseholds(known, [
    ...orderGifts(known, t, whoever),
    ...giftsBeside(known),
    ...cardGifts(known, t),
    ...goalGifts(known, t),
    ...allowanceGifts(known, t),
    ...sendingGifts(known),
  ]).filter((gift) => asked(gift.member));
  const wants = [...wantsOf(known), ...sendingWants(known)].filter((want) => asked(want.member));
  const books: Books = {
    known,
    now: -Infinity,
    lots: [],
    spendings: wants
      .map((want) => ({ want, taken: 0, draws: [], owed: 0, forgiven: [] }))
      .sort((a, b) => a.want.at - b.want.at || byHand(a) - byHand(b) || (a.want.key < b.want.key ? -1 : 1)),
    converted: [],
    activities: activitiesOf(known),
  };
  const fixed = [
    ...gifts.flatMap((gift) => gift.changes),
    ...wants.flatMap((want) => want.changes),
    ...known.merges.map((merge) => merge.at),
    ...known.versions.map((version) => version.from),
    ...books.activities.map((activity) => activity.at),
  ];
  const told = fixed.filter((at) => at <= t && at > -Infinity).sort((a, b) => a - b);
  const instants = [...new Set([...told, ...monthEnds(known, told[0] ?? Infinity, t)])].sort((a, b) => a - b);
  for (;;) {
    const coming = books.lots
      .flatMap((lot) => [lot.usable, ...(lot.ended ? [] : [lot.ends])])
      .filter((at) => at > books.now);
    const next = Math.min(instants.find((at) => at > books.now) ?? Infinity, ...coming);
    if (!(next <= t)) break;
    books.now = next;
    oneInstant(books, gifts);
  }
  books.now = t;
  return books;
}

/** FORMAT 7.2, inactivity: an order that stood when it counted, a granted reservation, a visit. */
const activitiesOf = (known: Known): Books['activities'] => [
  ...known.visits.flatMap(({ member, at }) => alsoOfTheHead(known, member, at, at)),
  ...[...known.recorded.reservations.values()].filter((reservation) => reservation.refused === null),
  ...[...known.orders.values()].flatMap((order) => {
    const at = countsFrom(known, order);
    const owner = ownerOf(known, order);
    const counts = owner && at < Infinity && upright(order, at);
    return counts ? alsoOfTheHead(known, owner.member, momentOf(known, order), at) : [];
  }),
];

/** What is done for a household keeps its points too. */
const alsoOfTheHead = (known: Known, member: string, moment: number, at: number): Books['activities'] =>
  [...new Set([member, earnsFor(known, member, moment)])].map((whose) => ({ member: whose, at }));

/** FORMAT 9.9: lots end; rises; points become usable; falls; give-backs of redemptions; draws; debts. */
function oneInstant(books: Books, gifts: Gift[]): void {
  const { now } = books;
  for (const lot of books.lots) if (!lot.ended) lot.ends = cutShort(books, lot.lasts);
  for (const lot of books.lots) if (!lot.ended && lot.ends <= now) endLot(lot);
  for (const lot of books.lots) if (!lot.ended) slide(books, lot);
  const changed = gifts
    .filter((gift) => gift.changes.includes(now))
    .sort((a, b) => (a.of < b.of || (a.of === b.of && a.member < b.member) ? -1 : 1));
  for (const gift of changed) rise(books, gift, gift.amountAt(now));
  for (const gift of changed) fall(books, gift, gift.amountAt(now));
  const moved = books.spendings.filter((spending) => spending.want.changes.includes(now));
  for (const spending of moved) giveBack(books, spending, spending.taken - spending.want.takenAt(now));
  for (const spending of moved) {
    const more = Math.max(0, spending.want.takenAt(now) - spending.taken);
    spending.taken += more;
    spending.owed += draw(books, spending, more);
  }
  for (const spending of books.spendings) spending.owed = draw(books, spending, spending.owed);
  convert(books);
}
