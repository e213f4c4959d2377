import type { Tx } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty, StoreRef } from './context.js';
import { audit } from './store-life.js';

/** How a store shows the program. */
export interface Showing {
  /** `#rrggbb`; null = the widget's own. */
  accent: string | null;
  /** The corner of the button that opens the widget, where the page names none. */
  corner: 'start' | 'end';
  /** The pilot (H6): of a hundred customers so many see the program; 100 = everyone. */
  share: number;
}

const AS_IT_IS: Showing = { accent: null, corner: 'end', share: 100 };

/** Of one store of the program. @throws AppError `no_such_store` (404) */
export async function readShowing(tx: Tx, { program, store }: StoreRef): Promise<Showing> {
  const [row] = await tx.prepared<{ showing: Partial<Showing> | null }>(
    'showing',
    `select settings->'showing' as showing from store where program_id = $1 and id = $2`,
    [program, store],
  );
  if (!row) throw new AppError('no_such_store', 404, `The program has no store ${store}.`);
  return { ...AS_IT_IS, ...row.showing };
}

/** Keeps it, and says in the log what it was before. @throws AppError `no_such_store` (404) */
export async function changeShowing(tx: Tx, ref: StoreRef, showing: Showing, by: string): Promise<void> {
  const before = await readShowing(tx, ref);
  await tx.prepared(
    'showing_change',
    `update store set settings = jsonb_set(settings, '{showing}', $3::jsonb) where program_id = $1 and id = $2`,
    [ref.program, ref.store, JSON.stringify(showing)],
  );
  await audit(tx, ref.program, by, 'store.showing', { store: ref.store, before, after: showing });
}

/**
 * Whether the pilot shows the program to a customer. Always the same answer for the same one, and nobody outside can tell which
 * it will be; who is in at some share is in at every greater one. Nobody knows a guest again, so a pilot shows guests nothing.
 */
export function isShownTo(
  { share }: Showing,
  { codeOf }: Pick<Loyalty, 'codeOf'>,
  { program, store }: StoreRef,
  customer: string | null,
): boolean {
  if (share >= 100) return true;
  if (customer === null) return false;
  return placeOf(codeOf(program, `pilot/${store}/${customer}`)) < share / 100;
}

/** A time in which a pilot showed the program to the same share of customers. */
export interface PilotPeriod {
  share: number;
  /** The share before it; 100 = everyone. */
  was: number;
  began: Date;
  /** When the share was changed again; null = it still is so. */
  closed: Date | null;
}

const SHARES = `
  select at, (facts->'before'->>'share')::int as was, (facts->'after'->>'share')::int as share
  from audit_event where program_id = $1 and what = 'store.showing' and facts->>'store' = $2
    and facts->'before'->>'share' <> facts->'after'->>'share' order by id`;

/** The last pilots of a store, as the log of changes has them, the newest first. */
export async function readPilots(tx: Tx, { program, store }: StoreRef): Promise<PilotPeriod[]> {
  const changes = await tx.prepared<{ at: Date; was: number; share: number }>('pilots', SHARES, [program, store]);
  return changes
    .map(({ at, was, share }, nth) => ({ share, was, began: at, closed: changes[nth + 1]?.at ?? null }))
    .filter(({ share }) => share < 100)
    .reverse()
    .slice(0, 3);
}

/** A text whose letters a keyed hash drew of 32, as a place between 0 and 1. */
function placeOf(code: string): number {
  let place = 0;
  for (const letter of [...code].slice(-6).reverse())
    place = (place + '0123456789ABCDEFGHJKMNPQRSTVWXYZ'.indexOf(letter)) / 32;
  return place;
}

const SEEN_EVERY_MS = 3_600_000;

/** Notes, once an hour, that the widget asked from a page of the store. */
export async function noteWidgetSeen(tx: Tx, { program, store }: StoreRef, now: Millis): Promise<void> {
  await tx.prepared(
    'widget_seen',
    `update store set settings = jsonb_set(settings, '{widgetSeen}', to_jsonb($3::bigint))
     where program_id = $1 and id = $2 and coalesce((settings->>'widgetSeen')::bigint, 0) < $3::bigint - ${SEEN_EVERY_MS}`,
    [program, store, now],
  );
}
