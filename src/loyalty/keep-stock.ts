import type { Tx } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import { audit } from './store-life.js';

/** What the owner says of the pieces of a reward. */
export type StockNews =
  /** More came; `seen` = how many were known in all before, so that telling it twice adds once. */
  | { how: 'arrived'; pieces: number; seen: number }
  /** So many can still be given, whatever was thought before. */
  | { how: 'counted'; left: number; why: string };

const ARRIVED = `
  insert into reward_stock as s (program_id, reward, received) select $1, $2, $3 where $4 = 0 or exists (
    select from reward_stock where program_id = $1 and reward = $2)
  on conflict (program_id, reward) do update set received = s.received + excluded.received where s.received = $4
  returning received - taken as left`;
const COUNTED = `
  insert into reward_stock as s (program_id, reward, received) values ($1, $2, $3)
  on conflict (program_id, reward) do update set received = s.taken + excluded.received
  returning old.received - old.taken as before`;

/**
 * Keeps how many pieces of a reward there are. A correction changes what came in all, never what is out: a piece that a
 * redemption has stays its own.
 * @throws AppError `stock_changed` (409)
 */
export async function keepStock(
  tx: Tx,
  { program, reward, by, news }: { program: string; reward: string; by: string; news: StockNews },
): Promise<void> {
  if (news.how === 'arrived') {
    const { pieces, seen } = news;
    const [kept] = await tx.prepared<{ left: string }>('stock_arrived', ARRIVED, [program, reward, pieces, seen]);
    if (!kept) throw new AppError('stock_changed', 409, 'Somebody told of pieces meanwhile: look again, then tell.');
    return audit(tx, program, by, 'stock.arrived', { reward, pieces, left: Number(kept.left) });
  }
  const { left, why } = news;
  const [was] = await tx.prepared<{ before: string | null }>('stock_counted', COUNTED, [program, reward, left]);
  const before = Number(was?.before ?? 0);
  return audit(tx, program, by, 'stock.counted', { reward, before, left, why });
}
