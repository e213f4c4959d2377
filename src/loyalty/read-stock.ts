import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { RewardRule } from '../rules/program-rules.js';

/** Pieces left of each counted reward, by its id; what is not in it is not counted. */
export type PiecesLeft = ReadonlyMap<string, number>;

const NOTHING_COUNTED: PiecesLeft = new Map();
const READ = `
  select reward, greatest(received - taken, 0)::float8 as left from reward_stock where program_id = $1 and reward = any($2)`;

/** What is left of those rewards that are counted. Of what nobody has told yet how many there are, there is nothing. */
export async function readPiecesLeft(tx: Tx, program: string, rewards: readonly RewardRule[]): Promise<PiecesLeft> {
  const counted = rewards.flatMap(({ id, stock }) => (stock === 'counted' ? [id] : []));
  if (counted.length === 0) return NOTHING_COUNTED;
  const rows = await tx.prepared<{ reward: string; left: number }>('stock_left', READ, [program, counted]);
  return new Map([
    ...counted.map((id) => [id, 0] as const),
    ...rows.map(({ reward, left }) => [reward, left] as const),
  ]);
}

export const isSoldOut = (left: PiecesLeft, { id }: RewardRule): boolean => left.get(id) === 0;

/** What is known of the pieces of a reward. */
export interface Stock {
  reward: string;
  /** In all, ever. */
  received: number;
  /** Held and used; more than came where an order used what had been given back. */
  taken: number;
  /** Of these, since `since`. */
  lately: number;
}

export const STOCK = `
  select s.reward, s.received::float8 as received, s.taken::float8 as taken, coalesce(r.n, 0)::float8 as lately
  from reward_stock s left join (
    select reward, count(*) as n from redemption
    where program_id = $1 and made_at >= $2 and of_stock and state in ('held', 'captured') group by reward
  ) r using (reward)
  where s.program_id = $1 order by s.reward`;

export const readStock = (tx: Tx, program: string, since: Millis): Promise<Stock[]> =>
  tx.prepared<Stock>('stock_all', STOCK, [program, new Date(since)]);
