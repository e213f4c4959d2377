import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { ProgramRules } from '../rules/program-rules.js';
import { mostToSend } from '../rules/sending.js';
import type { Loyalty } from './context.js';
import { readMemberState } from './member-state.js';
import { inForce, ruleVersions } from './rule-sets.js';
import { senderOf } from './send-points.js';
import type { MemberRef } from './settle-members.js';

const CODE = 'select referral_code as code from member where program_id = $1 and id = $2';

/** What a member can give to another now, and the code under which others can give them something. */
export async function readSending(
  tx: Tx,
  ref: MemberRef,
  now: Millis,
  { shards }: Pick<Loyalty, 'shards'>,
): Promise<{ rule: ProgramRules['sending']; most: number; code: string }> {
  const versions = (await ruleVersions(tx, [ref.program])).get(ref.program) ?? [];
  const { rules } = inForce(versions, now);
  const [row] = await tx.prepared<{ code: string }>('member_code', CODE, [ref.program, ref.member]);
  const code = row?.code ?? '';
  if (!rules.sending) return { rule: undefined, most: 0, code };
  const { unit } = rules.sending;
  const { balances } = await readMemberState(tx, ref, versions, now, shards);
  const sender = await senderOf(tx, ref, unit, balances.get(unit), now);
  return { rule: rules.sending, most: mostToSend(rules, sender, now), code };
}
