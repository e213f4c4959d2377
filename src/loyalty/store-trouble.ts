import type { Tx } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import type { StoreRef } from './context.js';
import { STUCK_AFTER } from './read-stores.js';
import { audit } from './store-life.js';
import { AT_ONCE } from './want-effects.js';

/** A message of a store that could not be read, or something to be done there that failed again and again. */
export interface Trouble {
  id: string;
  /** The topic of a message (`order.updated`), the kind of an effect (`mirror-balance`). */
  what: string;
  /** The order, customer or redemption that it is about, as the platform or we name it; null = it names none. */
  about: string | null;
  at: Date;
  attempts: number;
  /** Why, in the words of docs/deliveries.md or of the platform; null = nothing was noted. */
  why: string | null;
  /** Whether it can be tried again: what a message said is kept for thirty days. */
  kept: boolean;
}

/** Of each, the newest; the store's own figures say how many there are. */
const MOST = 100;

const MESSAGES = `
  select id, topic as what, subject as about, received_at as at, attempts::int, error as why, body is not null as kept
  from inbox where program_id = $1 and store_id = $2 and status = 2 order by id desc limit ${MOST}`;

/** Given up, or failed often; what is given up and waits anew beside it is the one that waits. */
const EFFECTS = `
  select id, kind as what, subject as about, created_at as at, attempts::int, error as why, true as kept
  from outbox where program_id = $1 and store_id = $2 and (status = 2 or (status = 0 and attempts >= ${STUCK_AFTER}))
  order by id desc limit ${MOST}`;

const OURS = 'select 1 from store where program_id = $1 and id = $2';

async function mustBeOurs(tx: Tx, { program, store }: StoreRef): Promise<void> {
  const found = await tx.prepared('trouble_store', OURS, [program, store]);
  if (found.length === 0) throw new AppError('no_such_store', 404, `The program has no store ${store}.`);
}

/** What went wrong with a store, the newest first. @throws AppError `no_such_store` (404) */
export async function readTrouble(tx: Tx, ref: StoreRef): Promise<{ messages: Trouble[]; effects: Trouble[] }> {
  await mustBeOurs(tx, ref);
  const values = [ref.program, ref.store];
  return {
    messages: await tx.prepared<Trouble>('trouble_messages', MESSAGES, values),
    effects: await tx.prepared<Trouble>('trouble_effects', EFFECTS, values),
  };
}

const READ_AGAIN = `
  update inbox set status = 0, attempts = 0, next_at = '-infinity', processed_at = null
  where program_id = $1 and store_id = $2 and status = 2 and body is not null returning id`;

/**
 * What was given up is wanted anew like anything else, so that it is asked once where it waits already, or somebody wants it at this
 * moment; what failed often and waits is woken.
 */
const DO_AGAIN = `
  with over as (
    update outbox set status = 1, done_at = now() where program_id = $1 and store_id = $2 and status = 2 returning shard, kind, subject
  ), wanted as (
    insert into outbox as o (program_id, store_id, shard, kind, subject)
    select distinct $1::bigint, $2::bigint, shard, kind, subject from over order by kind, subject
    on conflict (program_id, store_id, kind, subject) where status = 0 do update set attempts = 0, next_at = coalesce(o.lease_until, '-infinity') returning id
  ), woken as (
    update outbox set ${AT_ONCE} where program_id = $1 and store_id = $2 and status = 0 and attempts >= ${STUCK_AFTER}
      and (kind, subject) not in (select kind, subject from over) returning id
  )
  select id from wanted union all select id from woken`;

/** Whoever asked to be erased is not found by comparing: such a message stays until it was read. */
const PUT_ASIDE = `
  update inbox set status = 1
  where program_id = $1 and store_id = $2 and status = 2 and topic not like '%redact%' and topic not like '%data_request%'
    and topic not like '%erased%' returning id`;

export const TROUBLE_SOLUTIONS = ['retry', 'put-aside'] as const;

/**
 * Tries everything that went wrong with a store again, at once; or puts the messages aside that nobody can read, which are named no
 * more from then on (comparing with the store finds what they may have told; who asked to be erased stays named). What is to be done on the platform is never put aside.
 * Gives how many messages and effects that was. @throws AppError `no_such_store` (404)
 */
export async function solveTrouble(
  tx: Tx,
  ref: StoreRef,
  how: (typeof TROUBLE_SOLUTIONS)[number],
  by: string,
): Promise<{ messages: number; effects: number }> {
  await mustBeOurs(tx, ref);
  const values = [ref.program, ref.store];
  const messages = await tx.prepared(
    how === 'retry' ? 'trouble_read_again' : 'trouble_put_aside',
    how === 'retry' ? READ_AGAIN : PUT_ASIDE,
    values,
  );
  const effects = how === 'retry' ? await tx.prepared('trouble_do_again', DO_AGAIN, values) : [];
  const solved = { messages: messages.length, effects: effects.length };
  if (solved.messages + solved.effects > 0)
    await audit(tx, ref.program, by, `store.${how}`, { store: ref.store, ...solved });
  return solved;
}
