import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { Loyalty } from './context.js';
import { memberOf } from './join.js';
import { type DeedAnswer, deedAnswer, deedRulesInForce, keepDeed } from './note-deed.js';

/** Whose event it is: a member by public id, a store's customer, or a mailbox. */
export type EventOf = { member: string } | { store: string; customer: string } | { email: string };

export interface EventTold {
  /** The caller's own id of what happened: told again it is the same event. */
  id: string;
  /** The id of the rule, as the owner wrote it: "own-cup". */
  event: string;
  of: EventOf;
  at: Millis;
}

const BY_PUBLIC_ID = `
  select r.id as member from member m join member r on r.program_id = m.program_id and r.id = coalesce(m.merged_into, m.id)
  where m.program_id = $1 and m.public_id = $2::uuid and r.status = 'active'`;
const BY_MAILBOX = `
  select id as member from member where program_id = $1 and mailbox = $2 and status = 'active' order by joined_at limit 1`;
const TOLD = `
  select member_id as member, subject as event, at from activity where program_id = $1 and kind = 'event' and key = $2`;
const SAME_PERSON = `
  select 1 from member m where m.program_id = $1 and m.id = $2 and coalesce(m.merged_into, m.id) = $3`;

/**
 * An event of the owner's own: kept once by the caller's id, settled, answered with its decision, also when that is "over
 * the limit". Throws AppError 404 for an event that no rule names and for somebody who is no member, 409 for an id that was
 * told with something else, 422 for what has not happened yet.
 */
export async function tellEvent(
  tx: Tx,
  program: string,
  told: EventTold,
  loyalty: Loyalty,
  now: Millis,
): Promise<DeedAnswer & { isNew: boolean }> {
  if (told.at > now)
    throw new AppError('event_in_future', 422, 'The event is dated later than now: send it when it has happened.');
  const rules = await deedRulesInForce(tx, program, 'event', told.at);
  if (!rules.some(({ id }) => id === told.event)) {
    const known = rules.map(({ id }) => id);
    throw new AppError(
      'unknown_event',
      404,
      'No rule in force names this event: publish one, or send one of those in details.',
      { known },
    );
  }
  const member = await memberOfEvent(tx, program, told.of, loyalty);
  if (member === null)
    throw new AppError('not_a_member', 404, 'Nobody of the program is known by this: events are for members.');
  const deed = { program, member, kind: 'event', id: told.id, of: told.event, at: told.at } as const;
  const isNew = await keepDeed(tx, deed, now, loyalty.shards);
  if (!isNew) await refuseAnother(tx, program, told, member);
  return { ...(await deedAnswer(tx, program, deed)), isNew };
}

async function memberOfEvent(tx: Tx, program: string, of: EventOf, loyalty: Loyalty): Promise<string | null> {
  if ('customer' in of) return memberOf(tx, { program, store: of.store }, of.customer);
  const [text, value] =
    'member' in of ? [BY_PUBLIC_ID, of.member] : [BY_MAILBOX, loyalty.tokens(program).mailbox(of.email)];
  if (value === null) return null;
  const name = 'member' in of ? 'loyalty_member_by_public_id' : 'loyalty_member_by_mailbox';
  const [row] = await tx.prepared<{ member: string }>(name, text, [program, value]);
  return row?.member ?? null;
}

/** The same id with the same event of the same person is a retry; with anything else it is a mistake to be seen. */
async function refuseAnother(tx: Tx, program: string, { id, event }: EventTold, member: string): Promise<void> {
  const [before] = await tx.prepared<{ member: string; event: string }>('loyalty_event_told', TOLD, [program, id]);
  const same = before && (await tx.prepared('loyalty_same_person', SAME_PERSON, [program, before.member, member]));
  if (!same || same.length === 0 || before.event !== event)
    throw new AppError('event_id_reused', 409, 'This id was sent with another event or another member: use a new one.');
}
