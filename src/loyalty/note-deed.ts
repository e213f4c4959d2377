import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import { AppError } from '../lib/errors.js';
import type { DeedKindName, DeedRuleOf } from '../rules/deeds/index.js';
import { deedKey } from '../rules/deed-cases.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { type MemberRef, settleMembers } from './settle-members.js';

/** What was decided about a deed: why, and what it gives by unit. */
export interface DeedAnswer {
  reason: string;
  gives: Record<string, string>;
}

export interface Deed extends MemberRef {
  kind: DeedKindName;
  /** Names the deed within its kind: told again it is the same one. */
  id: string;
  /** The rule that it is of. */
  of: string;
  at: Millis;
  /** Of a day of one's own: which. */
  day?: string;
}

const NOTE = `
  insert into activity (program_id, kind, key, member_id, subject, at, facts) values ($1, $2, $3, $4, $5, $6, $7)
  on conflict (program_id, kind, key) do nothing returning 1`;

const DECIDED = 'select reason, gives from decision where program_id = $1 and activity = $2';

/** Keeps a deed, once, and settles its member: what it gives is decided when this returns. False = it was known already. */
export async function keepDeed(tx: Tx, deed: Deed, now: Millis, shards: number): Promise<boolean> {
  const { program, member, kind, id, of, at, day } = deed;
  const facts = JSON.stringify(day === undefined ? {} : { day });
  const news = await tx.prepared('loyalty_note_deed', NOTE, [program, kind, id, member, of, new Date(at), facts]);
  if (news.length > 0) await settleMembers(tx, [{ program, member }], now, shards);
  return news.length > 0;
}

export async function deedAnswer(tx: Tx, program: string, deed: Pick<Deed, 'kind' | 'id'>): Promise<DeedAnswer> {
  const [row] = await tx.prepared<DeedAnswer>('loyalty_deed_decided', DECIDED, [program, deedKey(deed)]);
  return row ?? { reason: 'no-rule', gives: {} };
}

/** The rules of one kind of deed that are in force. */
export async function deedRulesInForce<K extends DeedKindName>(
  tx: Tx,
  program: string,
  kind: K,
  at: Millis,
): Promise<DeedRuleOf<K>[]> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  return inForce(versions, at).rules.deeds.filter((rule): rule is DeedRuleOf<K> => rule.kind === kind);
}

/** HTTP status by the reason of the decision; any other is a conflict with what the member did before. */
const STATUS: Readonly<Record<string, number>> = { 'no-rule': 404, off: 404, 'too-early': 422, 'too-late': 410 };

/** Undoes, by throwing, what the member is refused: a shopper tries again later, nothing is left of the attempt. */
export function refuseUnlessGiven({ reason, gives }: DeedAnswer, kind: DeedKindName): Record<string, string> {
  if (reason === 'earned') return gives;
  throw new AppError(`${kind}_${reason}`, STATUS[reason] ?? 409, `This gives nothing now: ${reason}.`, { reason });
}
