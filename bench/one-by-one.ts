import type { Tx } from '../src/db/database.js';

/**
 * The ledger as it is usually written: a statement for each thing that happens to each lot, in a loop. On the product's own
 * tables and by the same laws, so that the same verification judges it.
 */
export interface Step {
  member: string;
  lot: string;
  points: bigint;
  cause: string;
  kind: string;
  from: [account: string, owner: string];
  to: [account: string, owner: string];
}

const LOCK = 'select from member where program_id = 1 and id = $1 for no key update';
export const lockOne = (tx: Tx, member: string) => tx.prepared('one_lock', LOCK, [member]);

const TRANSFER = `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
  values (1, now(), $1, 'points', $2, $3, $4, $5, $6, $7, $8, $9) returning id`;
const ACCOUNT = `insert into account as a (program_id, member_id, unit, kind, balance, version) values (1, $1, 'points', $2, greatest($3, 0), 1)
  on conflict (program_id, member_id, unit, kind) do update set balance = a.balance + $3, version = a.version + 1
  returning id, balance, version`;
const TAKE = `update account set balance = balance + $3, version = version + 1
  where program_id = 1 and member_id = $1 and unit = 'points' and kind = $2 returning id, balance, version`;
const ENTRIES = `insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after)
  values (1, $1, $2, $3, $4, $5), (1, $6, $7, $3, -$4, $8)`;

interface Account {
  id: string;
  balance: string;
  version: string;
}

/** One transfer with its two entries and balances. */
export async function moveOne(tx: Tx, { member, lot, points, cause, kind, from, to }: Step): Promise<void> {
  const values = [member, cause, kind, from[1], from[0], to[1], to[0], lot, points];
  const [transfer] = await tx.prepared<{ id: string }>('one_transfer', TRANSFER, values);
  const [taken] = await tx.prepared<Account>('one_take', TAKE, [from[1], from[0], -points]);
  const [given] = await tx.prepared<Account>('one_give', ACCOUNT, [to[1], to[0], points]);
  if (!transfer || !taken || !given) throw new Error('an account is missing');
  const entries = [
    taken.id,
    taken.version,
    transfer.id,
    -points,
    taken.balance,
    given.id,
    given.version,
    given.balance,
  ];
  await tx.prepared('one_entries', ENTRIES, entries);
}

const OPEN = `select of, remaining from lot where program_id = 1 and member_id = $1 and unit = 'points' and remaining > 0 and matured
  and ends_at > now() order by ends_at, earned_at, of for update`;
const DRAW = `update lot set remaining = remaining - $3, drawn = drawn + $3 where program_id = 1 and member_id = $1 and unit = 'points' and of = $2`;
const USE = `insert into lot_use (program_id, member_id, unit, spending, lot, points) values (1, $1, 'points', $2, $3, $4)`;
const BOOKS = `insert into member_books (program_id, member_id, unit, disturbed_at, version) values (1, $1, 'points', now(), 1)
  on conflict (program_id, member_id, unit) do update set disturbed_at = now(), version = member_books.version + 1`;

/** A reservation with its loop over lots in JavaScript. */
export async function holdInLoop(tx: Tx, member: string, points: bigint, cause: string): Promise<void> {
  await lockOne(tx, member);
  const lots = await tx.prepared<{ of: string; remaining: string }>('one_open', OPEN, [member]);
  let need = points;
  for (const { of, remaining } of lots) {
    if (need === 0n) break;
    const taken = BigInt(remaining) < need ? BigInt(remaining) : need;
    need -= taken;
    await tx.prepared('one_draw', DRAW, [member, of, taken]);
    await tx.prepared('one_use', USE, [member, cause, of, taken]);
    await moveOne(tx, {
      member,
      lot: of,
      points: taken,
      cause,
      kind: 'hold',
      from: ['available', member],
      to: ['held', member],
    });
  }
  if (need > 0n) throw new Error('not enough points');
  await tx.prepared('one_books', BOOKS, [member]);
}

const END = `update lot set remaining = 0, lapsed = lapsed + remaining where program_id = 1 and member_id = $1 and unit = 'points' and of = $2
  and remaining > 0 and matured and ends_at <= now() returning old.remaining as points`;
const RIPEN = `update lot set matured = true where program_id = 1 and member_id = $1 and unit = 'points' and of = $2
  and remaining > 0 and not matured and usable_at <= now() returning remaining as points`;

/** One due lot in a transaction of its own. */
export async function sweepOne(tx: Tx, what: 'expire' | 'mature', member: string, lot: string): Promise<number> {
  await lockOne(tx, member);
  const [row] = await tx.prepared<{ points: string }>(`one_${what}`, what === 'expire' ? END : RIPEN, [member, lot]);
  if (!row) return 0;
  const step = { member, lot, points: BigInt(row.points), cause: lot, kind: what };
  if (what === 'expire') await moveOne(tx, { ...step, from: ['available', member], to: ['expired', '0'] });
  else await moveOne(tx, { ...step, from: ['pending', member], to: ['available', member] });
  return 1;
}
