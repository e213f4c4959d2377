import type { Millis } from '../lib/clock.js';
import { nextAllowance } from './allowances.js';
import { nextConversion } from './conversions.js';
import { compile } from './compile.js';
import { countsYears } from './goal-awards.js';
import { nextAnniversary } from './goals/years.js';
import type { Judged } from './judged.js';
import { nextPublication } from './publication.js';
import type { Play } from './play.js';
import { perksHeld, takesOff } from './openings.js';
import { nextPerkChange, whenOf } from './perk-conditions.js';
import type { Perk } from './perk-rules.js';
import type { ProgramRules } from './program-rules.js';
import { versionAt } from './versions.js';

/**
 * By member, the next instant at which a replay is needed although nothing new was learned. Lots that mature or end are
 * plain to see in the ledger (its sweeps post them), unless what matures has a debt to pay first.
 */
export function nextChanges(judged: Judged, play: Play): Map<string, Millis> {
  const { now, ownership } = judged;
  const due = new Map<string, Millis>();
  const note = (member: string, at: Millis | null): void => {
    if (at === null || at <= now || at === Infinity) return;
    const owner = ownership.memberAt(member, now);
    due.set(owner, Math.min(due.get(owner) ?? Infinity, at));
  };
  const { rules, calendar, earnsUntil } = compile(versionAt(judged.known.rules, now).rules);
  for (const account of play.accounts.list()) {
    note(account.member, nextConversion(rules, account, now));
    if (account.debt() === 0n) continue;
    for (const lot of account.lots) {
      if (lot.left === 0n) continue;
      note(account.member, lot.ends);
      note(account.member, lot.usable);
    }
  }
  for (const [member, at] of play.conversions?.lapses() ?? []) note(member, at);
  for (const order of judged.orders) {
    if (!order.owner || order.barred !== null) continue;
    note(order.owner.member.id, order.countsFor);
    for (const at of order.changes) note(order.owner.member.id, at);
  }
  // platforms and review providers date by clocks of their own, which may be ahead of ours
  for (const { member, at } of nextCaptures(judged)) note(member, at);
  for (const { customer, at, written } of judged.known.reviews) {
    const owner = ownership.ownerOfCustomer(customer);
    if (owner) note(owner.member.id, Math.max(at, written));
  }
  for (const referral of judged.referrals) note(referral.referral.advocate, referral.due);
  for (const [member, at] of judged.gifts.nextBirthday) note(member, at);
  if (countsYears(rules.goals)) {
    for (const { id, joined } of judged.known.members) {
      const next = nextAnniversary(joined, now, calendar);
      if (next < earnsUntil) note(id, next);
    }
  }
  const anew = nextAllowance(rules, now);
  const published = nextPublication(judged.known.rules, now);
  for (const { id } of judged.known.members) {
    note(id, published);
    const person = ownership.memberAt(id, now);
    if (fallsUnseen(rules)) note(person, judged.past.lowersAt(person, now));
    if (rules.membership?.perks?.some(takesOff)) {
      note(person, judged.past.membershipAt(person, now, now));
      note(person, judged.past.givenTermAfter(person, now));
    }
    if (asksOfPerks(rules))
      note(person, nextPerkChange(heldBy(rules, judged, person), rules.zone, judged.past, person, now));
    if (anew !== null && anew < earnsUntil) note(id, anew);
  }
  return due;
}

/** Codes are used from when their order was placed. */
function nextCaptures({ known, orders, now }: Judged): { member: string; at: Millis }[] {
  const ahead = orders.filter(({ order }) => order.placed > now && order.redemptions.length > 0);
  return ahead.flatMap(({ order }) =>
    known.reservations
      .filter(({ id }) => order.redemptions.some((used) => used.id === id))
      .map(({ member }) => ({ member, at: order.placed })),
  );
}

/**
 * Whether a level that falls changes what the ledger or a checkout was told: those that fall at reviews, and those that take something
 * off. Of others nothing is kept: what the level is is asked each time.
 */
const fallsUnseen = ({ tiers }: ProgramRules): boolean =>
  tiers?.downgradeEach !== undefined || (tiers?.levels.some(({ perks }) => perks?.some(takesOff)) ?? false);

/** Whether some perk holds only at times. */
const asksOfPerks = ({ tiers, membership }: ProgramRules): boolean =>
  [...(tiers?.levels ?? []), membership].some((of) => of?.perks?.some(whenOf));

const heldBy = (rules: ProgramRules, { past, now }: Judged, member: string): Perk[] =>
  perksHeld(rules, past.tierAt(member, now, now), past.membershipAt(member, now, now) !== null);
