import type { Tx } from '../db/database.js';
import { type MemberRef, lockMembers } from '../ledger/lock-members.js';
import { differences, postedTotals } from '../ledger/posted-totals.js';
import { post } from '../ledger/post.js';
import type { BooksMark, LotState, LotUse, Posting } from '../ledger/postings.js';
import { replacingLots } from '../ledger/replacing-lots.js';
import { replacingUses } from '../ledger/uses.js';
import type { Millis } from '../lib/clock.js';
import type { Books } from '../rules/books.js';
import { deedKey } from '../rules/deed-cases.js';
import { memberOfAward } from '../rules/goal-awards.js';
import type { RuleVersion } from '../rules/known.js';
import type { Move } from '../rules/moves.js';
import { replay } from '../rules/replay.js';
import { asOf } from './as-of.js';
import { wantDead } from './code-dying.js';
import { type DecidedActivity, forgetAwards, writeDecisions } from './decisions.js';
import { type Gathered, gatherKnown } from './gather-known.js';
import { grantCeilings, lockCeilings, programsWithCeilings } from './grant-ceilings.js';
import { keepTurns } from './grant-turns.js';
import { ruleVersions } from './rule-sets.js';
import { noteAboveShare } from './note-above-share.js';
import { givesDiscounts } from './standing-discounts.js';
import { wantMirrors } from './want-effects.js';
import { writeRedemptions } from './write-redemptions.js';

export type { MemberRef };

/**
 * Brings the books of some members to what an orderly replay of all that is known says as of `now` (FORMAT 9.10),
 * whatever arrived late, twice, edited or out of order: gathers, replays, posts the difference, records the decisions.
 * Takes the members' locks in sorted order first, so that two settlements, or a settlement and a reservation, never mix.
 */
export async function settleMembers(tx: Tx, refs: readonly MemberRef[], now: Millis, shards: number): Promise<void> {
  if (refs.length > 0) await settleLocked(tx, await lockFamilies(tx, refs), now, shards);
}

/** Families that nobody else decides about until the transaction ends, and the rules of their programs. */
export interface LockedFamilies {
  /** By program, whoever remains of each family. */
  roots: Map<string, Set<string>>;
  versions: Map<string, RuleVersion[]>;
}

/**
 * Locks what a settlement rests on, in the one order that everybody keeps: members, then ceilings, before anything is
 * posted. `programs` = those whose ceilings are needed beside the members' own.
 */
export async function lockFamilies(
  tx: Tx,
  refs: readonly MemberRef[],
  programs: readonly string[] = [],
): Promise<LockedFamilies> {
  let survivors = refs.length === 0 ? [] : await survivorsOf(tx, refs);
  if (survivors.length > 0) lockMembers(tx, survivors);
  const all = [...new Set([...survivors.map(({ program }) => program), ...programs])];
  const versions = all.length === 0 ? new Map<string, RuleVersion[]>() : await ruleVersions(tx, all);
  if (survivors.length > 0 && [...versions.values()].some(sharesHouseholds)) {
    // whoever joined a household while the locks were waited for has others to settle with
    survivors = await survivorsOf(tx, refs);
    lockMembers(tx, survivors);
  }
  const roots = new Map<string, Set<string>>();
  for (const { program, member } of survivors) roots.set(program, (roots.get(program) ?? new Set()).add(member));
  await lockCeilings(tx, versions);
  return { roots, versions };
}

/** Settles families that are locked. `arrived` = keys of orders in the order in which they came: ceilings are first come. */
export async function settleLocked(
  tx: Tx,
  { roots, versions }: LockedFamilies,
  now: Millis,
  shards: number,
  arrived: readonly string[] = [],
): Promise<void> {
  const limited = new Set(programsWithCeilings(versions));
  for (const [program, members] of roots) {
    const rules = versions.get(program);
    if (!rules) continue;
    const gathered = await gatherKnown(tx, program, rules, [...members]);
    const at = asOf(gathered.known, now);
    if (limited.has(program)) {
      gathered.known = await keepTurns(tx, program, gathered, at);
      gathered.known = await grantCeilings(tx, program, gathered, at, arrived);
    }
    await settleProgram(tx, program, gathered, at, shards);
  }
}

const sharesHouseholds = (versions: readonly RuleVersion[]): boolean => versions.some(({ rules }) => rules.household);

const SURVIVORS = `
  select distinct m.program_id as program, s.member
  from unnest($1::bigint[], $2::bigint[]) x(program_id, id)
  join member m on m.program_id = x.program_id and m.id = x.id and m.status <> 'bearer'
  cross join lateral (
    select coalesce(m.merged_into, m.id) as member
    union
    select k.id from member r join member k on k.program_id = r.program_id and k.kin = r.kin and k.merged_into is null
    where r.program_id = m.program_id and r.id = coalesce(m.merged_into, m.id)
  ) s`;

/** Whoever remains of merged members, and of those with whom they share a household: the locks of a family. */
async function survivorsOf(tx: Tx, refs: readonly MemberRef[]): Promise<MemberRef[]> {
  return tx.prepared<MemberRef>('loyalty_survivors', SURVIVORS, [
    refs.map((ref) => ref.program),
    refs.map((ref) => ref.member),
  ]);
}

async function settleProgram(tx: Tx, program: string, gathered: Gathered, now: Millis, shards: number): Promise<void> {
  const { family } = gathered;
  const books = replay(gathered.known, now);
  const moves = books.moves.filter((move) => family.has(move.member));
  const refs = [...family].map((member) => ({ program, member }));
  const posted = await postedTotals(tx, refs);
  const changes = differences(
    moves.map((move) => ({ program, ...move })),
    posted,
    now,
  );
  const lots = books.lots.flatMap((lot) => (family.has(lot.member) ? [{ program, ...lot }] : []));
  const moved = mayHaveMoved(changes, lots, family);
  await post(tx, {
    postings: changes,
    lots: moved ? await replacingLots(tx, refs, lots) : lots,
    uses: books.spendings.length > 0 || moved ? await replacingUses(tx, refs, usesOf(books, family, program)) : [],
    books: marksOf(books, moves, [...family], program),
  });
  const decided = decisionsOf(books, gathered, program);
  writeDecisions(tx, decided, now);
  if (gathered.known.rules.some(({ rules }) => rules.goals.length > 0)) {
    forgetAwards(tx, program, [...family], decided);
  }
  const changed = await writeRedemptions(tx, program, books.redemptions);
  noteAboveShare(tx, program, gathered.known, changed);
  const used = changed.filter((one) => one.state === 'captured' || one.state === 'returned');
  // a used code is killed at once: a cancelled order would bring a WooCommerce coupon back to life
  await wantDead(
    tx,
    program,
    used.map((one) => one.id),
    shards,
  );
  const touched = new Set(
    changes.flatMap(({ member, fromMember, toMember }) => [member, fromMember ?? member, toMember ?? member]),
  );
  // a level is reached, and left, without a point moving
  const takesOff = gathered.known.rules.some(({ rules }) => givesDiscounts(rules));
  wantMirrors(
    tx,
    [...(takesOff ? family : touched)].map((member) => ({ program, member })),
    shards,
  );
}

/** Whether a lot may stand in the ledger that the replay no longer gives its member. */
function mayHaveMoved(changes: readonly Posting[], lots: readonly LotState[], family: ReadonlySet<string>): boolean {
  if (family.size > 1) return true;
  const kept = new Set(lots.map((lot) => `${lot.unit}/${lot.of}`));
  return changes.some(({ unit, lot }) => lot !== '' && !kept.has(`${unit}/${lot}`));
}

function usesOf(books: Books, family: ReadonlySet<string>, program: string): LotUse[] {
  return books.spendings
    .filter((spending) => family.has(spending.member))
    .flatMap(({ key, member, unit, draws }) =>
      draws.map(({ of, points }) => ({ program, member, unit, spending: key, lot: of, points })),
    );
}

/** Moves after which a rise may no longer be posted by itself when it belongs before them. */
const DISTURBING: ReadonlySet<Move['kind']> = new Set([
  'take-back',
  'owe',
  'forgive',
  'settle',
  'hold',
  'capture',
  'give-back',
  'spend',
  'send',
  'merge',
] as const);

/** Far beyond every order: a member in debt is always settled by replay. */
const ALWAYS = Date.UTC(9999, 0, 1);

function marksOf(books: Books, moves: readonly Move[], members: string[], program: string): BooksMark[] {
  const disturbed = new Map<string, Millis>();
  for (const move of moves) {
    if (!DISTURBING.has(move.kind)) continue;
    for (const member of new Set([move.member, move.fromMember ?? move.member])) {
      const key = `${member}/${move.unit}`;
      disturbed.set(key, Math.max(disturbed.get(key) ?? move.at, move.at));
    }
  }
  const units = new Set(Object.values(books.members).flatMap((of) => Object.keys(of.units)));
  return members.flatMap((member) =>
    [...units].map((unit) => ({
      program,
      member,
      unit,
      disturbed:
        (books.members[member]?.units[unit]?.debt ?? 0n) > 0n ? ALWAYS : (disturbed.get(`${member}/${unit}`) ?? null),
      due: books.members[member]?.due ?? null,
    })),
  );
}

/** The decisions about the family's own activities; those of others were only needed to judge them. */
function decisionsOf(books: Books, { known, family }: Gathered, program: string): DecidedActivity[] {
  const owner = new Map(known.links.map((link) => [link.customer, link.member]));
  const claimant = new Map(known.claims.map((claim) => [claim.order, claim.member]));
  const ownerOf = new Map<string, string | undefined>();
  for (const order of known.orders) {
    ownerOf.set(`order:${order.id}`, order.customer === null ? claimant.get(order.id) : owner.get(order.customer));
  }
  for (const review of known.reviews) ownerOf.set(`review:${review.id}`, owner.get(review.customer));
  for (const referral of known.referrals) ownerOf.set(`referral:${referral.id}`, referral.advocate);
  for (const deed of known.deeds) ownerOf.set(deedKey(deed), deed.member);
  for (const member of known.members) ownerOf.set(`join:${member.id}`, member.id);
  return Object.entries(books.decisions).flatMap(([activity, decision]) => {
    const member = ownerOf.get(activity) ?? memberOfAward(activity);
    return member !== undefined && family.has(member) ? [{ program, activity, member, decision }] : [];
  });
}
