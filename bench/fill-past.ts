import type { KnownOrder, RuleVersion } from '../src/rules/known.js';
import type { ProgramRules } from '../src/rules/program-rules.js';
import { comparePast, type Past } from '../src/simulation/compare-past.js';
import { madePage, madePast } from '../src/simulation/made-past.js';
import type { BenchDatabase } from './postgres.js';

/** Program 1 with a past: members, what they bought, what they brought back and what they redeemed, as the product keeps it. */
export async function fillPast(
  database: BenchDatabase,
  rules: ProgramRules,
  { members, seed, now }: { members: number; seed: number; now: number },
): Promise<number> {
  const published: RuleVersion[] = [{ version: 1, from: 0, rules }];
  await database.sql(
    `insert into program (id, name, zone, money_code, money_exponent) values (1, 'Past', $1, 'EUR', 2)`,
    [rules.zone],
  );
  await database.sql(
    `insert into rule_set (program_id, version, in_force_from, rules) values (1, 1, '2020-01-01Z', $1)`,
    [JSON.stringify(rules)],
  );
  await database.sql(
    `insert into store (id, program_id, platform, key, url, status, installed_at, money_code, money_exponent, zone)
    overriding system value values (1, 1, 'shopify', 'past.myshopify.com', 'https://past.myshopify.com', 'active', '2020-01-01Z',
    'EUR', 2, $1)`,
    [rules.zone],
  );
  let orders = 0;
  for (let first = 0; first < members; first += 500) {
    orders += await fillPage(database, published, { members, seed, now }, first, Math.min(first + 500, members));
  }
  await database.sql('vacuum analyze member, customer_link, order_state, activity, redemption');
  return orders;
}

async function fillPage(
  database: BenchDatabase,
  published: RuleVersion[],
  making: { members: number; seed: number; now: number },
  first: number,
  end: number,
): Promise<number> {
  const rules = published.map((version) => version.rules);
  const page = madePage(rules, making, first, end);
  const granted = await grantedOf({ ...madePast(rules, making), pages: () => [page] }, published, making.now);
  const { members, orders, reservations } = page.known;
  await database.sql(
    `insert into member (program_id, id, joined_at, referral_code) overriding system value
     select 1, x.id + 1, x.joined, 'code' || x.id from jsonb_to_recordset($1) x (id bigint, joined timestamptz)`,
    [JSON.stringify(members.map(({ id, joined }) => ({ id, joined: new Date(joined) })))],
  );
  await database.sql(
    `insert into customer_link (program_id, store_id, customer, member_id, linked_at)
     select 1, 1, id - 1, id, joined_at from member where id between $1 and $2`,
    [first + 1, end],
  );
  await database.sql(
    `insert into redemption (program_id, id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state,
       made_at, expires_at, cart)
     select 1, gen_random_uuid(), 1, x.member + 1, x.reward, x.unit, x.points, x.off, x.points, x.code, 'captured', 'killed',
       x.at, x.at, '{}' from jsonb_to_recordset($1) x (member bigint, reward text, unit text, points bigint, off bigint, code text,
       at timestamptz)`,
    [
      JSON.stringify(
        reservations
          .filter(({ id }) => granted.has(id))
          .map(({ id, at, ...one }) => ({ ...one, code: codeOf(id), at: new Date(at) })),
      ),
    ],
  );
  await database.sql(
    `insert into order_state (program_id, store_id, order_id, version, snapshot, customer, member_id, placed_at)
     select 1, 1, x.snapshot ->> 'id', x.at, x.snapshot, x.customer, x.customer::bigint + 1, x.at
     from jsonb_to_recordset($1) x (snapshot jsonb, customer text, at timestamptz)`,
    [JSON.stringify(orders.map((order) => rowOf(order, granted)))],
  );
  return orders.length;
}

/** Redemptions whose points were there: the others nobody made. */
async function grantedOf(past: Past, published: RuleVersion[], now: number): Promise<Set<string>> {
  const granted = new Set<string>();
  const draft = { rules: published[0]?.rules as ProgramRules, since: null };
  await comparePast({ past, published, draft, now }, ({ before }) => {
    for (const [id, { state }] of Object.entries(before.redemptions)) if (state !== 'refused') granted.add(id);
  });
  return granted;
}

const codeOf = (redemption: string) => redemption.toUpperCase();

function rowOf({ redemptions, grants: _, store: __, ...order }: KnownOrder, granted: ReadonlySet<string>) {
  const customer = order.customer?.slice('made/'.length) ?? '';
  const codes = redemptions.filter(({ id }) => granted.has(id)).map(({ id, off }) => ({ code: codeOf(id), off }));
  const snapshot = { ...order, id: order.id.slice('made/'.length), name: null, customer, codes, referral: null };
  return { snapshot, customer, at: new Date(order.placed) };
}
