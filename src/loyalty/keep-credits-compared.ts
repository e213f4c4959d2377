import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { StoreRef } from './context.js';
import { audit } from './store-life.js';

const KEEP = `
  insert into reconciliation as r (program_id, store_id, what, since, finished_at, healed, error)
  values ($1, $2, 'credits', $3, $3, $4, $5)
  on conflict (store_id, what) do update set since = $3, finished_at = $3, healed = r.healed + $4, error = $5
  returning (old.error is distinct from new.error) as changed`;
/** So many are named; the rest is counted. */
const NAMED = 50;

interface Compared {
  seen: number;
  healed: number;
  given: number;
  left: number;
  differences: readonly { redemption: string; trouble: string }[];
}

/** Keeps what a comparison of store credit found; true when it found something else than the one before. */
export async function keepCreditsCompared(tx: Tx, ref: StoreRef, compared: Compared, now: Millis): Promise<boolean> {
  const { differences, healed, ...sums } = compared;
  const error = differences.map(({ redemption, trouble }) => `${redemption} ${trouble}`).join(', ') || null;
  const [row] = await tx.prepared<{ changed: boolean }>('loyalty_keep_credits', KEEP, [
    ...[ref.program, ref.store, new Date(now), healed, error],
  ]);
  if (!row?.changed) return false;
  const what = error === null ? 'store.credit-agrees' : 'store.credit-differs';
  const facts = { store: ref.store, ...sums, differ: differences.length, differences: differences.slice(0, NAMED) };
  await audit(tx, ref.program, 'platform', what, facts);
  return true;
}
