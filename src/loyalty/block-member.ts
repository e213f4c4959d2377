import type { Tx } from '../db/database.js';
import { lockMembers } from '../ledger/lock-members.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { MemberRef } from './settle-members.js';
import { audit } from './store-life.js';

const SET = `
  update member m set blocked_at = case when $3 then coalesce(m.blocked_at, $4) end from member was
  where m.program_id = $1 and m.id = $2 and was.program_id = m.program_id and was.id = m.id
  returning was.blocked_at is not null as before`;

/** Puts somebody on hold, or ends it: whoever is on hold uses no points, and goes on earning. Twice = once. */
export async function blockMember(
  tx: Tx,
  { program, member }: MemberRef,
  { blocked, reason, by }: { blocked: boolean; reason: string; by: string },
  now: Millis,
): Promise<void> {
  // a job that holds many is waited for: what the log says was before is what the column held
  lockMembers(tx, [{ program, member }]);
  const values = [program, member, blocked, new Date(now)];
  const [row] = await tx.prepared<{ before: boolean }>('member_block', SET, values);
  if (!row || row.before === blocked) return;
  const what = blocked ? 'member.blocked' : 'member.unblocked';
  await audit(tx, program, by, what, { member, before: row.before, after: blocked, reason });
}

/** @throws AppError `on_hold` (409) */
export async function refuseBlocked(tx: Tx, { program, member }: MemberRef): Promise<void> {
  const [row] = await tx.prepared(
    'member_is_blocked',
    'select from member where program_id = $1 and id = $2 and blocked_at is not null',
    [program, member],
  );
  if (row) throw new AppError('on_hold', 409, 'This account is on hold: no points can be used. Ask the shop.');
}
