import { createHash, timingSafeEqual } from 'node:crypto';
import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import { leastCartOf } from '../../rewards/hold-share.js';
import { isFinal, keptDaysOf, redeemable } from '../../rewards/index.js';
import type { Cart } from '../../rules/cart.js';
import { blockedBy, readObstacles } from '../blocked-rewards.js';
import type { Loyalty, StoreRef } from '../context.js';
import { findRetried, readRedemption, type RedemptionRow } from '../read-redemption.js';
import { HELD_MS } from '../redeem.js';
import { isSoldOut, readPiecesLeft } from '../read-stock.js';
import { inForce, ruleVersions } from '../rule-sets.js';
import { takePiece } from '../take-piece.js';
import { wantEffect } from '../want-effects.js';
import { hashOf, lockBearer } from './bearer.js';
import { postStickers } from './post-stickers.js';

export interface StickerWish extends StoreRef {
  /** Whom the platform named; null = a guest: then whoever has the reward's code may use it. */
  customer: string | null;
  reward: string;
  codes: readonly string[];
  cart: Cart;
  key: string;
}

const PUT = `
  update sticker s set redemption = $3 from sticker_batch b
  where s.program_id = $1 and s.hash = any($2::bytea[]) and not s.voided and s.redemption is null
    and b.program_id = s.program_id and b.key = s.batch and b.unit = $4 and b.ends_at > $5
  returning s.batch as of`;

const INSERT = `
  with made as (select uuidv7() as id)
  insert into redemption (program_id, id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state,
    made_at, expires_at, idempotency_key, request_hash, cart, of_stock)
  select $1, id, $2, $3, $4, $5, $6, $7, $6, id::text, 'held', 'wanted', $8, $9, $10, $11, $12, $13 from made returning id`;
const CODE = 'update redemption set code = $3 where program_id = $1 and id = $2';

/**
 * Puts stickers into a reward: each code counts once, whoever sends it at the same time, and all of them count or none. The
 * reward's own code is wanted of the platform like any other; until an order has used it the stickers are held.
 * @throws AppError `no_stickers` (404), `sticker_unusable` (409), `not_redeemable` (409, details.binding),
 *   `idempotency_key_reused` (422)
 */
export async function redeemStickers(tx: Tx, wish: StickerWish, now: Millis, loyalty: Loyalty): Promise<RedemptionRow> {
  const { program } = wish;
  const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
  const { unit } = rules.stickers ?? {};
  const reward = rules.rewards.find((one) => one.id === wish.reward && one.unit === unit);
  if (unit === undefined || !reward || isFinal(reward) || keptDaysOf(reward) !== null)
    throw new AppError('no_stickers', 404, 'There is no reward of this name that stickers buy.');
  const bearer = await lockBearer(tx, program);
  const hashes = [...new Set(wish.codes.map((code) => hashOf(program, code).toString('hex')))].sort();
  const asked = createHash('sha256')
    .update(`${wish.reward} ${hashes.join(' ')}`)
    .digest();
  const before = await findRetried(tx, program, bearer, wish.key);
  if (before) return same(before, asked);
  const soldOut = isSoldOut(await readPiecesLeft(tx, program, [reward]), reward);
  const who = { now, isMember: true, tier: null, available: BigInt(hashes.length), soldOut };
  const { points, off, binding } = redeemable(rules, reward, who, wish.cart);
  if (blockedBy(await readObstacles(tx, wish), reward) !== null) throw refused('shop');
  if (points === 0n) throw refused(binding ?? 'nothing');
  if (points !== who.available) throw refused('too-many');
  const cart = {
    customer: wish.customer,
    lines: wish.cart.lines.length,
    leastCart: leastCartOf(rules, reward, off, wish.cart),
  };
  const [row] = await tx.prepared<{ id: string }>('stickers_redeem', INSERT, [
    ...[program, wish.store, bearer, reward.id, unit, points.toString(), off],
    ...[new Date(now), new Date(now + HELD_MS), wish.key, asked, JSON.stringify(cart), reward.stock === 'counted'],
  ]);
  const id = row?.id ?? '';
  await tx.prepared('stickers_redeem_code', CODE, [program, id, loyalty.codeOf(program, id)]);
  const put = await tx.prepared<{ of: string }>('stickers_put', PUT, [
    ...[program, hashes.map((hash) => Buffer.from(hash, 'hex')), id, unit, new Date(now)],
  ]);
  if (put.length !== hashes.length)
    throw new AppError(
      'sticker_unusable',
      409,
      'One of these codes is unknown, has ended or was used: none was taken.',
    );
  await hold(
    tx,
    { program, bearer, unit },
    id,
    put.map(({ of }) => of),
    now,
  );
  await takePiece(tx, program, reward);
  await wantEffect(tx, { program, store: wish.store, kind: 'create-code', subject: id }, loyalty.shards);
  const made = await readRedemption(tx, program, id);
  if (!made) throw new AppError('redemption_lost', 500, 'The redemption was not stored.');
  return made;
}

const refused = (binding: string): AppError =>
  new AppError('not_redeemable', 409, `This reward cannot be had here: ${binding}.`, { binding });

function same(earlier: RedemptionRow, asked: Buffer): RedemptionRow {
  if (earlier.request_hash?.length === asked.length && timingSafeEqual(earlier.request_hash, asked)) return earlier;
  throw new AppError('idempotency_key_reused', 422, 'This Idempotency-Key belongs to other codes: use a new one.');
}

async function hold(
  tx: Tx,
  of: { program: string; bearer: string; unit: string },
  redemption: string,
  batches: readonly string[],
  now: Millis,
): Promise<void> {
  const cause = `redemption:${redemption}`;
  const counts = new Map<string, bigint>();
  for (const batch of batches) counts.set(batch, (counts.get(batch) ?? 0n) + 1n);
  const drawn = [...counts].map(([lot, points]) => ({ lot, points }));
  await postStickers(
    tx,
    of,
    {
      causes: [cause],
      targets: drawn.map((one) => ({ at: now, cause, kind: 'hold', from: 'available', to: 'held', ...one })),
      lots: drawn.map(({ lot, points }) => ({ of: lot, drawn: points })),
      uses: drawn.map((one) => ({ spending: cause, ...one })),
    },
    now,
  );
}
