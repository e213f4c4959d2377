import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { MemberRef } from './settle-members.js';

const DUE = `
  select distinct program_id as program, member_id as member from (
    select program_id, member_id from member_books where due_at <= $1 order by due_at limit $2) due`;

/** Members for whom something falls due by itself (a return window closed, a friend's order counts). Scope: intake. */
export async function dueMembers(tx: Tx, now: Millis, limit: number): Promise<MemberRef[]> {
  return tx.prepared<MemberRef>('loyalty_due_members', DUE, [new Date(now), limit]);
}
