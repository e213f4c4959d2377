import type { Tx } from '../db/database.js';

/** A member of a program, as the ledger addresses it. */
export interface MemberRef {
  program: string;
  member: string;
}

/**
 * Locks members, and whoever shared a household with them, in sorted order until the transaction ends: nobody else reads to decide about them, holds their points
 * or sweeps their lots meanwhile. First of all in a transaction, for everybody concerned at once; what is read after it
 * is what the posting meets.
 */
export function lockMembers(tx: Tx, members: readonly MemberRef[]): void {
  tx.send('ledger_lock_members', LOCK, [members.map((m) => m.program), members.map((m) => m.member)]);
}

export const LOCK = `
select from member
where (program_id, id) in (
  select * from unnest($1::bigint[], $2::bigint[])
  union all
  select k.program_id, k.id from unnest($1::bigint[], $2::bigint[]) x(program_id, id)
  join member m on m.program_id = x.program_id and m.id = x.id
  join member k on k.program_id = m.program_id and k.kin = m.kin)
order by program_id, id
for no key update`;
