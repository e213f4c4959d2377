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

/** Above every id. */
const LAST = '9223372036854775807';
const SHOWN = 'a.id, a.at, a.actor, a.what, a.facts, coalesce(s.name, k.name) as who';
const WHO = `
  left join staff s on s.program_id = $1 and a.actor = 'staff:' || s.id
  left join api_key k on k.program_id = $1 and a.actor = 'key:' || k.id`;

const EVERYTHING = `
  select ${SHOWN} from audit_event a ${WHO}
  where a.program_id = $1 and ($2::bigint is null or a.id < $2) order by a.id desc limit $3`;

/**
 * What is seldom done, or by whom little is done, stands far apart among all that is: so of each kind of deed that is meant, the next
 * one found by the index, its newest lines. `$4` = the beginning of `what`, empty for all.
 */
const some = (of: string): string => `
  with recursive kind as (
    (select a.what collate "C" as what from audit_event a where a.program_id = $1 ${of} and a.what collate "C" >= $4
     order by a.what collate "C" limit 1)
    union all
    select (select a.what collate "C" from audit_event a where a.program_id = $1 ${of} and a.what collate "C" > kind.what
      order by a.what collate "C" limit 1)
    from kind where starts_with(kind.what, $4)
  )
  select ${SHOWN} from kind cross join lateral (
    select * from audit_event a
    where a.program_id = $1 ${of} and a.what collate "C" = kind.what and a.id < coalesce($2::bigint, ${LAST})
    order by a.id desc limit $3
  ) a ${WHO}
  where starts_with(kind.what, $4) order by a.id desc limit $3`;

const ABOUT = some('');
const BY = some('and a.actor = $5');

/** What was done to a program and by whom, newest first. */
export async function readAudit(tx: Tx, program: string, query: AuditQuery): Promise<AuditLine[]> {
  const { before, about, actor, limit } = query;
  const page = [program, before, limit];
  if (actor !== null) return tx.prepared<AuditLine>('audit_by', BY, [...page, about ?? '', actor]);
  if (about !== null) return tx.prepared<AuditLine>('audit_about', ABOUT, [...page, about]);
  return tx.prepared<AuditLine>('audit_read', EVERYTHING, page);
}
