import { isDeepStrictEqual } from 'node:util';
import type { Millis } from '../lib/clock.js';
import type { Books } from '../rules/books.js';
import { type Judged, judge, withReservations } from '../rules/judged.js';
import type { Known, RuleVersion } from '../rules/known.js';
import { asksForBalance } from '../rules/past-needs.js';
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
  if (known.reservations.length === 0) {
    const [before, after] = [play(sides.before), play(sides.after)];
    return { before, after, judged: sides.before, refused: [] };
  }
  const asked = by.asked ? askAnew(sides.before, null, null, NOTHING) : null;
  const before = play(asked ? withReservations(sides.before, asked.reservations) : sides.before);
  const published = by.asked ? null : sides.before;
  const { judged, reservations, refused } = askedAnew(sides.after, published, by.since, lackingOf(before));
  const after = play(judged);
  for (const { id, asked: wish } of reservations) {
    if (wish !== undefined && after.redemptions[id]?.state === 'refused')
      refused.push({ redemption: id, why: 'balance' });
  }
  // only what was had before is lost
  const had = (id: string) => (before.redemptions[id]?.state ?? 'refused') !== 'refused';
  return { before, after, judged: sides.before, refused: refused.filter(({ redemption }) => had(redemption)) };
}

/**
 * A draft's judgement with the reservations that it grants. Where its rules ask what members have, whether one is granted may
 * bear on whether a later one is (through the level): it is asked again until nothing is answered differently.
 */
function askedAnew(
  draft: Judged,
  published: Judged | null,
  since: Millis | null,
  lacking: ReadonlyMap<string, number>,
): ReturnType<typeof askAnew> & { judged: Judged } {
  const wished = draft.known.reservations;
  let judged = draft;
  for (let round = 0; ; round++) {
    const known = { ...judged.known, reservations: wished };
    const answer = askAnew({ ...judged, known }, published, since, lacking);
    const same = isDeepStrictEqual(answer.reservations, judged.known.reservations);
    if (!same) judged = withReservations(judged, answer.reservations);
    if (same || round > wished.length || !asksForBalance(known.rules)) return { ...answer, judged };
  }
}

const play = (judged: Judged): Books => writeBooks(...playJudged(judged));
const NOTHING: ReadonlyMap<string, number> = new Map();

function judgeBy(known: Known, { now, versions, shares }: Comparing, side: keyof Sides<unknown>): Judged {
  const orders = shares[side]?.withParts(known.orders) ?? known.orders;
  return judge({ ...known, orders, rules: versions[side] }, now);
}

/** Points of reservations that were not there, seen from today: these were granted on what was known then. */
function lackingOf({ moves }: Books): Map<string, number> {
  const lacking = new Map<string, number>();
  for (const { kind, from, cause, points } of moves) {
    const id = cause.slice('redemption:'.length);
    if (kind === 'hold' && from === 'debt') lacking.set(id, (lacking.get(id) ?? 0) + Number(points));
  }
  return lacking;
}
