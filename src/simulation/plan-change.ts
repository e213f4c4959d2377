import { type Database, type Tx, inTransaction } from '../db/database.js';
import { foreseeParts, readGranted } from '../loyalty/grant-ceilings.js';
import { gatherKnown } from '../loyalty/gather-known.js';
import { FirstCome } from './first-come.js';
import type { Millis } from '../lib/clock.js';
import type { LotState, MemberBooks } from '../rules/books.js';
import { closedGroups } from '../rules/closed-groups.js';
import type { Known, RuleVersion } from '../rules/known.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { replay } from '../rules/replay.js';
import type { Sides } from './compare-group.js';
import { PAGE, readRoots } from './read-past.js';

type Account = 'available' | 'pending' | 'held' | 'debt';
export type Holdings = Record<Account, bigint>;

/** What a publication does to one member: what they have by the rules as they are, and by those with the new version. */
export interface PlannedMember {
  member: string;
  units: Record<string, Sides<Holdings> & { endsSooner: bigint }>;
  tier: Sides<string | null>;
  /** Whether anything is different: points, tier, or when some of them end. */
  changes: boolean;
}

export interface Planning {
  db: Database;
  program: string;
  published: readonly RuleVersion[];
  change: { rules: ProgramRules; from: Millis };
  now: Millis;
}

/**
 * What publishing rules that begin at `from` will do to every member (T11), listed before it is done, in the order of members;
 * writes nothing. It is what settling does afterwards: redemptions stand as they were granted, parts of ceilings follow the
 * orders. As of now, or of `from` when that is later.
 */
export async function* planChange(planning: Planning): AsyncGenerator<PlannedMember> {
  const { db, program } = planning;
  for (let after: string | null = '0'; after !== null;) {
    const from: string = after;
    const page = await inTransaction(db, { programs: [program] }, (tx) => planPage(tx, planning, from, PAGE));
    yield* page.members;
    after = page.next;
  }
}

/** The same of the next `limit` members behind one (by our own number; '0' = from the first); `next` = where to go on, null = that were all. */
export async function planPage(
  tx: Tx,
  { program, published, change, now }: Omit<Planning, 'db'>,
  after: string,
  limit: number,
): Promise<{ members: PlannedMember[]; next: string | null }> {
  const version = { version: (published.at(-1)?.version ?? 0) + 1, from: change.from, rules: change.rules };
  const versions = { before: [...published], after: [...published, version] };
  const at = Math.max(now, change.from);
  const roots = await readRoots(tx, program, after, limit);
  const members = new Map(sidesOf(await readKnown(tx, program, versions, roots, at), at));
  return {
    members: roots.flatMap((root) => members.get(root) ?? []),
    next: roots.length < limit ? null : (roots.at(-1) ?? null),
  };
}

async function readKnown(
  tx: Tx,
  program: string,
  versions: Sides<RuleVersion[]>,
  roots: readonly string[],
  at: Millis,
): Promise<Sides<Known>> {
  const gathered = await gatherKnown(tx, program, versions.after, [...roots]);
  const known = FirstCome.concerns(versions.after)
    ? await foreseeParts(tx, program, { ...gathered, family: gathered.asked }, at, await readGranted(tx, program))
    : gathered.known;
  return { before: { ...gathered.known, rules: versions.before }, after: known };
}

function* sidesOf(known: Sides<Known>, at: Millis): Generator<[string, PlannedMember]> {
  const parts = new Map(known.after.orders.map((order) => [order.id, order]));
  for (const group of closedGroups(known.before)) {
    const orders = group.orders.map((order) => parts.get(order.id) ?? order);
    const [before, after] = [replay(group, at), replay({ ...group, orders, rules: known.after.rules }, at)];
    for (const [member, books] of Object.entries(before.members)) {
      const other = after.members[member];
      if (other) yield [member, planned(member, { before: books, after: other })];
    }
  }
}

const NOTHING: MemberBooks['units'][string] = { available: 0n, pending: 0n, held: 0n, debt: 0n, lots: [] };

function planned(member: string, { before, after }: Sides<MemberBooks>): PlannedMember {
  let changes = before.tier !== after.tier;
  const units: PlannedMember['units'] = {};
  for (const unit of new Set([...Object.keys(before.units), ...Object.keys(after.units)])) {
    const [had, has] = [before.units[unit] ?? NOTHING, after.units[unit] ?? NOTHING];
    units[unit] = { before: holdings(had), after: holdings(has), endsSooner: endsSooner(had.lots, has.lots) };
    changes ||= !sameLots(had.lots, has.lots) || had.held !== has.held || had.debt !== has.debt;
  }
  return { member, units, tier: { before: before.tier, after: after.tier }, changes };
}

const holdings = ({ available, pending, held, debt }: Holdings): Holdings => ({ available, pending, held, debt });

/** Points that stay but end before they would have. */
function endsSooner(had: readonly LotState[], has: readonly LotState[]): bigint {
  const ends = new Map(had.map((lot) => [lot.of, lot.ends ?? Infinity]));
  return has.reduce((sum, lot) => sum + ((lot.ends ?? Infinity) < (ends.get(lot.of) ?? -Infinity) ? lot.left : 0n), 0n);
}

function sameLots(had: readonly LotState[], has: readonly LotState[]): boolean {
  const text = (lots: readonly LotState[]) =>
    lots
      .map(({ of, left, ends, usable, matured }) => `${of} ${left} ${ends} ${matured ? '' : usable}`)
      .sort()
      .join('\n');
  return text(had) === text(has);
}
