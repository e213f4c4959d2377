import type { Tx } from '../../db/database.js';
import type { Millis } from '../../lib/clock.js';
import { AppError } from '../../lib/errors.js';
import { stickersEnd } from '../../rules/stickers.js';
import type { Loyalty } from '../context.js';
import { inForce, ruleVersions } from '../rule-sets.js';
import { audit } from '../store-life.js';
import { bearerOf } from './bearer.js';
import { bringTo, keepBatch, textsOf } from './make-stickers.js';

const printed = (id: string): string => `print:${id}`;

/** Stickers to print or to send: their texts, this once. */
export interface Printed {
  unit: string;
  ends: Millis | null;
  codes: string[];
}

/**
 * Makes stickers that no order hands out. Their texts are told in this answer and never again; when it is lost, void the batch
 * and make another. `ends` null = by the unit's own terms.
 * @throws AppError `no_stickers` (409), `batch_known` (409), `batch_over` (422)
 */
export async function printStickers(
  tx: Tx,
  program: string,
  wish: { id: string; stickers: number; ends: Millis | null; by: string },
  now: Millis,
  loyalty: Loyalty,
): Promise<Printed> {
  const { rules } = inForce((await ruleVersions(tx, [program])).get(program) ?? [], now);
  if (!rules.stickers)
    throw new AppError('no_stickers', 409, 'The rules in force have no stickers: publish some with `stickers`.');
  const { unit } = rules.stickers;
  const ends = wish.ends ?? stickersEnd(rules, now);
  if (ends !== null && ends <= now)
    throw new AppError('batch_over', 422, 'These stickers would have ended before they are printed: name a later end.');
  const batch = { program, key: printed(wish.id), unit, by: wish.by, at: now, ends };
  if (!(await keepBatch(tx, batch)))
    throw new AppError(
      'batch_known',
      409,
      'This batch was made and told before: void it, or give this one another id.',
    );
  await bringTo(tx, batch, wish.stickers, loyalty, now);
  await audit(tx, program, wish.by, 'stickers.printed', { batch: wish.id, stickers: wish.stickers });
  return { unit, ends, codes: await textsOf(tx, program, batch.key, loyalty) };
}

const BATCH = 'select unit, made_at from sticker_batch where program_id = $1 and key = $2';

/** Voids what is open of a printed batch; gives how many stand: those that were used. @throws AppError `not_found` (404) */
export async function voidStickers(
  tx: Tx,
  program: string,
  { id, by }: { id: string; by: string },
  now: Millis,
  loyalty: Loyalty,
): Promise<number> {
  const key = printed(id);
  const [row] = await tx.prepared<{ unit: string; made_at: Date }>('stickers_batch', BATCH, [program, key]);
  if (!row) throw new AppError('not_found', 404, 'There is nothing of that name here.');
  const batch = { program, key, unit: row.unit, by, at: row.made_at.getTime(), ends: null };
  const standing = await bringTo(tx, batch, 0, loyalty, now);
  await audit(tx, program, by, 'stickers.voided', { batch: id, standing });
  return standing;
}

/** What became of all stickers of a unit, from the books. */
export interface StickerBooks {
  unit: string;
  /** Handed out and standing, whatever became of them. */
  issued: bigint;
  open: bigint;
  held: bigint;
  redeemed: bigint;
  expired: bigint;
  /** When the first of the open ones end; null = never. */
  nextEnd: Date | null;
}

const BOOKS = `
  select t.unit, sum(l.given)::text as issued, sum(l.remaining)::text as open, sum(l.lapsed)::text as expired,
    min(l.ends_at) filter (where l.remaining > 0 and l.ends_at < 'infinity') as next_end,
    coalesce((select balance from account a where a.program_id = $1 and a.member_id = $2 and a.unit = t.unit and a.kind = 'held'), 0)::text as held,
    sum(l.drawn)::text as drawn
  from (select distinct unit from account where program_id = $1 and member_id = $2) t
  join lot l on l.program_id = $1 and l.member_id = $2 and l.unit = t.unit group by t.unit order by t.unit`;

/** The books of a program's stickers; what is open is owed to whoever has the codes. */
export async function stickerBooks(tx: Tx, program: string): Promise<StickerBooks[]> {
  const bearer = await bearerOf(tx, program);
  if (bearer === null) return [];
  const rows = await tx.prepared<
    Record<'unit' | 'issued' | 'open' | 'expired' | 'held' | 'drawn', string> & { next_end: Date | null }
  >('stickers_books', BOOKS, [program, bearer]);
  return rows.map(({ unit, next_end, ...row }) => ({
    ...{ unit, issued: BigInt(row.issued), open: BigInt(row.open), held: BigInt(row.held) },
    redeemed: BigInt(row.drawn) - BigInt(row.held),
    expired: BigInt(row.expired),
    nextEnd: next_end,
  }));
}

const OF_ORDER = `
  select 1 from order_state o
  where o.program_id = $1 and o.store_id = $2 and o.order_id = $3 and ($4::text is null or o.customer = $4)`;

/** The codes that an order handed out; `customer` = whose it must be, null = the shop itself asks. @throws AppError `not_found` (404) */
export async function stickersOfOrder(
  tx: Tx,
  program: string,
  order: { store: string; id: string; customer: string | null },
  loyalty: Loyalty,
): Promise<string[]> {
  const found = await tx.prepared('stickers_of_order', OF_ORDER, [program, order.store, order.id, order.customer]);
  if (found.length === 0) throw new AppError('not_found', 404, 'There is nothing of that name here.');
  return textsOf(tx, program, `order:${order.store}/${order.id}`, loyalty);
}
