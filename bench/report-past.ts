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
  await database.sql('vacuum analyze');
}
