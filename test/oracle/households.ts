import type { Gift } from './gift.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import { inForce } from './versions.js';

/** docs/decisions/0028: for whom a member earns at an instant; themselves, unless they share the household of a head. */
export function earnsFor(known: Known, member: string, at: number): string {
  if (!inForce(known.versions, at).household) return member;
  const person = whoIs(known, member, at);
  const shared = known.households.find((one) => one.member === person && one.from <= at && at < one.until);
  return shared?.head ?? member;
}

/** What is given by hand or by another member is whose it was given to. */
const isEarned = ({ of }: Gift): boolean => !of.startsWith('adjust:') && !of.startsWith('send:');

/** What is earned in a household is its head's: by when the activity had its moment. */
export const inHouseholds = (known: Known, gifts: Gift[]): Gift[] =>
  known.households.length === 0
    ? gifts
    : gifts.map((gift) =>
        isEarned(gift) ? { ...gift, member: earnsFor(known, gift.member, gift.moment ?? gift.counted) } : gift,
      );
