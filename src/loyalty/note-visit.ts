import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { compile } from '../rules/compile.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { type MemberRef, settleMembers } from './settle-members.js';

const NOTE = `
  insert into activity as a (program_id, kind, key, member_id, at, facts)
  values ($1, 'visit', $2::text || ':' || $3::text, $2::bigint, $4, '{}')
  on conflict (program_id, kind, key) do update set at = excluded.at where excluded.at < a.at
  returning 1`;

/**
 * The member came by. Of a local day of the program the first visit is kept: cards and tiers count days, and points that end
 * by inactivity end with a day.
 */
export async function noteVisit(tx: Tx, ref: MemberRef, at: Millis, now: Millis, shards: number): Promise<void> {
  const { program, member } = ref;
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  const day = compile(inForce(versions, at).rules).calendar.dayOf(at);
  const news = await tx.prepared('loyalty_note_visit', NOTE, [program, member, day, new Date(at)]);
  if (news.length > 0) await settleMembers(tx, [ref], now, shards);
}
