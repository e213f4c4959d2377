import type { Database, Tx } from '../db/database.js';
import { inTransaction } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AT_ONCE } from '../loyalty/want-effects.js';

/** A row of the outbox that this worker has taken. `asked` tells later whether it was asked for again meanwhile. */
export interface Effect {
  id: string;
  program: string;
  store: string;
  kind: string;
  subject: string;
  asked: number;
  attempts: number;
}

/** How long a taken effect is left alone: longer than the slowest platform answer, retries included. */
const LEASE_MS = 60_000;
const LONGEST_WAIT_MS = 3_600_000;
/** With waits up to an hour this is about two days. */
const LAST_ATTEMPT = 50;

const CLAIM = `
  update outbox set attempts = attempts + 1, next_at = $3, lease_until = $3
  where id in (select id from outbox where shard = $1 and status = 0 and next_at <= $2 order by id limit $4 for update skip locked)
  returning id, program_id, store_id, kind, subject, asked, attempts`;

interface Row {
  id: string;
  program_id: string;
  store_id: string;
  kind: string;
  subject: string;
  asked: number;
  attempts: number;
}

const toEffect = ({ program_id, store_id, ...row }: Row): Effect => ({ ...row, program: program_id, store: store_id });

/** Takes waiting effects of a shard, oldest first; the platform is called after the commit, so no lock is held for it. */
export async function claimEffects(db: Database, shard: number, now: Millis, limit: number): Promise<Effect[]> {
  return inTransaction(db, 'intake', async (tx) => {
    const values = [shard, new Date(now), new Date(now + LEASE_MS), limit];
    return (await tx.prepared<Row>('jobs_claim_effects', CLAIM, values)).map(toEffect);
  });
}

const CLAIM_ONE = `
  update outbox set attempts = attempts + 1, next_at = $5, lease_until = $5
  where id in (select id from outbox where store_id = $1 and kind = $2 and subject = $3 and status = 0 and next_at <= $4
    for update skip locked)
  returning id, program_id, store_id, kind, subject, asked, attempts`;

/** Takes one effect by name, for whoever waits for it; null when another worker has it. */
export async function claimEffect(
  db: Database,
  effect: { store: string; kind: string; subject: string },
  now: Millis,
): Promise<Effect | null> {
  return inTransaction(db, 'intake', async (tx) => {
    const values = [effect.store, effect.kind, effect.subject, new Date(now), new Date(now + LEASE_MS)];
    const [row] = await tx.prepared<Row>('jobs_claim_effect', CLAIM_ONE, values);
    return row ? toEffect(row) : null;
  });
}

const FINISH = `
  update outbox o set status = case when o.asked = x.asked then 1 else 0 end,
    done_at = case when o.asked = x.asked then $3::timestamptz end, next_at = '-infinity', lease_until = null,
    attempts = 0, error = null
  from unnest($1::bigint[], $2::int[]) x(id, asked) where o.id = x.id and o.status = 0`;

/** Marks effects done, in the transaction that records what they did; one asked for again meanwhile waits anew. */
export async function finishEffects(tx: Tx, effects: readonly Effect[], now: Millis): Promise<void> {
  await tx.prepared('jobs_finish_effects', FINISH, [
    effects.map((effect) => effect.id),
    effects.map((effect) => effect.asked),
    new Date(now),
  ]);
}

const POSTPONE = `
  update outbox set error = $3, lease_until = null, status = case when attempts >= $4 and kind = 'mirror-balance' then 2 else 0 end,
    next_at = $2::timestamptz + coalesce($5::float8, least(1000 * power(2, least(attempts, 20)), ${LONGEST_WAIT_MS})) * interval '1 millisecond'
  where id = any($1::bigint[]) and status = 0`;

/**
 * Puts effects back: the platform's own wish when it told one, else twice as long each time. What only shows something is
 * given up in the end (the next change asks anew); what points are held for never is, or they would be held for ever.
 */
export async function postponeEffects(
  db: Database,
  effects: readonly Effect[],
  error: Error,
  afterMs: number | null,
  now: Millis,
): Promise<void> {
  await inTransaction(db, 'intake', (tx) =>
    tx.prepared('jobs_postpone_effects', POSTPONE, [
      effects.map((effect) => effect.id),
      new Date(now),
      error.message.slice(0, 500),
      LAST_ATTEMPT,
      afterMs,
    ]),
  );
}

const WAKE = `update outbox set ${AT_ONCE} where store_id = $1 and status = 0`;

/** What waited for a store that is connected again need not wait any longer. */
export async function wakeEffects(db: Database, store: string): Promise<void> {
  await inTransaction(db, 'intake', (tx) => tx.prepared('jobs_wake_effects', WAKE, [store]));
}
