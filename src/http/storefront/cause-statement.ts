import type { Tx } from '../../db/database.js';
import { givenByMember } from '../../loyalty/given-by-member.js';
import { causesOf } from '../../loyalty/read-causes.js';
import type { MemberRef } from '../../loyalty/settle-members.js';
import { dayNumber } from '../../rules/calendar.js';
import { compile } from '../../rules/compile.js';
import { sentence } from './say.js';
import type { Spoken } from './spoken.js';

/** What a member gave to each cause in a year of the program's zone, in minor units; in words too, unless it is nothing. */
export async function causeStatement(
  tx: Tx,
  ref: MemberRef,
  { rules, speaker, language }: Spoken,
  year: number,
): Promise<{ given: Map<string, bigint>; said: string | null }> {
  if (causesOf(rules).length === 0) return { given: new Map(), said: null };
  const { calendar } = compile(rules);
  const startOf = (one: number) => calendar.startOf(dayNumber(one, 1, 1));
  const given = await givenByMember(tx, ref, rules, { from: startOf(year), to: startOf(year + 1) });
  const some = [...given].filter(([, money]) => money > 0n);
  const all = speaker.all(
    some.map(([cause, money]) => `${speaker.name('rule', cause)} ${speaker.money(Number(money))}`),
  );
  return { given, said: some.length === 0 ? null : sentence('causes.yours', language, { year: `${year}`, all }) };
}
