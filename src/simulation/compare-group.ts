import type { Millis } from '../lib/clock.js';
import type { Books } from '../rules/books.js';
import { type Judged, judge, withReservations } from '../rules/judged.js';
import type { Known, RuleVersion } from '../rules/known.js';
import { playJudged } from '../rules/replay.js';
import { writeBooks } from '../rules/write-books.js';
import { type Refusal, askAnew } from './draft.js';
import type { FirstCome } from './first-come.js';

export interface Sides<T> {
  before: T;
  after: T;
}

/** By what a past is judged twice. `shares` = who has what of ceilings, where that is not what was recorded. */
export interface Comparing {
  now: Millis;
  since: Millis | null;
  versions: Sides<RuleVersion[]>;
  shares: Sides<FirstCome | null>;
  /** Reservations were never granted by anybody: both sides are asked (a made history). */
  asked: boolean;
}

/** What one closed group has by either rules. */
export interface Compared extends Sides<Books> {
  judged: Judged;
  refused: Refusal[];
}

/**
 * Replays a closed group by the published rules and by the draft, everything chained: what the draft gives can be used, what it
 * would not have given cannot.
 */
export function compareGroup(known: Known, by: Comparing): Compared {
  const sides = { before: judgeBy(known, by, 'before'), after: judgeBy(known, by, 'after') };
  const published = by.asked ? askedAll(sides.before) : sides.before;
  const before = writeBooks(...playJudged(published));
  if (known.reservations.length === 0) {
    return { before, after: writeBooks(...playJudged(sides.after)), judged: published, refused: [] };
  }
  const { reservations, refused } = askAnew(known, sides.before, sides.after, by.since, lackingOf(before));
  const after = writeBooks(...playJudged(withReservations(sides.after, reservations)));
  for (const { id, asked } of reservations) {
    const had = before.redemptions[id]?.state !== 'refused';
    if (asked !== undefined && had && after.redemptions[id]?.state === 'refused')
      refused.push({ redemption: id, why: 'balance' });
  }
  return { before, after, judged: published, refused };
}

function judgeBy(known: Known, { now, versions, shares }: Comparing, side: keyof Sides<unknown>): Judged {
  const orders = shares[side]?.withParts(known.orders) ?? known.orders;
  return judge({ ...known, orders, rules: versions[side] }, now);
}

/** In a made history every redemption is only a wish. */
const askedAll = (judged: Judged): Judged =>
  withReservations(
    judged,
    judged.known.reservations.map((one) => ({ ...one, asked: 0 })),
  );

/** Points of reservations that were not there, seen from today: these were granted on what was known then. */
function lackingOf({ moves }: Books): Map<string, number> {
  const lacking = new Map<string, number>();
  for (const { kind, from, cause, points } of moves) {
    const id = cause.slice('redemption:'.length);
    if (kind === 'hold' && from === 'debt') lacking.set(id, (lacking.get(id) ?? 0) + Number(points));
  }
  return lacking;
}
