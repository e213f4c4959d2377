import { timingSafeEqual } from 'node:crypto';
import type { Tx } from '../db/database.js';
import { hold } from '../ledger/hold.js';
import { lockMembers } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { leastCartOf } from '../rewards/hold-share.js';
import { isFinal, keptDaysOf, redeemable } from '../rewards/index.js';
import type { Cart } from '../rules/cart.js';
import { endsByInactivity } from '../rules/expiry.js';
import { asksForBalance } from '../rules/past-needs.js';
import type { ProgramRules, RewardRule } from '../rules/program-rules.js';
import { refuseBlocked } from './block-member.js';
import { wantDead } from './code-dying.js';
import { type Obstacles, blockedBy, readObstacles } from './blocked-rewards.js';
import type { Loyalty, StoreRef } from './context.js';
import { memberOf } from './join.js';
import { type MemberState, readMemberState } from './member-state.js';
import { type RedemptionRow, findRetried, isRedemptionOf, readRedemption } from './read-redemption.js';
import { type PiecesLeft, isSoldOut, readPiecesLeft } from './read-stock.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { offeredTo, readTrials } from './trials.js';
import { settleByHand } from './hand-out.js';
import { settleMembers } from './settle-members.js';
import { takePiece } from './take-piece.js';
import { wantEffect } from './want-effects.js';

/** How long a reservation is held for a checkout. Then its code is killed and the points go back. */
export const HELD_MS = 2 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

export interface RedeemWish extends StoreRef {
  /** The platform's customer id, signed by the platform. */
  customer: string;
  reward: string;
  /** Slider only; null = the most that is possible. */
  points: bigint | null;
  cart: Cart;
  /** Names one intention; the same key with another wish is refused. */
  key: string;
  hash: Buffer;
}

/**
 * Reserves points for a reward on this cart and wants the code that gives it. A repeated wish (same key) answers with the
 * first redemption. The limits are asked of the same function that the cart showed (T13).
 * A reward that chance offers to others (H7) is none of this member's.
 * @throws AppError `no_reward` (404), `not_a_member` (403), `idempotency_key_reused` (422), `not_redeemable` (409, details.binding)
 */
export async function redeem(tx: Tx, wish: RedeemWish, now: Millis, loyalty: Loyalty): Promise<RedemptionRow> {
  const { program } = wish;
  const member = await memberOf(tx, wish, wish.customer);
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  if (!member) throw await refusalOfStranger(tx, inForce(versions, now).rules, wish, now);
  // one at a time: who comes second sees what the first has taken, and the same intention finds its redemption
  lockMembers(tx, [{ program, member }]);
  const before = await readMemberState(tx, { program, member }, versions, now, loyalty.shards);
  const retried = await findRetried(tx, program, member, wish.key);
  if (retried) return sameWish(retried, wish);
  await refuseBlocked(tx, { program, member });
  const rules = offeredTo(await readTrials(tx, program, { open: true }), inForce(versions, now).rules, member);
  const left = await readPiecesLeft(tx, program, [rewardOf(rules, wish)]);
  const granted = grant(rules, wish, before, { obstacles: await readObstacles(tx, wish), left }, now);
  const id = await insert(tx, wish, member, granted, now, loyalty);
  const { reward, points } = granted;
  // a perk may cost nothing: then nothing is held
  if (points > 0n) await hold(tx, { program, member, unit: reward.unit, points, cause: `redemption:${id}`, at: now });
  // a reservation is an activity: where inactivity ends points, it moves the end of all of them; and it lowers what they have
  if (isFinal(reward) || asksForBalance(versions) || versions.some((version) => endsByInactivity(version.rules))) {
    await settleMembers(tx, [{ program, member }], now, loyalty.shards);
  }
  await takePiece(tx, program, reward);
  if (!isFinal(reward) && keptDaysOf(reward) === null)
    await wantEffect(tx, { program, store: wish.store, kind: 'create-code', subject: id }, loyalty.shards);
  const made = await readRedemption(tx, program, id);
  if (!made) throw new AppError('redemption_lost', 500, 'The redemption was not stored.');
  return made;
}

function sameWish(earlier: RedemptionRow, wish: RedeemWish): RedemptionRow {
  const same = earlier.request_hash?.length === wish.hash.length && timingSafeEqual(earlier.request_hash, wish.hash);
  if (same) return earlier;
  throw new AppError(
    'idempotency_key_reused',
    422,
    'This Idempotency-Key belongs to another redemption: use a new one.',
  );
}

/** What stands in the way of everybody is said first (FORMAT 9.1). */
async function refusalOfStranger(tx: Tx, rules: ProgramRules, wish: RedeemWish, now: Millis): Promise<AppError> {
  const reward = rewardOf(rules, wish);
  const soldOut = isSoldOut(await readPiecesLeft(tx, wish.program, [reward]), reward);
  const who = { now, isMember: false, tier: null, available: 0n, soldOut };
  const { binding } = redeemable(rules, reward, who, wish.cart);
  if (binding === 'not-a-member') return new AppError('not_a_member', 403, 'Join first: only members can use points.');
  return notRedeemable(binding);
}

function rewardOf(rules: ProgramRules, wish: RedeemWish): RewardRule {
  const reward = rules.rewards.find((one) => one.id === wish.reward);
  if (!reward) throw new AppError('no_reward', 404, 'There is no such reward.', { binding: 'no-reward' });
  return reward;
}

function notRedeemable(binding: string | null): AppError {
  const message =
    binding === 'sold-out'
      ? 'This reward is sold out: no points were used.'
      : `This reward cannot be used here: ${binding ?? 'nothing to take off'}.`;
  return new AppError('not_redeemable', 409, message, { binding });
}

interface Granted {
  reward: RewardRule;
  points: bigint;
  off: number;
  /** Below this the code must not apply, or it would take more than the reward's share; null = it has none. */
  leastCart: number | null;
}

function grant(
  rules: ProgramRules,
  wish: RedeemWish,
  member: MemberState,
  { obstacles, left }: { obstacles: Obstacles; left: PiecesLeft },
  now: Millis,
): Granted {
  const reward = rewardOf(rules, wish);
  if (blockedBy(obstacles, reward) !== null) {
    throw new AppError('not_redeemable', 409, 'This shop cannot give this reward at present: no points were used.', {
      binding: 'shop',
    });
  }
  const available = member.balances.get(reward.unit)?.available ?? 0n;
  const who = { now, isMember: true, tier: member.standing.tier, available, soldOut: isSoldOut(left, reward) };
  const { points, off, binding } = redeemable(rules, reward, who, wish.cart, wish.points);
  if (points > 0n || binding === null)
    return { reward, points, off, leastCart: leastCartOf(rules, reward, off, wish.cart) };
  throw notRedeemable(binding);
}

const INSERT = `
  with made as (select uuidv7() as id)
  insert into redemption (program_id, id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state,
    made_at, expires_at, idempotency_key, request_hash, cart, by_hand, of_stock)
  select $1, id, $2, $3, $4, $5, $6, $7, $6, id::text, 'held', $13, $8, $9, $10, $11, $12, $14, $15 from made returning id`;

async function insert(
  tx: Tx,
  wish: RedeemWish,
  member: string,
  { reward, points, off, leastCart }: Granted,
  now: Millis,
  loyalty: Loyalty,
): Promise<string> {
  const keptDays = keptDaysOf(reward);
  const heldMs = keptDays === null ? HELD_MS : keptDays * DAY_MS;
  const [row] = await tx.prepared<{ id: string }>('loyalty_redeem', INSERT, [
    wish.program,
    wish.store,
    member,
    reward.id,
    reward.unit,
    points.toString(),
    off,
    new Date(now),
    new Date(now + heldMs),
    wish.key,
    wish.hash,
    JSON.stringify({ customer: wish.customer, lines: wish.cart.lines.length, leastCart }),
    // what needs no code has one that can never be used
    isFinal(reward) || keptDays !== null ? 'killed' : 'wanted',
    keptDays !== null,
    reward.stock === 'counted',
  ]);
  const id = row?.id ?? '';
  const code = loyalty.codeOf(wish.program, id);
  await tx.prepared('loyalty_redeem_code', 'update redemption set code = $3 where program_id = $1 and id = $2', [
    wish.program,
    id,
    code,
  ]);
  return id;
}

/**
 * Lets go of a reservation: its code is killed first, the points follow. One that was captured, released or is dying
 * already stays as it is. Null when the customer has none of this id.
 */
export async function undoRedemption(
  tx: Tx,
  wish: StoreRef & { customer: string; redemption: string },
  now: Millis,
  loyalty: Loyalty,
): Promise<RedemptionRow | null> {
  const found = await redemptionOfCustomer(tx, wish);
  if (found?.state !== 'held') return found;
  if (!found.by_hand) await wantDead(tx, wish.program, [found.id], loyalty.shards);
  else await settleByHand(tx, { program: wish.program, redemption: found.id, as: 'released' }, now, loyalty.shards);
  return found.by_hand ? readRedemption(tx, wish.program, found.id) : found;
}

/** A redemption, when it is this customer's. */
export async function redemptionOfCustomer(
  tx: Tx,
  { program, store, customer, redemption }: StoreRef & { customer: string; redemption: string },
): Promise<RedemptionRow | null> {
  const member = await memberOf(tx, { program, store }, customer);
  const mine = member !== null && (await isRedemptionOf(tx, program, redemption, member));
  return mine ? readRedemption(tx, program, redemption) : null;
}
