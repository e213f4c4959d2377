/** One member's lots of a past that was posted by all the laws: who, how many, and how they stand. */
export interface PastLots {
  /** Members first..last, each with so many lots. */
  first: number;
  last: number;
  lots: number;
  points: number;
  pending: boolean;
  /** SQL of the instants of a lot; `k` is its number with the member. */
  usable: string;
  ends: string;
}

/** SQL that makes members of program 1 with such lots, and the transfers, entries and balances that led to them. */
export function pastLots({ first, last, lots, points, pending, usable, ends }: PastLots): string {
  const account = pending ? 'pending' : 'available';
  return `
insert into member (program_id, id, joined_at, referral_code) overriding system value
  select 1, g, now() - interval '400 days', 'code' || g from generate_series(${first}, ${last}) g on conflict do nothing;
insert into account (program_id, member_id, unit, kind, balance, version)
  select 1, g, 'points', '${account}', ${lots}::bigint * ${points}, ${lots} from generate_series(${first}, ${last}) g;
insert into account as a (program_id, member_id, unit, kind) values (1, 0, 'points', 'issued') on conflict do nothing;
create temp table past on commit drop as
  select nextval('transfer_id_seq') as id, m, k, row_number() over (order by m, k) as n, 'order:1/${account}-' || m || '-' || k as cause
  from generate_series(${first}, ${last}) m, generate_series(1, ${lots}) k;
insert into transfer (id, program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
  select id, 1, now() - interval '390 days', m, 'points', cause, 'earn', 0, 'issued', m, '${account}', cause, ${points} from past;
insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after)
  select 1, a.id, k, past.id, ${points}, k * ${points}
  from past join account a on a.program_id = 1 and a.member_id = m and a.kind = '${account}';
insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after)
  select 1, a.id, a.version + n, past.id, -${points}, a.balance - n * ${points}
  from past join account a on a.program_id = 1 and a.member_id = 0 and a.kind = 'issued';
update account set version = version + (select count(*) from past), balance = balance - (select count(*) from past) * ${points}
  where program_id = 1 and member_id = 0 and kind = 'issued';
insert into lot (program_id, member_id, unit, of, given, remaining, matured, earned_at, usable_at, ends_at)
  select 1, m, 'points', cause, ${points}, ${points}, ${!pending}, now() - interval '390 days', ${usable}, ${ends} from past;`;
}

export const PROGRAM_1 = `insert into program (id, name, zone, money_code, money_exponent) values (1, 'Program', 'Europe/Amsterdam', 'EUR', 2)`;
