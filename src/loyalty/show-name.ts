import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { MemberRef } from './settle-members.js';

/** Letters, digits, and single blanks, dots, hyphens and apostrophes between them: no mailbox, no address of a page. */
const FIT = /^[\p{L}\p{N}](?:[ .'’-]?[\p{L}\p{M}\p{N}])+$/u;
const LONGEST = 40;

const SHOW = `
  insert into shown_name (program_id, member_id, name, agreed_at) values ($1, $2, $3, $4)
  on conflict (program_id, member_id) do update set name = excluded.name`;
const HIDE = `
  delete from shown_name where program_id = $1 and (member_id = $2 or member_id in (
    select id from member where program_id = $1 and merged_into = $2))`;
const SHOWN = 'select name from shown_name where program_id = $1 and member_id = $2';
const TAKEN = 'select from shown_name where program_id = $1 and lower(name) = lower($2) and member_id <> $3';

/**
 * The member agrees to be shown on leaderboards under this name, or changes it; gives the name as it is shown.
 * @throws AppError `name_unfit` (422), `name_taken` (409)
 */
export async function showName(tx: Tx, { program, member }: MemberRef, wished: string, now: Millis): Promise<string> {
  const name = wished.normalize('NFC').trim().replace(/\s+/g, ' ');
  if (name.length > LONGEST || !FIT.test(name))
    throw new AppError('name_unfit', 422, `Choose a name of 2 to ${LONGEST} letters, digits and blanks.`);
  const taken = () => new AppError('name_taken', 409, 'Somebody else is shown under this name: choose another.');
  if ((await tx.prepared('loyalty_name_taken', TAKEN, [program, name, member])).length > 0) throw taken();
  try {
    await tx.prepared('loyalty_show_name', SHOW, [program, member, name, new Date(now)]);
  } catch (error) {
    // two who chose the same name at once
    throw (error as { code?: string }).code === '23505' ? taken() : error;
  }
  return name;
}

/** From now on nobody is shown the member; what their places have given stays theirs. */
export async function hideName(tx: Tx, { program, member }: MemberRef): Promise<void> {
  await tx.prepared('loyalty_hide_name', HIDE, [program, member]);
}

/** Null = the member is not shown. */
export async function shownName(tx: Tx, { program, member }: MemberRef): Promise<string | null> {
  const [row] = await tx.prepared<{ name: string }>('loyalty_shown_name', SHOWN, [program, member]);
  return row?.name ?? null;
}
