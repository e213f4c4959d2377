/** Where the rows go: as the superuser, set by set. */
export type Sql = (text: string, values?: unknown[]) => Promise<unknown>;

export interface Many {
  /** Of the program and its one store, as digits. */
  program: string;
  store: string;
  /** How many; their ids are FIRST + 1 to FIRST + members. */
  members: number;
  /** One of so many orders, and has what comes of it; absent = everybody does. */
  buysEach?: number;
  /** ISO; what happened lies in the two years before it. */
  now: string;
}

/** Above whatever was there before. */
export const FIRST = 1_000_000;

/** An order of 10.00 as src/loyalty/stored-order.ts keeps it. */
const SNAPSHOT = `jsonb_build_object('id', id, 'name', '#' || id, 'at', at, 'channel', 'web', 'customer', member::text, 'mailbox', null,
  'phone', null, 'placed', at, 'paid', at, 'fulfilled', at, 'cancelled', null, 'test', false, 'tip', 0, 'outstanding', 0, 'giftCardPaid', 0,
  'refunds', '[]'::jsonb, 'disputes', '[]'::jsonb, 'codes', '[]'::jsonb, 'referral', null, 'shipping', '{"net": 0, "tax": 0}'::jsonb,
  'money', '{"code": "EUR", "exponent": 2}'::jsonb, 'lines', '[{"id": "1", "kind": "product", "product": "12", "categories": [],
  "tags": [], "quantity": 1, "net": 1000, "tax": 0, "discount": 0}]'::jsonb)`;
const EXPLANATION = `'{"lines": {"1": {"points": "10"}}, "extra": {}, "missed": [], "promotions": {}, "because": [{"rule": "base",
  "kind": "rate", "unit": "points", "exact": "10", "figures": {"base": 1000, "points": "1", "per": 100}, "line": "1"}]}'::jsonb`;

/**
 * A program of very many members, each (or each nth) with two orders of ten points, and with what shops have beside: redemptions,
 * reviews, referrals, adjustments, effects, answers, stickers, an import. The books are sound. Persons are whoever calls's to keep.
 */
export async function fillMembers(sql: Sql, many: Many): Promise<void> {
  for (const text of [...members(many), ...books(many), ...besides(many)]) await sql(text);
  await sql('vacuum analyze');
}

const members = ({ program, store, members: n, now, buysEach = 1 }: Many): string[] => [
  `insert into member (program_id, id, joined_at, referral_code, mailbox, phone, enrolled_by) overriding system value
   select ${program}, ${FIRST} + g, timestamptz '${now}' - interval '700 days' + g::float8 / ${n} * interval '600 days', 'M' || ${FIRST} + g,
     'mailbox ' || g, 'phone ' || g, case when g % 7 = 0 then 'staff:1' end from generate_series(1, ${n}) g`,
  `create unlogged table made_order as select id as member, 'N' || id || '-' || o as id, 'order:${store}/N' || id || '-' || o as key,
     o as seq, joined_at + o * (id % 40 + 1) * interval '1 day' as placed,
     (extract(epoch from joined_at + o * (id % 40 + 1) * interval '1 day') * 1000)::bigint as at
   from member, generate_series(1, 2) o where program_id = ${program} and id > ${FIRST} and id % ${buysEach} = 0`,
  `insert into customer_link (program_id, store_id, customer, member_id, linked_at)
   select ${program}, ${store}, id::text, id, joined_at from member where program_id = ${program} and id > ${FIRST}`,
  `insert into order_state (program_id, store_id, order_id, version, snapshot, customer, member_id, placed_at)
   select ${program}, ${store}, id, placed, ${SNAPSHOT}, member::text, member, placed from made_order`,
  `insert into decision (program_id, activity, member_id, reason, gives, rule_version, explanation)
   select ${program}, key, member, 'earned', '{"points": "10"}', 1, ${EXPLANATION} from made_order`,
];

/** Each order's ten points: issued by the program, the member's at once, for ever. */
const books = ({ program }: Many): string[] => [
  `insert into lot (program_id, member_id, unit, of, given, remaining, matured, earned_at, usable_at)
   select ${program}, member, 'points', key, 10, 10, true, placed, placed from made_order`,
  `insert into account (program_id, member_id, unit, kind) values (${program}, 0, 'points', 'issued') on conflict do nothing`,
  `insert into account (program_id, member_id, unit, kind, balance, version)
   select ${program}, member, 'points', 'available', 20, 2 from made_order where seq = 1`,
  `insert into member_books (program_id, member_id, unit) select ${program}, member, 'points' from made_order where seq = 1`,
  `insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
   select ${program}, placed, member, 'points', key, 'earn', 0, 'issued', member, 'available', key, 10 from made_order order by member, seq`,
  `create unlogged table made_transfer as select id, member_id, row_number() over (partition by member_id order by id) as seq,
     row_number() over (order by id) as n from transfer where program_id = ${program} and member_id > ${FIRST}`,
  `insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after)
   select ${program}, a.id, t.seq, t.id, 10, t.seq * 10 from made_transfer t
   join account a on a.program_id = ${program} and a.member_id = t.member_id and a.unit = 'points' and a.kind = 'available'`,
  `insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after)
   select ${program}, a.id, a.version + t.n, t.id, -10, a.balance - t.n * 10 from made_transfer t
   join account a on a.program_id = ${program} and a.member_id = 0 and a.unit = 'points' and a.kind = 'issued'`,
  `update account set version = version + n, balance = balance - 10 * n from (select count(*) as n from made_transfer) t
   where program_id = ${program} and member_id = 0 and unit = 'points' and kind = 'issued'`,
  'drop table made_transfer',
];

const besides = ({ program, store, members: n, now }: Many): string[] => [
  `insert into redemption (program_id, store_id, member_id, reward, unit, points, off, net_points, code, state, code_state, made_at,
     expires_at, released_at, cart)
   select ${program}, ${store}, member, 'five', 'points', 20, 500, 20, 'C' || member, 'released', 'killed', placed, placed, placed, '{}'
   from made_order where seq = 1`,
  `insert into activity (program_id, kind, key, store_id, member_id, subject, at, facts)
   select ${program}, case when member % 2 = 0 then 'review' else 'visit' end, 'made-' || id, ${store}, member, '${store}/' || member,
     placed, jsonb_build_object('written', at, 'product', '12', 'status', 'approved', 'photo', false) from made_order`,
  `insert into activity (program_id, kind, key, store_id, subject, at, facts)
   select ${program}, 'referral', 'made-' || id, ${store}, '${store}/' || member, placed, jsonb_build_object('code', 'M' || member)
   from made_order where seq = 2`,
  `insert into consent (program_id, member_id, channel, given, text, source, at)
   select ${program}, member, 'mail', true, 'Yes', 'join', placed from made_order where seq = 1`,
  `insert into adjustment (program_id, id, member_id, unit, points, reason, asked_by, asked_at, state, decided_by, decided_at)
   select ${program}, 'made-' || member, member, 'points', 5, 'late', 'staff:1', placed, 'refused', 'staff:2', placed
   from made_order where seq = 1`,
  `insert into audit_event (program_id, at, actor, what, facts)
   select ${program}, placed, 'staff:1', 'member.adjusted', jsonb_build_object('member', member) from made_order`,
  `insert into outbox (program_id, store_id, shard, kind, subject, status, done_at)
   select ${program}, ${store}, 0, 'mirror-balance', member::text, 1, placed from made_order`,
  `insert into inbox (program_id, store_id, shard, topic, subject, body_hash, status)
   select ${program}, ${store}, 0, 'orders/create', id, sha256(id::bytea), 1 from made_order`,
  `insert into survey_answer (program_id, survey, member_id, answers, answered_at)
   select ${program}, 'taste', member, '{"q": ["Dark"]}', placed from made_order where seq = 1`,
  `insert into shown_name (program_id, member_id, name, agreed_at)
   select ${program}, member, 'Bean ' || member, placed from made_order where seq = 1 and member % 10 = 0`,
  `insert into customer_state (program_id, store_id, customer, roles, tags, version)
   select ${program}, ${store}, member::text, '{}', '{}', placed from made_order where seq = 1`,
  `insert into sticker_batch (program_id, key, unit, made_by, made_at) values (${program}, 'made', 'points', 'staff:1', '${now}')`,
  `insert into sticker (program_id, hash, batch, n) select ${program}, sha256(id::bytea), 'made', row_number() over () from made_order`,
  `insert into import_file (program_id, name, state, encoding, asked_by, rows, parts)
   values (${program}, 'made.csv', 'checked', 'utf-8', 'staff:1', ${n}, 0)`,
  `insert into import_line (program_id, import_id, line, member_id, origin, unit, points)
   select ${program}, f.id, member - ${FIRST}, member, 'Old club', 'points', 5
   from made_order, import_file f where f.program_id = ${program} and f.name = 'made.csv' and seq = 1`,
  `insert into import_problem (program_id, import_id, line, reason)
   select ${program}, f.id, ${n} + member - ${FIRST}, 'no-email' from made_order, import_file f
   where f.program_id = ${program} and f.name = 'made.csv' and seq = 1`,
  `insert into level_move (program_id, member_id, nth, at, kind, was, level)
   select ${program}, member, seq, placed, case seq when 1 then 'joined' else 'rose' end, case seq when 2 then 'plain' end,
     case seq when 1 then 'plain' else 'gold' end from made_order`,
  `insert into member_level (program_id, member_id, level)
   select ${program}, member, case when member % 10 = 0 then 'gold' else 'plain' end from made_order where seq = 1`,
  'drop table made_order',
];
