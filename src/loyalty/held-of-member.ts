import type { Tx } from '../db/database.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty } from './context.js';
import type { MemberRef } from './settle-members.js';
import { audit } from './store-life.js';

const FAMILY = 'select id from member where program_id = $1 and (id = $2 or merged_into = $2)';
const OWN = 'm.program_id = $1 and m.member_id = any ($2::bigint[])';

/** Everything that is kept of a person beside their name and addresses, by what it is. No secret of ours is among it. */
const HELD: Record<string, string> = {
  accounts: `select id, public_id, joined_at, status, merged_into, merged_at, referral_code, blocked_at, enrolled_by
    from member where program_id = $1 and id = any ($2::bigint[]) order by id`,
  customers: `select store_id, customer, linked_at from customer_link m where ${OWN} order by linked_at`,
  customerGroups: `select c.store_id, c.customer, c.roles, c.tags, c.version from customer_link m
    join customer_state c on c.program_id = $1 and c.store_id = m.store_id and c.customer = m.customer where ${OWN}`,
  consents: `select channel, given, text, source, at from consent m where ${OWN} order by at`,
  shownNames: `select name, agreed_at from shown_name m where ${OWN}`,
  orders: `select store_id, order_id, number, placed_at, removed, snapshot - 'mailbox' - 'phone' as snapshot
    from order_state m where ${OWN} order by placed_at`,
  activities: `select kind, key, store_id, at, subject, facts - 'mailbox' as facts from activity m where ${OWN} order by at`,
  decisions: `select activity, decided_at, reason, gives, rule_version, explanation from decision m where ${OWN} order by decided_at`,
  answers: `select survey, answers, answered_at from survey_answer m where ${OWN} order by answered_at`,
  redemptions: `select id, store_id, reward, unit, points, off, code, state, made_at, expires_at, released_at, order_id
    from redemption m where ${OWN} order by made_at`,
  adjustments: `select id, unit, points, reason, asked_at, state, decided_at from adjustment m where ${OWN} order by asked_at`,
  lots: `select unit, of, given, remaining, earned_at, usable_at, ends_at from lot m where ${OWN} order by earned_at`,
  lines: `select id, unit, at, posted_at, cause, kind, from_account, to_account, points from transfer m where ${OWN} order by id`,
};

/**
 * All that is held of a member, as their right of access asks for it: who they are, and every row that is theirs. What is kept
 * sealed of raw deliveries for some days holds nothing that is not in here.
 */
export async function exportMember(
  tx: Tx,
  { program, member }: MemberRef,
  by: string,
  loyalty: Pick<Loyalty, 'readPeople'>,
  now: Millis,
): Promise<Record<string, unknown>> {
  const ids = await familyOf(tx, program, member);
  const people = await loyalty.readPeople(tx, program, ids);
  const held: Record<string, unknown> = {
    made: new Date(now).toISOString(),
    persons: [...people.values()],
  };
  for (const [name, sql] of Object.entries(HELD)) held[name] = await tx.prepared(`held_${name}`, sql, [program, ids]);
  await audit(tx, program, by, 'member.exported', { member });
  return held;
}

/** What erasing a member takes away, and what it leaves without a name. */
export interface HeldOfMember {
  person: boolean;
  customers: number;
  orders: number;
  answers: number;
  redemptions: number;
  lines: number;
}

export const COUNTED = `
  select (select count(*) from member_pii m where ${OWN})::int > 0 as person,
    (select count(*) from customer_link m where ${OWN})::int as customers,
    (select count(*) from order_state m where ${OWN})::int as orders,
    (select count(*) from survey_answer m where ${OWN})::int as answers,
    (select count(*) from redemption m where ${OWN})::int as redemptions,
    (select count(*) from transfer m where ${OWN})::int as lines`;

/** Said before it is done. */
export async function countHeld(tx: Tx, { program, member }: MemberRef): Promise<HeldOfMember> {
  const values = [program, await familyOf(tx, program, member)];
  const [row] = await tx.prepared<HeldOfMember>('held_counted', COUNTED, values);
  return row ?? { person: false, customers: 0, orders: 0, answers: 0, redemptions: 0, lines: 0 };
}

async function familyOf(tx: Tx, program: string, member: string): Promise<string[]> {
  const rows = await tx.prepared<{ id: string }>('held_family', FAMILY, [program, member]);
  return rows.map(({ id }) => id);
}
