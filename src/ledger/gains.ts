import { ownerOf } from './postings.js';
import type { Batch, LotState, Posting } from './postings.js';

/** Postings and lots in pairs: each posting the first under its key, from the program into a lot of its own that is new. */
export interface Gains {
  postings: readonly Posting[];
  lots: readonly LotState[];
}

/** The batch when it is nothing but gains, as what first-time orders give; null when anything in it asks for more. */
export function onlyGains({ postings, lots = [], uses = [], books = [] }: Batch): Gains | null {
  if (postings.length === 0 || lots.length !== postings.length || uses.length + books.length > 0) return null;
  return postings.every((posting, i) => isGain(posting, lots[i])) ? { postings, lots } : null;
}

function isGain(posting: Posting, lot: LotState | undefined): boolean {
  const { program, member, unit, points } = posting;
  if (lot?.program !== program || lot.member !== member || lot.unit !== unit || lot.of !== posting.lot) return false;
  const untouched = lot.given === points && lot.left === points && lot.lapsed === 0n && lot.drawn === 0n;
  const comesIn = ownerOf(posting.from, member) === '0' && posting.to === (lot.matured ? 'available' : 'pending');
  return untouched && comesIn && posting.seq === 1 && (posting.toMember ?? member) === member;
}

/** What the statement takes. */
export const gainColumns = ({ postings, lots }: Gains): unknown[] => [
  postings.map((p) => p.program),
  postings.map((p) => p.member),
  postings.map((p) => p.unit),
  postings.map((p) => p.cause),
  postings.map((p) => p.kind),
  postings.map((p) => p.from),
  postings.map((p) => p.to),
  postings.map((p) => p.lot),
  postings.map((p) => p.points),
  postings.map((p) => p.at),
  lots.map((lot) => lot.earned),
  lots.map((lot) => lot.usable),
  lots.map((lot) => lot.ends ?? Infinity),
];
