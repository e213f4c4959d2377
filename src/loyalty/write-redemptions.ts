import type { Tx } from '../db/database.js';
import type { RedemptionBooks } from '../rules/books.js';
import { MOVE_PIECES } from './take-piece.js';

const WRITE = `
  with changed as (
    update redemption r set state = x.state, net_points = x.net_points
    from unnest($2::uuid[], $3::text[], $4::bigint[]) x(id, state, net_points)
    where r.program_id = $1 and r.id = x.id and (r.state, r.net_points) is distinct from (x.state, x.net_points)
    returning r.id, r.store_id, r.state, r.code_state, r.reward, r.of_stock, old.state as was
  ), ${MOVE_PIECES}
  select id, store_id, state, code_state from changed`;

/** A redemption whose state has just changed. */
export interface ChangedRedemption {
  id: string;
  store: string;
  state: string;
  codeState: string;
}

/** Writes what the replay says of redemptions; gives those that changed. */
export async function writeRedemptions(
  tx: Tx,
  program: string,
  redemptions: Readonly<Record<string, RedemptionBooks>>,
): Promise<ChangedRedemption[]> {
  const known = Object.entries(redemptions).filter(([, books]) => books.state !== 'refused');
  if (known.length === 0) return [];
  const rows = await tx.prepared<{ id: string; store_id: string; state: string; code_state: string }>(
    'loyalty_write_redemptions',
    WRITE,
    [
      program,
      known.map(([id]) => id),
      known.map(([, books]) => books.state),
      known.map(([, books]) => books.points.toString()),
    ],
  );
  return rows.map((row) => ({ id: row.id, store: row.store_id, state: row.state, codeState: row.code_state }));
}
