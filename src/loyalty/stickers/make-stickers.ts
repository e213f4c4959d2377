import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import type { Loyalty } from '../context.js';
import { hashOf, lockBearer, stickerText } from './bearer.js';
import { postStickers } from './post-stickers.js';

/** Codes that are made together, or for one order. */
export interface Batch {
  program: string;
  /** `order:<store>/<order>` or `print:<id>`. */
  key: string;
  unit: string;
  by: string;
  at: Millis;
  ends: Millis | null;
}

const INSERT = `
  insert into sticker_batch (program_id, key, unit, made_by, made_at, ends_at)
  values ($1, $2, $3, $4, $5, coalesce($6::timestamptz, 'infinity'))
  on conflict (program_id, key) do nothing returning 1`;
const COUNT = `
  select count(*)::int as made, count(*) filter (where not voided)::int as standing,
    count(*) filter (where not voided and redemption is null)::int as open
  from sticker where program_id = $1 and batch = $2`;
const ADD = `
  insert into sticker (program_id, hash, batch, n)
  select $1, x.hash, $2, x.n from unnest($3::bytea[], $4::int[]) x(hash, n)`;
const VOID = `
  update sticker set voided = true where program_id = $1 and batch = $2 and n in (
    select n from sticker where program_id = $1 and batch = $2 and not voided and redemption is null
    order by n desc limit $3)`;
const ENDED = 'select ends_at <= $3 as ended from sticker_batch where program_id = $1 and key = $2';

/** Keeps a batch; false when there is one of this key. */
export async function keepBatch(tx: Tx, { program, key, unit, by, at, ends }: Batch): Promise<boolean> {
  const values = [program, key, unit, by, new Date(at), ends === null ? null : new Date(ends)];
  return (await tx.prepared('stickers_keep_batch', INSERT, values)).length > 0;
}

/**
 * Brings a batch to so many codes that stand: makes what is missing, or voids open ones, the last first. What was put into a
 * reward stays in it, and what has ended has ended. Gives how many stand now.
 */
export async function bringTo(tx: Tx, batch: Batch, wanted: number, loyalty: Loyalty, now: Millis): Promise<number> {
  const { program, key } = batch;
  const bearer = await lockBearer(tx, program);
  const [row] = await tx.prepared<{ made: number; standing: number; open: number }>('stickers_count', COUNT, [
    ...[program, key],
  ]);
  const { made = 0, standing = 0, open = 0 } = row ?? {};
  const [state] = await tx.prepared<{ ended: boolean }>('stickers_ended', ENDED, [program, key, new Date(now)]);
  const change = state?.ended === true ? 0 : Math.max(wanted - standing, -open);
  if (change === 0) return standing;
  if (change > 0) {
    const ns = Array.from({ length: change }, (_, i) => made + i + 1);
    const hashes = ns.map((n) => hashOf(program, stickerText(loyalty, program, key, n)));
    await tx.prepared('stickers_add', ADD, [program, key, hashes, ns]);
  } else {
    await tx.prepared('stickers_void', VOID, [program, key, -change]);
  }
  const total = BigInt(standing + change);
  const earned = { at: batch.at, cause: key, kind: 'earn', from: 'issued', to: 'available', lot: key } as const;
  await postStickers(
    tx,
    { program, bearer, unit: batch.unit },
    {
      causes: [key],
      targets: total > 0n ? [{ ...earned, points: total }] : [],
      lots: [{ of: key, given: BigInt(change) }],
      fresh: { of: key, at: batch.at, ends: batch.ends },
    },
    now,
  );
  return Number(total);
}

const TEXTS = `
  select n from sticker where program_id = $1 and batch = $2 and not voided order by n`;

/** The texts of a batch's codes that stand, used ones too. */
export async function textsOf(tx: Tx, program: string, batch: string, loyalty: Loyalty): Promise<string[]> {
  const rows = await tx.prepared<{ n: number }>('stickers_texts', TEXTS, [program, batch]);
  return rows.map(({ n }) => stickerText(loyalty, program, batch, n));
}
