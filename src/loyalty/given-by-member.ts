import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { causesOf } from './read-causes.js';
import type { MemberRef } from './settle-members.js';

const THEIRS = `
  with selves as (
    select id from member where program_id = $1 and id = $2
    union all
    select id from member where program_id = $1 and merged_into = $2
  )
  select 'reward' as what, r.reward as name, count(*)::text as amount
  from selves s join redemption r on r.program_id = $1 and r.member_id = s.id
  where r.state = 'captured' and r.reward = any($3::text[]) and r.made_at >= $5 and r.made_at < $6 group by r.reward
  union all
  select 'unit', l.unit, sum(l.given)::text
  from lot l where l.program_id = $1 and l.member_id = $2 and l.unit = any($4::text[])
    and l.of like 'order:%' and l.earned_at >= $5 and l.earned_at < $6 group by l.unit`;

/** What a member gave to each cause of the rules within a time, in minor units, whatever the shop added included. */
export async function givenByMember(
  tx: Tx,
  { program, member }: MemberRef,
  rules: ProgramRules,
  { from, to }: { from: Millis; to: Millis },
): Promise<Map<string, bigint>> {
  const donations = rules.rewards.filter((reward) => reward.kind === 'donation');
  const rounded = rules.roundUp?.causes ?? [];
  const rows = await tx.prepared<{ what: string; name: string; amount: string }>('loyalty_given_by_member', THEIRS, [
    ...[program, member, donations.map(({ id }) => id), rounded.map(({ unit }) => unit)],
    ...[new Date(from), new Date(to)],
  ]);
  const given = new Map(causesOf(rules).map((cause) => [cause, 0n]));
  const add = (cause: string, money: bigint) => given.set(cause, (given.get(cause) ?? 0n) + money);
  for (const { what, name, amount } of rows) {
    const gift = donations.find(({ id }) => what === 'reward' && id === name);
    const cause = rounded.find(({ unit }) => what === 'unit' && unit === name);
    if (gift) add(gift.cause, BigInt(amount) * BigInt(gift.gives));
    if (cause) add(cause.id, BigInt(amount));
  }
  return given;
}
