import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { parseDate } from '../rules/calendar.js';
import { type CheckedIn, localDay } from './check-in.js';
import { deedAnswer, deedRulesInForce, keepDeed, refuseUnlessGiven } from './note-deed.js';
import type { MemberRef } from './settle-members.js';

/** How many days ahead a day may be chosen. */
const AHEAD = 366;

/**
 * The member chooses a day of their own (2027-03-05, local): today or one of the year ahead. Choosing the same day again is no
 * other choice. Throws AppError: 404 for a rule that is not there, 410 for a day that is over or too far, 409 when they chose as
 * often as they may.
 */
export async function chooseDay(
  tx: Tx,
  { program, member }: MemberRef,
  { rule: wanted, day }: { rule: string; day: string },
  now: Millis,
  shards: number,
): Promise<CheckedIn & { day: string }> {
  const rule = (await deedRulesInForce(tx, program, 'own-day', now)).find(({ id }) => id === wanted);
  if (!rule) throw new AppError('own-day_no-rule', 404, 'There is no such day to choose.');
  const ahead = parseDate(day) - (await localDay(tx, program, now));
  if (!(ahead >= 0 && ahead <= AHEAD)) throw new AppError('own-day_too-late', 410, 'Choose a day from today on.');
  const deed = {
    program,
    member,
    kind: 'own-day',
    id: `${rule.id}:${member}:${day}`,
    of: rule.id,
    at: now,
    day,
  } as const;
  await keepDeed(tx, deed, now, shards);
  const gives = refuseUnlessGiven(await deedAnswer(tx, program, deed), 'own-day');
  return { rule: rule.id, name: rule.name ?? rule.id, gives, day };
}

const CHOSEN = `
  select a.subject as rule, a.facts->>'day' as day from activity a
  join decision d on d.program_id = a.program_id and d.activity = 'own-day:' || a.key and d.reason = 'earned'
  where a.program_id = $1 and a.member_id = $2 and a.kind = 'own-day' and a.facts->>'day' >= $3
  order by day limit 100`;

/** The days that a member chose, from a local day on, by the rule that they are of. */
export async function chosenDays(tx: Tx, { program, member }: MemberRef, from: string): Promise<Map<string, string[]>> {
  const rows = await tx.prepared<{ rule: string; day: string }>('loyalty_chosen_days', CHOSEN, [program, member, from]);
  const byRule = new Map<string, string[]>();
  for (const { rule, day } of rows) byRule.set(rule, [...(byRule.get(rule) ?? []), day]);
  return byRule;
}
