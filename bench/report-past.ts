import type { BenchDatabase } from './postgres.js';

/** One shop over seven years, as busy at all times: so many members, and as many customers again who never joined. */
export interface ReportPast {
  members: number;
  /** Orders of all of them together. */
  orders: number;
}

/** When it ends. */
export const NOW = Date.UTC(2026, 10, 20);

/** Some order often and most seldom: the square of chance gives a tenth of the customers a third of the orders. */
const ORDERS = `
  insert into order_state (program_id, store_id, order_id, version, snapshot, placed_at, customer, member_id)
  select 1, 1, (g + $1::bigint)::text, at, s, at, who::text, case when who <= $3::bigint then who end
  from (
    select g, timestamptz '2026-11-20' - random() * interval '2555 days' as at, floor(power(random(), 2) * 2 * $3::bigint)::bigint as x,
      random() as luck
    from generate_series(1, $2::bigint) g
  ) o
  cross join lateral (select 1 + (x * 7919) % (2 * $3::bigint) as who) w
  cross join lateral (select jsonb_build_object('paid', 1, 'cancelled', null, 'test', false, 'mailbox', null, 'name', '#' || g,
    'money', '{"code":"EUR","exponent":2}'::jsonb, 'refunds', '[]'::jsonb, 'filler', repeat(md5(g::text), 12),
    'lines', jsonb_build_array(jsonb_build_object('id', 'a', 'kind', 'product', 'net', 500 + floor(9000 * luck * luck), 'tax', 0))) as s) b`;

/** Fifty points of each member's order, for a year: of three in ten they are used 20 to 300 days later, of the others they lapse. */
const BOOKS = [
  `create unlogged table made as
   select member_id as m, 'order:1/' || order_id as key, placed_at as at, placed_at + interval '365 days' as ends,
     case when order_id::bigint % 10 < 3 then placed_at + (20 + order_id::bigint % 280) * interval '1 day' end as used
   from order_state where program_id = 1 and member_id is not null`,
  `update made set used = null where used >= '2026-11-20'`,
  `insert into lot (program_id, member_id, unit, of, given, remaining, lapsed, drawn, matured, earned_at, usable_at, ends_at)
   select 1, m, 'points', key, 50, case when used is null and ends >= '2026-11-20' then 50 else 0 end,
     case when used is null and ends < '2026-11-20' then 50 else 0 end, case when used is null then 0 else 50 end, true, at, at, ends
   from made`,
  `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
   select 1, at, m, 'points', key, 'earn', 0, 'issued', m, 'available', key, 50 from made
   union all select 1, used, m, 'points', 'redemption:' || key, 'spend', m, 'available', 0, 'redeemed', key, 50 from made where used is not null
   union all select 1, ends, m, 'points', key, 'expire', m, 'available', 0, 'expired', key, 50 from made
     where used is null and ends < '2026-11-20'`,
  `insert into account (program_id, member_id, unit, kind, balance, version)
   select 1, member_id, 'points', 'available', sum(remaining), 1 from lot group by member_id`,
  `insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after)
   select 1, a.id, 1, t.id, a.balance, a.balance from account a join (
     select member_id, max(id) as id from transfer where kind = 'earn' group by member_id) t using (member_id) where a.balance > 0`,
  'drop table made',
];

const AT_ONCE = 100_000;

export async function settleReportPast(
  database: BenchDatabase,
  { members, orders }: ReportPast,
  say: (line: string) => void,
): Promise<void> {
  await database.sql(
    "insert into program (id, name, zone, money_code, money_exponent) values (1, 'Big', 'Europe/Amsterdam', 'EUR', 2)",
  );
  await database.sql(
    `insert into store (id, program_id, platform, key, url, status, money_code, money_exponent, zone) overriding system value
     values (1, 1, 'shopify', 'big', 'https://big.test', 'active', 'EUR', 2, 'Europe/Amsterdam')`,
  );
  await database.sql(
    `insert into member (program_id, id, joined_at, referral_code) overriding system value
     select 1, g, timestamptz '2026-11-20' - random() * interval '2555 days', 'R' || g from generate_series(1, $1::bigint) g`,
    [members],
  );
  for (let done = 0; done < orders; done += AT_ONCE) {
    await database.sql(ORDERS, [done, Math.min(AT_ONCE, orders - done), members]);
    say(`orders: ${done + AT_ONCE} of ${orders}`);
  }
  for (const text of BOOKS) await database.sql(text);
  say('what they gave, what was used of it and what lapsed');
  await database.sql('vacuum analyze');
}
