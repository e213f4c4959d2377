import { sql } from 'kysely';
import type { Tx } from '../db/database.js';

/** What the outbox may ask of a platform. */
export type EffectKind = 'mirror-balance' | 'create-code' | 'kill-code';

/** Sets what waits to be tried without a wait; what a worker has is left to it: credit given twice at once would be there twice. */
export const AT_ONCE = `attempts = 0, next_at = coalesce(lease_until, '-infinity')`;

export const MIRRORS = `
  insert into outbox (program_id, store_id, shard, kind, subject)
  select l.program_id, l.store_id, l.program_id % $3, 'mirror-balance', l.customer
  from unnest($1::bigint[], $2::bigint[]) m(program_id, member_id)
  join customer_link l on l.program_id = m.program_id and l.member_id = m.member_id
  join store s on s.id = l.store_id and s.status = 'active'
  group by l.program_id, l.store_id, l.customer
  on conflict (program_id, store_id, kind, subject) where status = 0 do update set asked = outbox.asked + 1`;

/** Wants the balances of these members shown on the platforms; many changes of one member are one effect. */
export function wantMirrors(tx: Tx, members: readonly { program: string; member: string }[], shards: number): void {
  if (members.length === 0) return;
  tx.send('loyalty_want_mirrors', MIRRORS, [members.map((m) => m.program), members.map((m) => m.member), shards]);
}

/** Wants one effect; when the same already waits (or is under way) for the same subject, it is done once more, not twice. */
export async function wantEffect(
  tx: Tx,
  effect: { program: string; store: string; kind: EffectKind; subject: string },
  shards: number,
): Promise<void> {
  const { program, store, kind, subject } = effect;
  await sql`
    insert into outbox (program_id, store_id, shard, kind, subject)
    values (${program}::bigint, ${store}::bigint, ${program}::bigint % ${shards}::int, ${kind}, ${subject})
    on conflict (program_id, store_id, kind, subject) where status = 0 do update set asked = outbox.asked + 1
  `.execute(tx);
}
