import type { Gift } from './gift.js';
import type { Known } from './known.js';
import { whoIs } from './known.js';
import type { Rules } from './versions.js';
import { inForce } from './versions.js';

export interface Payout {
  of: string;
  unit: string;
  member: string;
  /** `filled` = from then on, or no longer; `why` = it was for nothing. */
  steps: { at: number; gives: number; filled: boolean; why: string | null; rules: Rules }[];
}

/** How often a member has filled something by an instant, and what a filling pays. */
export interface Filled {
  /** The K-th is `<of>#K`. */
  of: string;
  filled: number;
  pays: { unit?: string; gives: number };
  /** Why a filling is for nothing, by its name. */
  missed?: (of: string) => string | null;
}

/**
 * What is paid for something that fills again and again: the K-th stands while at least K are filled; filled again, it is dated
 * anew. What it pays is what the rules in force when it was filled say. Merged members' payouts are one row, by when they were
 * filled. `ask` answers null where the rules do not know the thing: then it is left as it is.
 */
export function payoutsOf(
  known: Known,
  instants: number[],
  ask: (member: string, at: number, rules: Rules) => Filled | null,
): Payout[] {
  const all: Payout[] = [];
  let standing: Payout[] = [];
  for (const at of instants) {
    const rules = inForce(known.versions, at);
    for (const { id: member, joined } of known.members.values()) {
      if (joined > at || whoIs(known, member, at) !== member) continue;
      const asked = ask(member, at, rules);
      if (!asked) continue;
      const mine = standing
        .filter((payout) => whoIs(known, payout.member, at) === member)
        .sort((a, b) => filledAt(a) - filledAt(b) || numberOf(a) - numberOf(b) || (a.member < b.member ? -1 : 1));
      const { of: name, filled, pays, missed = () => null } = asked;
      for (const emptied of mine.splice(filled)) {
        emptied.steps.push({ at, gives: 0, filled: false, why: null, rules });
        standing = standing.filter((payout) => payout !== emptied);
      }
      for (let number = mine.length + 1; number <= filled; number += 1) {
        const of = `${name}#${number}`;
        const unit = pays.unit ?? 'points';
        let payout = all.find((one) => one.of === of && one.member === member && one.unit === unit);
        if (!payout) all.push((payout = { of, unit, member, steps: [] }));
        const why = missed(of);
        payout.steps.push({ at, gives: why === null ? pays.gives : 0, filled: true, why, rules });
        standing.push(payout);
      }
    }
  }
  return all;
}

const filledAt = (payout: Payout): number => payout.steps[payout.steps.length - 1]?.at ?? 0;
const numberOf = (payout: Payout): number => Number(payout.of.slice(payout.of.lastIndexOf('#') + 1));

export const payoutGifts = (payouts: Payout[]): Gift[] => payouts.map(giftOf);

function giftOf({ of, unit, member, steps }: Payout): Gift {
  const stepAt = (t: number) => steps.filter((step) => step.at <= t).pop() ?? steps[0];
  return {
    of,
    unit,
    member,
    counted: steps[0]?.at ?? 0,
    anew: true,
    changes: steps.map((step) => step.at),
    amountAt: (t) => steps.filter((step) => step.at <= t).pop()?.gives ?? 0,
    datedAt: (t) => {
      const step = stepAt(t);
      if (!step) throw new Error(`${of} was never filled`);
      return { counted: t, usable: t, rules: step.rules };
    },
  };
}
