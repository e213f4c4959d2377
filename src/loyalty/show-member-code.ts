import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty } from './context.js';
import { rotatingCode } from './member-code.js';
import { inForce, ruleVersions } from './rule-sets.js';
import type { MemberRef } from './settle-members.js';

/** By which code a member is known at a till now; `until` = when it is another, null = never. */
export interface MemberCode {
  code: string;
  until: Millis | null;
}

const FIXED = 'select referral_code as code from member where program_id = $1 and id = $2';

export async function showMemberCode(tx: Tx, ref: MemberRef, now: Millis, loyalty: Loyalty): Promise<MemberCode> {
  const { program, member } = ref;
  if (await codesRotate(tx, program, now)) return rotatingCode(loyalty.memberCodeKey(program), member, now);
  const [row] = await tx.prepared<{ code: string }>('loyalty_fixed_code', FIXED, [program, member]);
  if (!row) throw new Error(`program ${program} has no member ${member}`);
  return { code: row.code, until: null };
}

/** Whether the program's members have a code that is another each minute. */
export async function codesRotate(tx: Tx, program: string, now: Millis): Promise<boolean> {
  const versions = (await ruleVersions(tx, [program])).get(program) ?? [];
  return versions.length > 0 && inForce(versions, now).rules.memberCode === 'rotating';
}
