import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { Loyalty } from './context.js';
import { insertMember } from './join.js';
import { settleMembers } from './settle-members.js';
import { audit } from './store-life.js';

export interface Enrolment {
  name: string | null;
  email: string | null;
  phone: string | null;
  /** Somebody else has this phone number, and this is not them. */
  another: boolean;
  by: string;
}

const KNOWN = `
  select m.public_id, (m.mailbox is not null and m.mailbox = $2) as mine from member m
  where m.program_id = $1 and m.status = 'active' and (m.mailbox = $2 or m.phone = $3) order by 2 desc, m.id limit 5`;
const MADE = 'update member set enrolled_by = $3 where program_id = $1 and id = $2 returning public_id';
const AGREED = `
  insert into consent (program_id, member_id, channel, given, text, source, at) values ($1, $2, 'program', true, '', $3, $4)`;

/**
 * Makes somebody a member who asked for it in person. Whoever has that mailbox already is found instead; when they join in a shop
 * under it, they are this member.
 * @throws AppError `no_address` (422) without an e-mail address or phone number, `maybe_known` (409) when the phone number is
 * another member's: `details.members`
 */
export async function enrolMember(
  tx: Tx,
  program: string,
  { name, email, phone, another, by }: Enrolment,
  now: Millis,
  loyalty: Loyalty,
): Promise<{ id: string; isNew: boolean }> {
  const tokens = loyalty.tokens(program);
  const [mailbox, number] = [tokens.mailbox(email), tokens.phone(phone)];
  if (mailbox === null && number === null)
    throw new AppError(
      'no_address',
      422,
      'Enter an e-mail address or a phone number, so that they can be found again.',
    );
  // two who enrol the same person at once
  for (const token of [mailbox, number].filter((one) => one !== null).sort())
    await tx.prepared('enrol_turn', 'select pg_advisory_xact_lock(hashtextextended($1, 0))', [
      `enrol/${program}/${token}`,
    ]);
  const known = await tx.prepared<{ public_id: string; mine: boolean }>('enrol_known', KNOWN, [
    program,
    mailbox,
    number,
  ]);
  const same =
    known.find(({ mine }) => mine) ?? (mailbox === null && known.length === 1 && !another ? known[0] : undefined);
  if (same) return { id: same.public_id, isNew: false };
  if (known.length > 0 && !another)
    throw new AppError('maybe_known', 409, 'Somebody has this phone number already: is it them?', {
      members: known.map(({ public_id }) => public_id),
    });
  // as with who joins in a shop: an order of this very second comes after it
  const at = Math.floor(now / 1000) * 1000;
  // at the counter the shop itself vouches for it
  const person = { name, email, phone, emailVerified: true };
  const member = await insertMember(tx, { program, at, person }, mailbox, loyalty);
  const [made] = await tx.prepared<{ public_id: string }>('enrol_made', MADE, [program, member, by]);
  await tx.prepared('enrol_agreed', AGREED, [program, member, by, new Date(at)]);
  await settleMembers(tx, [{ program, member }], now, loyalty.shards);
  await audit(tx, program, by, 'member.enrolled', { member, before: null, after: 'member' });
  return { id: made?.public_id ?? '', isNew: true };
}
