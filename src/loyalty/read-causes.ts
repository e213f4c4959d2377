import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { floor, fraction, parseFraction, times } from '../rules/fraction.js';
import type { ProgramRules } from '../rules/program-rules.js';

/** What members gave to one cause so far. Money is minor units of the program's money, the shop's own part included. */
export interface Cause {
  cause: string;
  gifts: number;
  points: bigint;
  money: bigint;
}

/** Of what a cause was given: what members gave, and what the shop added to it. */
export interface Parts {
  cause: string;
  members: bigint;
  shop: bigint;
}

interface Span {
  from: Millis;
  to: Millis;
}

const GIVEN = `
  select reward, count(*)::int as gifts, sum(net_points)::text as points from redemption
  where program_id = $1 and state = 'captured' and reward = any($2::text[]) group by reward`;

const ROUNDED = `
  select unit, (-sum(balance))::text as points from account
  where program_id = $1 and member_id = 0 and kind = 'issued' and unit = any($2::text[]) group by unit`;

/** The causes of the rules: those of gifts for points, then those of rounding up. */
export function causesOf({ rewards, roundUp }: ProgramRules): string[] {
  const donated = rewards.flatMap((reward) => (reward.kind === 'donation' ? [reward.cause] : []));
  return [...new Set([...donated, ...(roundUp?.causes ?? []).map(({ id }) => id)])];
}

const donationsOf = ({ rewards }: ProgramRules) => rewards.filter((reward) => reward.kind === 'donation');
const roundedOf = ({ roundUp }: ProgramRules) => roundUp?.causes ?? [];

/** What all members together gave, by cause, of the rewards and causes that the rules have: for paying out and for showing. */
export async function readCauses(tx: Tx, program: string, rules: ProgramRules): Promise<Cause[]> {
  const donations = donationsOf(rules);
  const rounded = roundedOf(rules);
  const rows =
    donations.length === 0
      ? []
      : await tx.prepared<{ reward: string; gifts: number; points: string }>('loyalty_causes', GIVEN, [
          program,
          donations.map(({ id }) => id),
        ]);
  const cents =
    rounded.length === 0
      ? []
      : await tx.prepared<{ unit: string; points: string }>('loyalty_causes_rounded', ROUNDED, [
          program,
          rounded.map(({ unit }) => unit),
        ]);
  const causes = new Map(causesOf(rules).map((cause): [string, Cause] => [cause, nothingTo(cause)]));
  for (const { id, cause, gives } of donations) {
    const { gifts, points } = rows.find(({ reward }) => reward === id) ?? { gifts: 0, points: '0' };
    const of = causes.get(cause) ?? nothingTo(cause);
    of.gifts += gifts;
    of.points += BigInt(points);
    of.money += BigInt(gifts) * BigInt(gives);
  }
  for (const { id, unit } of rounded) {
    const of = causes.get(id) ?? nothingTo(id);
    of.money += BigInt(cents.find((row) => row.unit === unit)?.points ?? 0);
  }
  return [...causes.values()];
}

const nothingTo = (cause: string): Cause => ({ cause, gifts: 0, points: 0n, money: 0n });

const GIVEN_IN = `
  select reward, count(*)::int as gifts from redemption
  where program_id = $1 and state = 'captured' and reward = any($2::text[]) and made_at >= $3 and made_at < $4 group by reward`;

/**
 * An order belongs to the month in which it began to count, for its member or for whoever became one with them since; what it gave is
 * what its decision says by now. `own` = what the rules
 * gave for what was paid, before any factor: the member's own part.
 */
export const ROUNDED_IN = `
  with counted as (
    select distinct t.cause collate "default" as activity, t.unit from transfer t
    left join lateral (select true as before from member s
      join member m on m.program_id = $1 and (m.id = coalesce(s.merged_into, s.id) or m.merged_into = coalesce(s.merged_into, s.id))
      join transfer e on e.program_id = $1 and e.member_id = m.id and e.cause = t.cause
      where s.program_id = $1 and s.id = t.member_id and e.kind = 'earn' and e.unit = t.unit and e.at < $3 limit 1) e on true
    where t.program_id = $1 and t.at >= $3 and t.at < $4 and t.kind = 'earn' and t.unit = any($2::text[]) and t.cause like 'order:%'
      and e.before is null
  ), given as (
    select c.unit, coalesce((d.gives ->> c.unit)::numeric, 0) as points, (
      select coalesce(sum(floor(split_part(b ->> 'exact', '/', 1)::numeric
        / coalesce(nullif(split_part(b ->> 'exact', '/', 2), ''), '1')::numeric)), 0)
      from jsonb_array_elements(d.explanation -> 'because') b
      where b ->> 'unit' = c.unit and b ->> 'kind' not in ('promotion', 'addition', 'tier', 'most')
    ) as own
    from counted c
    cross join lateral (select * from decision d where d.program_id = $1 and d.activity = c.activity limit 1) d
  )
  select unit, sum(points)::text as points, sum(least(own, points))::text as own from given group by unit`;

/** What each cause was given within a time, by the rules' causes; of points members give what these are worth in money. */
export async function readGivenIn(tx: Tx, program: string, rules: ProgramRules, span: Span): Promise<Parts[]> {
  const donations = donationsOf(rules);
  const rounded = roundedOf(rules);
  const when = [new Date(span.from), new Date(span.to)];
  const gifts = await tx.prepared<{ reward: string; gifts: number }>('loyalty_causes_given_in', GIVEN_IN, [
    ...[program, donations.map(({ id }) => id), ...when],
  ]);
  const cents = await tx.prepared<{ unit: string; points: string; own: string }>('loyalty_causes_in', ROUNDED_IN, [
    ...[program, rounded.map(({ unit }) => unit), ...when],
  ]);
  const parts = new Map(causesOf(rules).map((cause): [string, Parts] => [cause, { cause, members: 0n, shop: 0n }]));
  for (const { id, cause, unit, points, gives } of donations) {
    const of = parts.get(cause);
    const many = BigInt(gifts.find(({ reward }) => reward === id)?.gifts ?? 0);
    const worth = floor(times(fraction(points), parseFraction(rules.units[unit]?.value ?? 0)));
    const own = worth < BigInt(gives) ? worth : BigInt(gives);
    if (!of) continue;
    of.members += many * own;
    of.shop += many * (BigInt(gives) - own);
  }
  for (const { id, unit } of rounded) {
    const of = parts.get(id);
    const row = cents.find((one) => one.unit === unit);
    if (!of || !row) continue;
    of.members += BigInt(row.own);
    of.shop += BigInt(row.points) - BigInt(row.own);
  }
  return [...parts.values()];
}
