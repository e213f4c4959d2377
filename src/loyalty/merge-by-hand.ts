import { createHash } from 'node:crypto';
import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { MemberBooks } from '../rules/books.js';
import type { Known } from '../rules/known.js';
import { replay } from '../rules/replay.js';
import { mergeMembers } from './apply-customers.js';
import { asOf } from './as-of.js';
import { findMember } from './by-hand.js';
import type { Loyalty, Person } from './context.js';
import { gatherKnown } from './gather-known.js';
import { referralSides } from './referral-sides.js';
import { ruleVersions } from './rule-sets.js';
import { lockFamilies, type MemberRef } from './settle-members.js';
import { audit } from './store-life.js';

/** What somebody has of each unit, and is to the program. */
export interface MergeSide {
  balances: Record<string, { available: bigint; pending: bigint; held: bigint; debt: bigint }>;
  tier: string | null;
  orders: number;
}

export interface MergePreview {
  into: MemberRef;
  from: MemberRef;
  kept: MergeSide;
  gone: MergeSide;
  /** What there will be, by the same rules that will post it. */
  merged: MergeSide;
  /** Of all of this: who merges says which they have seen. */
  hash: string;
}

/**
 * What two members have, and what they will have as one, before anything is done.
 * @throws AppError `no_such_member` (404), `same_member` (422)
 */
export async function previewMerge(
  tx: Tx,
  program: string,
  ids: { into: string; from: string },
  now: Millis,
): Promise<MergePreview> {
  const [into, from] = [await findMember(tx, program, ids.into), await findMember(tx, program, ids.from)];
  if (into.member === from.member)
    throw new AppError('same_member', 422, 'These are one member already: choose somebody else.');
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  const { known } = await gatherKnown(tx, program, versions, [into.member, from.member]);
  const merging = { from: from.member, into: into.member, at: now };
  const [kept, gone] = sidesOf(known, [into.member, from.member], now);
  const [merged] = sidesOf({ ...known, merges: [...known.merges, merging] }, [into.member], now);
  if (!kept || !gone || !merged) throw new Error('a side of a merge is missing');
  const plain = JSON.stringify([into.member, from.member, kept, gone, merged], (_, value: unknown) =>
    typeof value === 'bigint' ? `${value}` : value,
  );
  const hash = createHash('sha256').update(plain).digest('hex').slice(0, 32);
  return { into, from, kept, gone, merged, hash };
}

function sidesOf(known: Known, members: readonly string[], now: Millis): MergeSide[] {
  const books = replay(known, asOf(known, now));
  const rootOf = (member: string): string => {
    const merge = known.merges.find(({ from }) => from === member);
    return merge ? rootOf(merge.into) : member;
  };
  const owner = new Map(known.links.map(({ customer, member }) => [customer, rootOf(member)]));
  return members.map((member) => ({
    balances: balancesOf(books.members[member]),
    tier: books.members[member]?.tier ?? null,
    orders: known.orders.filter(({ customer }) => customer !== null && owner.get(customer) === member).length,
  }));
}

const balancesOf = (books: MemberBooks | undefined): MergeSide['balances'] =>
  Object.fromEntries(
    Object.entries(books?.units ?? {}).map(([unit, { available, pending, held, debt }]) => [
      unit,
      { available, pending, held, debt },
    ]),
  );

/** The earlier hold counts: undoing the later one, of many members at once, does not end it. */
const CARRY_HOLD = `
  update member m set blocked_at = least(m.blocked_at, f.blocked_at) from member f
  where m.program_id = $1 and m.id = $2 and f.program_id = $1 and f.id = $3`;
const ADDRESSES = 'update member set mailbox = $3, phone = $4 where program_id = $1 and id = $2';

/**
 * Makes two members one, as it was seen before: everything of `from`, late arrivals included, is `into`'s from now on. Whoever
 * was on hold stays so. What `into` lacks of a name, a mailbox or a phone number is `from`'s.
 * @throws AppError as `previewMerge`, and `changed_meanwhile` (409)
 */
export async function mergeByHand(
  tx: Tx,
  program: string,
  { hash, by, ...ids }: { into: string; from: string; hash: string; by: string },
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  const both = [await findMember(tx, program, ids.into), await findMember(tx, program, ids.from)];
  await lockFamilies(tx, [...both, ...(await referralSides(tx, both))]);
  const seen = await previewMerge(tx, program, ids, now);
  if (seen.hash !== hash)
    throw new AppError('changed_meanwhile', 409, 'Something of the two changed meanwhile: look at it once more.');
  const { into, from, kept, gone, merged } = seen;
  await tx.prepared('merge_carry_hold', CARRY_HOLD, [program, into.member, from.member]);
  await mergeMembers(tx, program, { from: from.member, into: into.member }, now, now, loyalty);
  await keepBoth(tx, program, { into: into.member, from: from.member }, now, loyalty);
  const facts = {
    member: into.member,
    merged: from.member,
    before: [inText(kept), inText(gone)],
    after: inText(merged),
  };
  await audit(tx, program, by, 'member.merged', facts);
}

async function keepBoth(
  tx: Tx,
  program: string,
  { into, from }: { into: string; from: string },
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  const people = await loyalty.readPeople(tx, program, [into, from]);
  const person = together(people.get(into) ?? null, people.get(from) ?? null);
  if (person === null) return;
  await loyalty.keepPerson(tx, program, into, { ...person, at: now });
  const { mailbox, phone } = loyalty.tokens(program);
  await tx.prepared('merge_addresses', ADDRESSES, [program, into, mailbox(person.email), phone(person.phone)]);
}

/** What is known of one person from two accounts of theirs; the first says more. */
export function together(kept: Person | null, gone: Person | null): Person | null {
  if (kept === null || gone === null) return kept ?? gone;
  return { email: kept.email ?? gone.email, phone: kept.phone ?? gone.phone, name: kept.name ?? gone.name };
}

const inText = ({ balances, tier }: MergeSide): Record<string, string> => ({
  ...Object.fromEntries(
    Object.entries(balances).map(([unit, { available, pending, debt }]) => [unit, `${available + pending - debt}`]),
  ),
  ...(tier !== null && { tier }),
});
