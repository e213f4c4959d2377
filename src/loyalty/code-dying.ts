import type { Tx } from '../db/database.js';

const DYING = `
  with dying as (
    update redemption set code_state = 'dying'
    where program_id = $1 and id = any($2::uuid[]) and code_state in ('wanted', 'live')
    returning program_id, store_id, id
  )
  insert into outbox (program_id, store_id, shard, kind, subject)
  select program_id, store_id, program_id % $3::int, 'kill-code', id::text from dying order by store_id, id
  on conflict (program_id, store_id, kind, subject) where status = 0 do update set asked = outbox.asked + 1`;

/** Wants the codes of these redemptions dead: they were used, let go, or have run out. */
export async function wantDead(tx: Tx, program: string, redemptions: readonly string[], shards: number): Promise<void> {
  if (redemptions.length > 0) await tx.prepared('loyalty_want_dead', DYING, [program, redemptions, shards]);
}
