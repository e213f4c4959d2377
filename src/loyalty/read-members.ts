import type { Tx } from '../db/database.js';
import { type Balance, readBalancesAt } from '../ledger/balances.js';
import type { Millis } from '../lib/clock.js';
import type { Loyalty, Person } from './context.js';

/** `blocked` = uses no points; `erased` = the person is forgotten, the books are kept. */
export type MemberStatus = 'active' | 'blocked' | 'erased';

/** A member as a list shows them. */
export interface ListedMember {
  member: string;
  publicId: string;
  joined: Date;
  code: string;
  status: MemberStatus;
  /** Null when whoever asks may not see it, or nothing is known. */
  person: Person | null;
  balances: Balance[];
}

const READ = `
  select id, public_id, joined_at, referral_code, status, blocked_at from member
  where program_id = $1 and id = any($2::bigint[]) and status <> 'bearer'`;

interface Row {
  id: string;
  public_id: string;
  joined_at: Date;
  referral_code: string;
  status: string;
  blocked_at: Date | null;
}

/** Members in the order of `ids`; bearers of stickers are nobody. */
export async function readMembers(
  tx: Tx,
  program: string,
  ids: readonly string[],
  { names, now, loyalty }: { names: boolean; now: Millis; loyalty: Pick<Loyalty, 'readPeople'> },
): Promise<ListedMember[]> {
  if (ids.length === 0) return [];
  const refs = ids.map((member) => ({ program, member }));
  const [rows, balances, people] = await Promise.all([
    tx.prepared<Row>('members_read', READ, [program, ids]),
    readBalancesAt(tx, refs, now),
    names ? loyalty.readPeople(tx, program, ids) : new Map<string, Person>(),
  ]);
  const byId = new Map(rows.map((row) => [row.id, row]));
  return ids.flatMap((id) => {
    const row = byId.get(id);
    return row ? [listed(row, people.get(id) ?? null, balances)] : [];
  });
}

function listed(row: Row, person: Person | null, balances: readonly Balance[]): ListedMember {
  return {
    member: row.id,
    publicId: row.public_id,
    joined: row.joined_at,
    code: row.referral_code,
    status: row.status === 'redacted' ? 'erased' : row.blocked_at === null ? 'active' : 'blocked',
    person,
    balances: balances.filter(({ member }) => member === row.id),
  };
}
