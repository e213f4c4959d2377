import type { Tx } from '../db/database.js';
import type { MemberRef } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import { refuseBlocked } from './block-member.js';
import type { Loyalty } from './context.js';
import { findReceiver } from './find-receiver.js';
import { householdOf } from './households.js';
import { joinHousehold, refusedHousehold, sizeOf } from './share-household.js';

const DAY_MS = 24 * 3_600_000;
/** So long somebody may think about it. */
const LASTS_MS = 30 * DAY_MS;
/** So many a day: nobody is pestered, and whoever tries addresses learns nothing from the answers anyway. */
const MOST_A_DAY = 10;

export interface Invitation {
  id: string;
  /** Who invites. */
  head: string;
}

const LATELY = `
  select count(*)::int as n from activity where program_id = $1 and member_id = $2 and kind = 'household-invite' and at > $3`;
/** Nobody's, where nobody was found: it counts as one that was made. */
const NOTE = `
  insert into activity (program_id, kind, key, member_id, subject, at, facts)
  values ($1, 'household-invite', uuidv7()::text, $2, $3, $4, '{}')`;

/**
 * A head invites somebody by e-mail address or member code. The answer is the same whoever it finds, so that nobody learns whether
 * an address is a member's.
 * @throws AppError `household_refused` (409, details.binding), `on_hold` (409)
 */
export async function inviteToHousehold(
  tx: Tx,
  { program, member }: MemberRef,
  to: string,
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  await refuseBlocked(tx, { program, member });
  const size = await sizeOf(tx, program, now);
  const mine = await householdOf(tx, program, member);
  if (mine && mine.head !== member) throw refusedHousehold('head-elsewhere');
  if ((mine?.others.length ?? 0) + 2 > size) throw refusedHousehold('full');
  const [lately] = await tx.prepared<{ n: number }>('household_lately', LATELY, [
    program,
    member,
    new Date(now - DAY_MS),
  ]);
  if ((lately?.n ?? 0) >= MOST_A_DAY) throw refusedHousehold('tries');
  const found = await findReceiver(tx, program, to, loyalty);
  await tx.prepared('household_invite', NOTE, [program, member, found ?? '', new Date(now)]);
}

const OPEN = `
  select a.key as id, h.id as head from activity a
  join member m on m.program_id = $1 and m.id = a.member_id
  join member h on h.program_id = $1 and h.id = coalesce(m.merged_into, m.id)
  where a.program_id = $1 and a.kind = 'household-invite' and a.subject = $2::text and a.at > $3
    and h.status = 'active' and h.blocked_at is null
  order by a.key desc limit 20`;

/** Households into which a member is invited now, the newest first. */
export const invitationsOf = (tx: Tx, { program, member }: MemberRef, now: Millis): Promise<Invitation[]> =>
  tx.prepared<Invitation>('household_invitations', OPEN, [program, member, new Date(now - LASTS_MS)]);

/** It stays as one of the day's. */
const USED = "update activity set subject = '' where program_id = $1 and kind = 'household-invite' and key = $2";

/**
 * The invited comes in.
 * @throws AppError `household_refused` (409, details.binding), `on_hold` (409)
 */
export async function acceptInvitation(
  tx: Tx,
  ref: MemberRef,
  id: string,
  now: Millis,
  loyalty: Loyalty,
): Promise<void> {
  await refuseBlocked(tx, ref);
  const invitation = (await invitationsOf(tx, ref, now)).find((one) => one.id === id);
  if (!invitation) throw refusedHousehold('invitation');
  await joinHousehold(tx, { ...ref, head: invitation.head }, now, loyalty);
  await tx.prepared('household_invite_used', USED, [ref.program, id]);
}
