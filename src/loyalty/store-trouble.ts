import type { Tx } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import type { StoreRef } from './context.js';
import { STUCK_AFTER } from './read-stores.js';
import { audit } from './store-life.js';

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

/** What was given up and is wanted anew already, or twice, is asked once: the last of its kind and subject wakes, the rest are over. */
const DO_AGAIN = `
  with ranked as (
    select id, status, row_number() over (partition by kind, subject order by status, id desc) as place
    from outbox where program_id = $1 and store_id = $2 and (status = 2 or status = 0)
      and (kind, subject) in (select kind, subject from outbox where program_id = $1 and store_id = $2
        and (status = 2 or (status = 0 and attempts >= ${STUCK_AFTER})))
  )
  update outbox o set attempts = 0, next_at = '-infinity',
    status = case when r.place = 1 then 0 else 1 end, done_at = case when r.place = 1 then null else now() end
  from ranked r where o.id = r.id and o.status = r.status returning r.place::int as place`;

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
  const effects = how === 'retry' ? await tx.prepared<{ place: number }>('trouble_do_again', DO_AGAIN, values) : [];
  const solved = { messages: messages.length, effects: effects.filter(({ place }) => place === 1).length };
  if (solved.messages + solved.effects > 0)
    await audit(tx, ref.program, by, `store.${how}`, { store: ref.store, ...solved });
  return solved;
}
