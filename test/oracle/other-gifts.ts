import type { Gift } from './gift.js';
import { birthdayGifts } from './birthdays.js';
import { deedGifts } from './deeds.js';
import { type LevelAt, missedBy } from './gift-conditions.js';
import { countOut } from './gift-turns.js';
import type { Known, Member } from './known.js';
import { selvesOf } from './known.js';
import { referralGifts } from './referral-gifts.js';
import { reviewGifts } from './reviews.js';
import { inForce, isRunning } from './versions.js';

const isOfAdvocate = ({ of }: Gift): boolean => of.startsWith('referral:');

const kept = new WeakMap<Known, Gift[]>();

/** The gifts of all activities but orders and stamp cards. Levels by points ask for these, and birthdays may ask for a level: so it is handed in. */
export function otherGiftsOf(known: Known, levelAt: LevelAt): Gift[] {
  const before = kept.get(known);
  if (before) return before;
  const brought = referralGifts(known, levelAt);
  const gifts = [
    ...[...known.members.values()].flatMap((member) => joiningGift(known, member, levelAt)),
    ...birthdayGifts(known, levelAt),
    ...countOut(
      known,
      'reviews',
      reviewGifts(known, levelAt),
      ({ of, counted }) => known.reviews.get(of.slice('review:'.length))?.written ?? counted,
    ),
    ...countOut(known, 'referral', brought.filter(isOfAdvocate), ({ counted }) => counted),
    ...brought.filter((gift) => !isOfAdvocate(gift)),
    ...deedGifts(known, levelAt),
    ...adjustmentGifts(known),
  ];
  kept.set(known, gifts);
  return gifts;
}

/** FORMAT 6.3, 6.2: at the instant of joining, once; after a merge it stays with who joined first. */
function joiningGift(known: Known, member: Member, levelAt: LevelAt): Gift[] {
  const at = member.joined;
  const rules = inForce(known.versions, at);
  if (!rules.joining || !isRunning(rules, at)) return [];
  const missed = (self: Member): boolean => {
    const { zone, joining } = inForce(known.versions, self.joined);
    return missedBy(known, { when: joining?.when, zone, member: self.id, at: self.joined }, levelAt) !== null;
  };
  const { gives, unit, expiry } = rules.joining;
  const given = (self: Member): boolean => {
    const then = inForce(known.versions, self.joined);
    return then.joining !== undefined && isRunning(then, self.joined) && !missed(self);
  };
  const first = (t: number): boolean =>
    selvesOf(known, member.id, t).every(
      (self) =>
        self.id === member.id || !given(self) || self.joined > at || (self.joined === at && self.id > member.id),
    );
  return [
    {
      of: `join:${member.id}`,
      unit: unit ?? 'points',
      expiry,
      member: member.id,
      counted: at,
      changes: [at, ...known.merges.map((merge) => merge.at).filter((merged) => merged > at)],
      amountAt: (t) => (t >= at && !missed(member) && first(t) ? gives : 0),
      datedAt: () => ({ counted: at, usable: at, rules }),
    },
  ];
}

/** Given by hand; what is taken by hand is a spending (bookkeeping). */
const adjustmentGifts = (known: Known): Gift[] =>
  [...known.adjustments.values()]
    .filter((adjustment) => adjustment.amount > 0)
    .map(({ id, unit, member, at, amount }) => ({
      of: `adjust:${id}`,
      unit,
      member,
      counted: at,
      changes: [at],
      amountAt: (t) => (t >= at ? amount : 0),
      datedAt: () => ({ counted: at, usable: at, rules: inForce(known.versions, at) }),
    }));
