import type { Tx } from '../db/database.js';
import { type MemberRef, lockMembers } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { Loyalty } from './context.js';
import { beginSharing, countKin, endSharing, householdOf, makeKin } from './households.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { settleMembers } from './settle-members.js';

/** Why somebody cannot come into a household. */
export type HouseholdObstacle =
  | 'off'
  | 'self'
  | 'full'
  | 'member-elsewhere'
  | 'head-elsewhere'
  | 'is-head'
  | 'gone'
  | 'tied'
  | 'invitation'
  | 'tries';

/** So many at most are settled together: who goes from household to household ties them all. */
const MOST_KIN = 100;

export interface Sharing {
  program: string;
  head: string;
  member: string;
}

export function refusedHousehold(binding: HouseholdObstacle): AppError {
  return new AppError('household_refused', 409, `This household cannot be so: ${binding}.`, { binding });
}

const ACTIVE = "select id from member where program_id = $1 and id = any($2::bigint[]) and status = 'active'";

/**
 * A member comes into the household of a head, and what they earn from now on is the head's. Asked under the locks of both and of
 * all with whom they share anything, so that two who come at once at the limit come after one another. Twice = once.
 * @throws AppError `household_refused` (409, details.binding)
 */
export async function joinHousehold(tx: Tx, sharing: Sharing, now: Millis, loyalty: Loyalty): Promise<void> {
  const { program, head, member } = sharing;
  const refs = refsOf(program, [head, member]);
  lockMembers(tx, refs);
  const size = await sizeOf(tx, program, now);
  if (head === member) throw refusedHousehold('self');
  const active = await tx.prepared<{ id: string }>('household_active', ACTIVE, [program, [head, member]]);
  if (active.length < 2) throw refusedHousehold('gone');
  const [theirs, mine] = [await householdOf(tx, program, head), await householdOf(tx, program, member)];
  if (theirs && theirs.head !== head) throw refusedHousehold('head-elsewhere');
  if (mine?.head === head) return;
  if (mine) throw refusedHousehold(mine.head === member ? 'is-head' : 'member-elsewhere');
  if ((theirs?.others.length ?? 0) + 2 > size) throw refusedHousehold('full');
  if ((await countKin(tx, program, [head, member])) > MOST_KIN) throw refusedHousehold('tied');
  beginSharing(tx, program, [member], head, now);
  makeKin(tx, program, [head, member]);
  await settleMembers(tx, refs, now, loyalty.shards);
}

/** How many may be in a household by the rules of now. */
export async function sizeOf(tx: Tx, program: string, now: Millis): Promise<number> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  const { household } = inForce(versions, now).rules;
  if (!household) throw refusedHousehold('off');
  return household.size;
}

/**
 * A member leaves, or the head ends the household: what was earned in it stays the head's, what is earned from now on is each one's
 * own. False = they were in none.
 */
export async function leaveHousehold(
  tx: Tx,
  { program, member }: MemberRef,
  now: Millis,
  loyalty: Loyalty,
): Promise<boolean> {
  lockMembers(tx, [{ program, member }]);
  const ended = await endSharing(tx, program, member, now, true);
  const concerned = [...new Set(ended.flatMap((one) => [one.member, one.head]))];
  await settleMembers(tx, refsOf(program, concerned), now, loyalty.shards);
  return ended.length > 0;
}

/**
 * Another of the household is its head from now on. What was earned until now stays with whoever was.
 * @throws AppError `household_refused` (409, details.binding)
 */
export async function changeHead(
  tx: Tx,
  { program, member: next }: MemberRef,
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  lockMembers(tx, [{ program, member: next }]);
  await sizeOf(tx, program, now);
  const household = await householdOf(tx, program, next);
  if (!household) throw refusedHousehold('gone');
  const { head, others } = household;
  if (head === next) return;
  await endSharing(tx, program, head, now, true);
  const rest = [head, ...others.map(({ member }) => member)].filter((member) => member !== next);
  beginSharing(tx, program, rest, next, now);
  await settleMembers(tx, refsOf(program, [next, ...rest]), now, loyalty.shards);
}

const refsOf = (program: string, members: readonly string[]): MemberRef[] =>
  members.map((member) => ({ program, member }));
