import type { Tx } from '../db/database.js';

/** One act, as it was written down. */
export interface AuditLine {
  id: string;
  at: Date;
  /** `staff:3`, `key:2`, `platform`, `command` ... */
  actor: string;
  /** Its name, where it has one. */
  who: string | null;
  what: string;
  facts: object;
}

export interface AuditQuery {
  /** Lines before this one. */
  before: string | null;
  /** A beginning of `what` ("staff", "promotion.paused"). */
  about: string | null;
  actor: string | null;
  limit: number;
}

const READ = `
  select a.id, a.at, a.actor, a.what, a.facts, coalesce(s.name, k.name) as who
  from audit_event a
  left join staff s on a.actor like 'staff:%' and s.program_id = a.program_id and s.id = substr(a.actor, 7)::bigint
  left join api_key k on a.actor like 'key:%' and k.program_id = a.program_id and k.id = substr(a.actor, 5)::bigint
  where a.program_id = $1 and ($2::bigint is null or a.id < $2) and ($3::text is null or starts_with(a.what, $3))
    and ($4::text is null or a.actor = $4)
  order by a.id desc limit $5`;

/** What was done to a program and by whom, newest first. */
export async function readAudit(tx: Tx, program: string, query: AuditQuery): Promise<AuditLine[]> {
  const { before, about, actor, limit } = query;
  return tx.prepared<AuditLine>('audit_read', READ, [program, before, about, actor, limit]);
}
