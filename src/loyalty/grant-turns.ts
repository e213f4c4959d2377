import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { grantTurns, turnLocks } from '../rules/deed-turns.js';
import type { Known } from '../rules/known.js';
import { countGranted, readGranted } from './grant-ceilings.js';

const KEEP = `
  update activity a set facts = a.facts || jsonb_build_object('turns', x.turns)
  from unnest($2::text[], $3::jsonb[]) x(activity, turns)
  where a.program_id = $1 and a.kind = split_part(x.activity, ':', 1) and a.key = substr(x.activity, strpos(x.activity, ':') + 1)`;

/**
 * Gives a family's deeds their turns under limits of all together, first come, and records them with the deeds: they are never
 * judged again. Gives what is known with the turns in it. The members and the ceilings must be locked.
 */
export async function keepTurns(tx: Tx, program: string, known: Known, now: Millis): Promise<Known> {
  if (!known.rules.some(({ rules }) => turnLocks(rules).length > 0)) return known;
  const granted = await readGranted(tx, program);
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
