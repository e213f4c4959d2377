import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { grantTurns, turnLocks } from '../rules/deed-turns.js';
import { memberOfAward } from '../rules/goal-awards.js';
import { type GoalTurns, goalLocks, grantGoalTurns } from '../rules/goal-turns.js';
import type { Known } from '../rules/known.js';
import type { Gathered } from './gather-known.js';
import { countGranted, readGranted } from './grant-ceilings.js';

const KEEP = `
  update activity a set facts = a.facts || jsonb_build_object('turns', x.turns)
  from unnest($2::text[], $3::jsonb[]) x(activity, turns)
  where a.program_id = $1 and a.kind = split_part(x.activity, ':', 1) and a.key = substr(x.activity, strpos(x.activity, ':') + 1)`;

const KEEP_AWARDS = `
  insert into activity (program_id, kind, key, member_id, at, facts)
  select $1, x.kind, x.key, x.member_id, x.at, x.facts
  from unnest($2::text[], $3::text[], $4::bigint[], $5::timestamptz[], $6::jsonb[]) x(kind, key, member_id, at, facts) order by 2, 3
  on conflict (program_id, kind, key) do update set at = excluded.at, facts = excluded.facts`;

/**
 * Gives a family's deeds, its reviews and friends, and then the goals that it reached, their turns under limits of all together, first come, and records
 * them: they are never judged again. Gives what is known with the turns in it. The members and the ceilings must be locked.
 */
export async function keepTurns(tx: Tx, program: string, { known, family }: Gathered, now: Millis): Promise<Known> {
  const all = known.rules.map(({ rules }) => rules);
  if (!all.some((rules) => turnLocks(rules).length + goalLocks(rules).length > 0)) return known;
  const granted = await readGranted(tx, program);
  const decided = keepDeeds(tx, program, known, now, granted);
  const { known: awarded, changed, more } = grantGoalTurns(decided, now, family, granted);
  if (changed.size > 0) keepAwards(tx, program, changed, now);
  if (more.size > 0) countGranted(tx, program, more, granted);
  return awarded;
}

function keepAwards(tx: Tx, program: string, changed: GoalTurns['changed'], now: Millis): void {
  tx.send('loyalty_keep_awards', KEEP_AWARDS, [
    program,
    [...changed.keys()].map((of) => (memberOfAward(of) === undefined ? 'turn' : 'goal')),
    [...changed.keys()].map((of) => (memberOfAward(of) === undefined ? of : of.slice('goal:'.length))),
    [...changed].map(([of, one]) => memberOfAward(of) ?? one?.member ?? null),
    [...changed.values()].map((one) => new Date(one?.at ?? now)),
    [...changed.values()].map((one) => JSON.stringify(one ? { turns: one.turns } : {})),
  ]);
}

function keepDeeds(tx: Tx, program: string, known: Known, now: Millis, granted: ReadonlyMap<string, bigint>): Known {
  const { known: decided, changed, more } = grantTurns(known, now, granted);
  if (changed.size === 0) return known;
  tx.send('loyalty_keep_turns', KEEP, [
    program,
    [...changed.keys()],
    [...changed.values()].map((turns) => JSON.stringify(turns)),
  ]);
  countGranted(tx, program, more, granted);
  return decided;
}
