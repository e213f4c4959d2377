import type { Tx } from '../db/database.js';

export interface SendingListed {
  id: string;
  at: Date;
  from: { id: string; publicId: string };
  to: { id: string; publicId: string };
  unit: string;
  points: string;
}

/** Ids of sendings are in the order of their time: the key of activities is their index. */
export const SENDINGS = `
  with page as (
    select key, at, member_id, facts from activity
    where program_id = $1 and kind = 'send' and ($2::text is null or key < $2) order by key desc limit $3
  )
  select p.key as id, p.at, p.facts ->> 'unit' as unit, p.facts ->> 'points' as points, f.side as "from", t.side as "to"
  from page p
  join lateral (
    select json_build_object('id', id::text, 'publicId', public_id) as side from member
    where program_id = $1 and id = p.member_id limit 1
  ) f on true
  join lateral (
    select json_build_object('id', id::text, 'publicId', public_id) as side from member
    where program_id = $1 and id = (p.facts ->> 'to')::bigint limit 1
  ) t on true
  order by p.key desc`;

/** What members gave to each other, newest first; whoever was merged later stands as who they were. */
export const listSendings = (
  tx: Tx,
  program: string,
  { after, limit }: { after: string | null; limit: number },
): Promise<SendingListed[]> => tx.prepared<SendingListed>('sendings', SENDINGS, [program, after, limit]);
