import { createHash } from 'node:crypto';
import { type Database, type Tx, inTransaction, inTransactionAtOnce } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { unguessable } from '../lib/ids.js';
import { mailbox, type StaffMember } from './people.js';

/** A link is good for a quarter of an hour and once; a session ends a month after it was last used. */
const LINK_MS = 15 * 60_000;
const SESSION_MS = 30 * 24 * 3_600_000;
/** Of who is known to the shop's admin alone: the shop is asked anew each day whether it still vouches for them. */
const SHOP_SESSION_MS = 12 * 3_600_000;
const DAY_MS = 24 * 3_600_000;

/** `<program>.<secret>`: looked for in the scope of the program that it names. */
const TOKEN = /^(\d{1,18})\.([\w-]{43})$/;
/** 256 random bits need no salt and no slow hash. */
const hashed = (token: string): Buffer => createHash('sha256').update(token).digest();
const tokenFor = (program: string): string => `${program}.${unguessable(32)}`;

/** Which program a link or a session says it is for; null when it is none of ours. Proves nothing. */
export const programOfToken = (token: string): string | null => TOKEN.exec(token)?.[1] ?? null;

/** A one-time link's secret for somebody of the staff. */
export async function makeSignInLink(
  tx: Tx,
  program: string,
  staff: string,
  now: Millis,
  lastsMs = LINK_MS,
): Promise<string> {
  const token = tokenFor(program);
  await tx.prepared(
    'sign_in_link_make',
    'insert into sign_in_link (program_id, hash, staff_id, ends_at) values ($1, $2, $3, $4)',
    [program, hashed(token), staff, new Date(now + lastsMs)],
  );
  return token;
}

export interface DeskOfMailbox {
  program: string;
  programName: string;
  locale: string;
  token: string;
}

/** Somebody's place at one desk. */
export interface PlaceOfMailbox {
  program: string;
  id: string;
}

/** Every desk that the mailbox opens; none for a mailbox that nobody has. */
export function placesOfMailbox(db: Database, email: string): Promise<PlaceOfMailbox[]> {
  return inTransaction(db, 'intake', (tx) =>
    tx.prepared<PlaceOfMailbox>(
      'staff_of_mailbox',
      'select program_id as program, id from staff where email = $1 and removed_at is null order by program_id limit 20',
      [mailbox(email)],
    ),
  );
}

/** A link for each of the desks. */
export async function linksForPlaces(
  db: Database,
  places: readonly PlaceOfMailbox[],
  now: Millis,
): Promise<DeskOfMailbox[]> {
  return Promise.all(
    places.map(({ program, id }) =>
      inTransactionAtOnce(db, { programs: [program] }, async (tx) => {
        const [row] = await tx.prepared<{ name: string; locale: string }>(
          'staff_and_program',
          'select p.name, s.locale from program p join staff s on s.program_id = p.id where p.id = $1 and s.id = $2',
          [program, id],
        );
        return {
          program,
          programName: row?.name ?? '',
          locale: row?.locale ?? 'en',
          token: await makeSignInLink(tx, program, id, now),
        };
      }),
    ),
  );
}

/** Turns a link into a session: once. @throws AppError `link_spent` (410) when it was used, is too old, or none of ours */
export async function enter(db: Database, link: string, now: Millis): Promise<{ session: string; endsAt: Millis }> {
  const program = programOfToken(link);
  if (program === null) throw linkSpent();
  return inTransactionAtOnce(db, { programs: [program] }, async (tx) => {
    const [used] = await tx.prepared<{ staff: string; byMail: boolean }>(
      'sign_in_link_use',
      `update sign_in_link l set used_at = $3 from staff s
       where l.program_id = $1 and l.hash = $2 and l.used_at is null and l.ends_at > $3
         and s.program_id = l.program_id and s.id = l.staff_id and s.removed_at is null
       returning l.staff_id as staff, s.email is not null as "byMail"`,
      [program, hashed(link), new Date(now)],
    );
    if (!used) throw linkSpent();
    return beginSession(tx, program, used, now);
  });
}

/** A session for somebody who has proved who they are; shorter for whom the shop's admin alone vouches for. */
export async function beginSession(
  tx: Tx,
  program: string,
  { staff, byMail }: { staff: string; byMail: boolean },
  now: Millis,
): Promise<{ session: string; endsAt: Millis }> {
  const session = tokenFor(program);
  const endsAt = now + (byMail ? SESSION_MS : SHOP_SESSION_MS);
  await tx.prepared(
    'desk_session_begin',
    'insert into desk_session (program_id, hash, staff_id, began_at, seen_at, ends_at) values ($1, $2, $3, $4, $4, $5)',
    [program, hashed(session), staff, new Date(now), new Date(endsAt)],
  );
  return { session, endsAt };
}

const linkSpent = () =>
  new AppError('link_spent', 410, 'This link was used already, or is too old. Ask for a new one.');

const SESSION = `
  select s.id, s.email, s.name, s.role, s.locale, d.seen_at as seen from desk_session d
  join staff s on s.program_id = d.program_id and s.id = d.staff_id
  where d.program_id = $1 and d.hash = $2 and d.ends_at > $3 and s.removed_at is null`;

/** Whose session it is; null when it is none, has ended, or its person was removed. Used once a day it never ends. */
export async function proveSession(tx: Tx, program: string, session: string, now: Millis): Promise<StaffMember | null> {
  const [row] = await tx.prepared<StaffMember & { seen: Date }>('desk_session_prove', SESSION, [
    program,
    hashed(session),
    new Date(now),
  ]);
  if (!row) return null;
  const { seen, ...person } = row;
  if (now - seen.getTime() > DAY_MS)
    await tx.prepared(
      'desk_session_seen',
      'update desk_session set seen_at = $3, ends_at = $4 where program_id = $1 and hash = $2',
      [program, hashed(session), new Date(now), new Date(now + SESSION_MS)],
    );
  return person;
}

/** Whether the session was of somebody who is no longer on the staff; false for one that is none of ours. */
export async function wasOfRemoved(tx: Tx, program: string, session: string): Promise<boolean> {
  const [row] = await tx.prepared<{ removed: boolean }>(
    'desk_session_of_removed',
    `select s.removed_at is not null as removed from desk_session d
     join staff s on s.program_id = d.program_id and s.id = d.staff_id where d.program_id = $1 and d.hash = $2`,
    [program, hashed(session)],
  );
  return row?.removed === true;
}

/** Signs out. */
export async function leave(tx: Tx, program: string, session: string): Promise<void> {
  await tx.prepared('desk_session_end', 'delete from desk_session where program_id = $1 and hash = $2', [
    program,
    hashed(session),
  ]);
}
