import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';

/** Points of a member that can be used for the last time on a day of the shop. */
export interface Ending {
  /** The ledger's id. */
  member: string;
  publicId: string;
  unit: string;
  /** The last day on which they can be used, in the shop's own time. */
  day: string;
  points: bigint;
}

export interface EndingsWish {
  /** They end after this instant ... */
  after: Millis;
  /** ... and at this one at the latest. */
  until: Millis;
  zone: string;
  /** The page after this line; null = the first. */
  beyond: Pick<Ending, 'day' | 'member' | 'unit'> | null;
  limit: number;
}

// points end at an instant; the day before it, where that is a midnight, is the last on which they can be used
export const ENDINGS = `
  select * from (
    select l.member_id as member, m.public_id as "publicId", l.unit,
      to_char((l.ends_at - interval '1 millisecond') at time zone $4, 'YYYY-MM-DD') as day, sum(l.remaining) as points
    from lot l join member m on m.program_id = l.program_id and m.id = l.member_id and m.status = 'active'
    where l.program_id = $1 and l.remaining > 0 and l.matured and l.ends_at > $2 and l.ends_at <= $3 and l.ends_at < 'infinity'
    group by 1, 2, 3, 4
  ) x
  where $5::text is null or (day, member, unit) > ($5, $6::bigint, $7::text)
  order by day, member, unit limit $8`;

/** Whose points end within a period, the soonest first: whom to remind. Members who are blocked or erased are not in it. */
export async function readEndings(
  tx: Tx,
  program: string,
  { after, until, zone, beyond, limit }: EndingsWish,
): Promise<Ending[]> {
  const rows = await tx.prepared<Omit<Ending, 'points'> & { points: string }>('reports_endings', ENDINGS, [
    ...[program, new Date(after), new Date(until), zone],
    ...[beyond?.day ?? null, beyond?.member ?? null, beyond?.unit ?? null, limit],
  ]);
  return rows.map((row) => ({ ...row, points: BigInt(row.points) }));
}
