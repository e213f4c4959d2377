import type { Tx } from '../db/database.js';
import { AppError } from '../lib/errors.js';
import type { Millis } from '../lib/clock.js';
import { Calendar, dateText } from '../rules/calendar.js';
import { finalOf } from '../rules/final-units.js';
import { beginningOf, type MonthOfCauses } from './file-of-month.js';
import { type Parts, readGivenIn } from './read-causes.js';
import { audit } from './store-life.js';

/** One payment to a cause for a month, as it was noted. */
export interface Receipt extends Parts {
  id: string;
  on: string;
  reference: string;
  by: string;
  at: Date;
}

/** What a month comes to: since when it may be paid for, what was given, and what was paid. */
export interface CauseMonth {
  month: string;
  payableFrom: Millis;
  given: Parts[];
  receipts: Receipt[];
}

const RECEIPTS = `
  select id, cause, members, shop, paid_on as on, reference, paid_by as by, noted_at as at from cause_payout
  where program_id = $1 and month = $2 order by id`;
const PAID = 'select cause, sum(members + shop)::text as paid from cause_payout where program_id = $1 group by cause';
const NOTE = `
  insert into cause_payout (program_id, cause, month, members, shop, paid_on, reference, paid_by, noted_at)
  values ($1, $2, $3, $4, $5, $6, $7, $8, $9) returning id`;

type ReceiptRow = Omit<Receipt, 'members' | 'shop'> & { members: string; shop: string };

/** From when a month is paid for: it is over, and nothing that was given in it changes any more. */
export function payableFrom({ month, to, file: { rules } }: MonthOfCauses): Millis {
  const days = (rules.roundUp?.causes ?? []).map(({ unit }) => rules.units[unit]?.finalOn ?? 1);
  const calendar = Calendar.of(rules.zone);
  return Math.max(to, finalOf(calendar, beginningOf(calendar, month), Math.max(1, ...days)));
}

export async function readCauseMonth(tx: Tx, program: string, of: MonthOfCauses): Promise<CauseMonth> {
  const { month, from, to } = of;
  const rows = await tx.prepared<ReceiptRow>('loyalty_cause_receipts', RECEIPTS, [program, month]);
  return {
    month,
    payableFrom: payableFrom(of),
    given: await readGivenIn(tx, program, of.file.rules, { from, to }),
    receipts: rows.map((row) => ({ ...row, members: BigInt(row.members), shop: BigInt(row.shop) })),
  };
}

/** What was paid to each cause in all, in minor units. */
export async function readPaid(tx: Tx, program: string): Promise<Map<string, bigint>> {
  const rows = await tx.prepared<{ cause: string; paid: string }>('loyalty_causes_paid', PAID, [program]);
  return new Map(rows.map(({ cause, paid }) => [cause, BigInt(paid)]));
}

/**
 * What is still to be paid of what was given: never more than was given in all less what was paid in all, however the two parts of
 * it are told apart by now.
 */
export function owedOf({ given, receipts }: Pick<CauseMonth, 'given' | 'receipts'>, cause: string): Parts {
  const left = { members: 0n, shop: 0n };
  for (const part of ['members', 'shop'] as const) {
    for (const one of given) if (one.cause === cause) left[part] += one[part];
    for (const one of receipts) if (one.cause === cause) left[part] -= one[part];
  }
  const all = atLeast(0n, left.members + left.shop);
  const members = left.members > all ? all : atLeast(0n, left.members);
  return { cause, members, shop: all - members };
}

const atLeast = (least: bigint, of: bigint): bigint => (of < least ? least : of);

/** `seen` = the sum in minor units that whoever paid saw; `on` = the local day on which it was paid. */
export interface PayWish {
  cause: string;
  seen: bigint;
  on: string;
  reference: string;
  by: string;
  now: Millis;
}

/**
 * Notes that a cause was paid what it is owed for a month. Throws `too_soon` before the month is final, `nothing_owed`, `sum_changed`
 * when the sum is another than was seen (somebody noted it too, or an order was heard of), `paid_later` for a day to come.
 */
export async function payCause(tx: Tx, program: string, of: MonthOfCauses, wish: PayWish): Promise<void> {
  const { month } = of;
  const { cause, seen, on, reference, by, now } = wish;
  await tx.prepared('loyalty_paying_causes', 'select pg_advisory_xact_lock(hashtext($1), $2::bigint::int)', [
    'cause_payout',
    BigInt(program) % 2_147_483_647n,
  ]);
  const read = await readCauseMonth(tx, program, of);
  const calendar = Calendar.of(of.file.rules.zone);
  if (now < read.payableFrom) {
    const day = dateText(calendar.wallClock(read.payableFrom));
    throw new AppError('too_soon', 409, `${month} is not final before ${day}: pay it from then on`, { from: day });
  }
  if (on > dateText(calendar.wallClock(now)))
    throw new AppError('paid_later', 422, 'it cannot have been paid on a day to come: name the day on which it was');
  const owed = owedOf(read, cause);
  const sum = owed.members + owed.shop;
  if (sum === 0n) throw new AppError('nothing_owed', 409, `nothing is owed to ${cause} for ${month}`);
  if (sum !== seen)
    throw new AppError('sum_changed', 409, 'another sum is owed by now: look again before paying', { owed: `${sum}` });
  const [noted] = await tx.prepared<{ id: string }>('loyalty_note_payout', NOTE, [
    ...[program, cause, month, owed.members, owed.shop, on, reference, by, new Date(now)],
  ]);
  await audit(tx, program, by, 'cause.paid', {
    ...{ id: noted?.id, cause, month, on, reference },
    ...{ members: `${owed.members}`, shop: `${owed.shop}` },
  });
}
