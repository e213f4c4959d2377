import { isReviewed, type LevelAt, missedBy } from './gift-conditions.js';
import type { Gift } from './gift.js';
import type { Known, Review } from './known.js';
import { whoIs } from './known.js';
import { inForce, isRunning } from './versions.js';

interface Bond {
  member: string;
  from: number;
}

const writerOf = (known: Known, review: Review): Bond | null => {
  const link = known.links.get(review.customer);
  const member = link && known.members.get(link.member);
  return link && member ? { member: link.member, from: Math.max(link.at, member.joined) } : null;
};

/** FORMAT 6.5 and 11: why a review gives or gives nothing at t; the first reason that holds. */
export function reasonOfReview(known: Known, review: Review, t: number, levelAt: LevelAt): string {
  const writer = writerOf(known, review);
  if (!writer || writer.from > t) return 'not-a-member';
  if (review.written < (known.members.get(writer.member)?.joined ?? Infinity)) return 'before-joining';
  const rules = inForce(known.versions, review.written);
  if (!rules.reviews || !isRunning(rules, review.written)) return 'no-rule';
  if (review.status !== 'approved' || review.at > t) return 'not-approved';
  if (!meets(known, review, writer, levelAt)) return 'condition';
  return isFirst(known, review, writer, t, levelAt) ? 'earned' : 'once-per-product';
}

function meets(known: Known, { written, product }: Review, { member }: Bond, levelAt: LevelAt): boolean {
  const { reviews, zone } = inForce(known.versions, written);
  const missed = missedBy(known, { when: reviews?.when, zone, member, at: written }, levelAt);
  return missed === null && isReviewed(known, reviews?.where, member, product, written);
}

/** The first `written` among the approved of one person and product. */
const isFirst = (known: Known, review: Review, writer: Bond, t: number, levelAt: LevelAt): boolean =>
  [...known.reviews.values()].every((other) => {
    if (other.id === review.id || other.product !== review.product) return true;
    if (other.written > review.written || (other.written === review.written && other.id > review.id)) return true;
    const bond = writerOf(known, other);
    if (!bond || bond.from > t || whoIs(known, bond.member, t) !== whoIs(known, writer.member, t)) return true;
    const rules = inForce(known.versions, other.written);
    const judged = rules.reviews && isRunning(rules, other.written);
    const joined = known.members.get(bond.member)?.joined ?? Infinity;
    const stands = judged && other.written >= joined && other.status === 'approved' && other.at <= t;
    return !stands || !meets(known, other, bond, levelAt);
  });

export const reviewGifts = (known: Known, levelAt: LevelAt): Gift[] =>
  [...known.reviews.values()].flatMap((review): Gift[] => {
    const writer = writerOf(known, review);
    const rules = inForce(known.versions, review.written);
    if (!writer || !rules.reviews || review.status !== 'approved') return [];
    const gives = rules.reviews.gives + (review.photo ? (rules.reviews.photo ?? 0) : 0);
    const counted = Math.max(review.at, writer.from);
    const others = [...known.reviews.values()].map((other) =>
      Math.max(other.at, writerOf(known, other)?.from ?? other.at),
    );
    return [
      {
        of: `review:${review.id}`,
        unit: rules.reviews.unit ?? 'points',
        expiry: rules.reviews.expiry,
        member: writer.member,
        counted,
        changes: [counted, ...others, ...known.merges.map((merge) => merge.at)].filter((at) => at >= counted),
        amountAt: (t) => (reasonOfReview(known, review, t, levelAt) === 'earned' ? gives : 0),
        datedAt: () => ({ counted, usable: counted, rules }),
      },
    ];
  });
