import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import { compile } from '../rules/compile.js';
import { bareCode } from '../rules/deeds/check-in.js';
import { deedAnswer, deedRulesInForce, keepDeed, refuseUnlessGiven } from './note-deed.js';
import { inForce, ruleVersions } from './rule-sets.js';
import type { MemberRef } from './settle-members.js';

/** What a member was given for being somewhere. */
export interface CheckedIn {
  rule: string;
  name: string;
  gives: Record<string, string>;
}

/**
 * The member was where the code is. Throws AppError: 404 for a code that no rule knows, 422 before and 410 after its time,
 * 409 when it was used as often as it may be. Of a local day one check-in is kept by rule.
 */
export async function checkIn(tx: Tx, ref: MemberRef, code: string, now: Millis, shards: number): Promise<CheckedIn> {
  const { program, member } = ref;
  const bare = bareCode(code);
  const rules = await deedRulesInForce(tx, program, 'check-in', now);
  const rule = rules.find(({ codes }) => codes.some((one) => bareCode(one) === bare));
  if (!rule) throw new AppError('check-in_no-rule', 404, 'This code is not known here: check how it is spelled.');
  const id = `${rule.id}:${member}:${await localDay(tx, program, now)}`;
  const deed = { program, member, kind: 'check-in', id, of: rule.id, at: now } as const;
  const isNew = await keepDeed(tx, deed, now, shards);
  const answer = isNew ? await deedAnswer(tx, program, deed) : { reason: 'limit', gives: {} };
  return { rule: rule.id, name: rule.name ?? rule.id, gives: refuseUnlessGiven(answer, 'check-in') };
}

/** The number of the local day: what is counted once a day is named by it. */
export async function localDay(tx: Tx, program: string, at: Millis): Promise<number> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  return compile(inForce(versions, at).rules).calendar.dayOf(at);
}
