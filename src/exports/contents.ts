/** One file of an export: what it is called, and the rows that it holds, each a JSON object; `t` is the table. */
export interface Content {
  file: string;
  /** Of a CSV, in this order; absent = a line of JSON a row. */
  columns?: readonly string[];
  from: string;
  /** SQL of the row; absent = all columns but the program's. */
  row?: string;
  where?: string;
  order: string;
}

const csv = (file: string, from: string, columns: readonly string[], order: string): Content => ({
  ...{ file: `${file}.csv`, from, columns, order },
  row: `json_build_object(${columns.map((name) => `'${name}', t.${name}`).join(', ')})`,
});
const lines = (file: string, from: string, order: string, more: Partial<Content> = {}): Content => ({
  ...{ file: `${file}.ndjson`, from, order },
  ...more,
});

/** Posted balances of a member, by unit. */
const BALANCES = `(select json_object_agg(a.unit, a.has) from (
  select unit, json_object_agg(kind, balance) as has from account where program_id = t.program_id and member_id = t.id group by unit) a)`;

/** Tokens of mailboxes are of no use without our keys. */
const TOKENLESS = "(t.snapshot - 'mailbox' - 'phone')";
const ACTIVITY = `json_build_object('kind', t.kind, 'key', t.key, 'store_id', t.store_id, 'member', t.member_id, 'subject', t.subject,
  'at', t.at, 'facts', t.facts - 'mailbox', 'arrived_at', t.arrived_at)`;

/**
 * All that a program has, in an order in which it could be put back; a member is known by `number` throughout. Left out are secrets, raw
 * deliveries, and what is made from the rest.
 */
export const CONTENTS: readonly Content[] = [
  {
    file: 'members.csv',
    from: 'member',
    // the columns of the units and of the person are put in where the file is written
    columns: ['number', 'id', 'joined', 'status', 'merged_into', 'code'],
    row: `json_build_object('number', t.id, 'id', t.public_id, 'joined', t.joined_at, 'status',
      case when t.status = 'active' and t.blocked_at is not null then 'blocked' else t.status end, 'merged_into', t.merged_into,
      'code', t.referral_code, 'balances', ${BALANCES})`,
    order: 't.id',
  },
  lines('versions', 'rule_set', 't.version'),
  csv(
    'stores',
    'store',
    ['id', 'platform', 'key', 'url', 'status', 'installed_at', 'uninstalled_at', 'money_code', 'zone'],
    't.id',
  ),
  csv('customers', 'customer_link', ['store_id', 'customer', 'member_id', 'linked_at'], 't.store_id, t.customer'),
  csv('consents', 'consent', ['id', 'member_id', 'channel', 'given', 'text', 'source', 'at'], 't.id'),
  lines('orders', 'order_state', 't.store_id, t.order_id', {
    row: `json_build_object('store_id', t.store_id, 'order_id', t.order_id, 'member', t.member_id, 'customer', t.customer, 'placed_at',
      t.placed_at, 'version', t.version, 'grants', t.grants, 'snapshot', ${TOKENLESS})`,
  }),
  lines('referrals', 'activity', 't.kind, t.key', { where: "t.kind in ('referral', 'friend')", row: ACTIVITY }),
  lines('reviews', 'activity', 't.kind, t.key', { where: "t.kind = 'review'", row: ACTIVITY }),
  lines('activities', 'activity', 't.kind, t.key', {
    where: "t.kind not in ('referral', 'friend', 'review')",
    row: ACTIVITY,
  }),
  lines('answers', 'survey_answer', 't.survey, t.member_id'),
  lines('decisions', 'decision', 't.activity'),
  csv(
    'redemptions',
    'redemption',
    [
      ...[
        'id',
        'store_id',
        'member_id',
        'reward',
        'unit',
        'points',
        'off',
        'code',
        'state',
        'code_state',
        'made_at',
        'expires_at',
      ],
      ...['released_at', 'order_id', 'given_at', 'by_hand', 'of_stock'],
    ],
    't.id',
  ),
  csv('stock', 'reward_stock', ['reward', 'received', 'taken'], 't.reward'),
  csv(
    'cause-receipts',
    'cause_payout',
    ['id', 'cause', 'month', 'members', 'shop', 'paid_on', 'reference', 'paid_by', 'noted_at'],
    't.id',
  ),
  csv(
    'adjustments',
    'adjustment',
    [
      ...[
        'id',
        'member_id',
        'unit',
        'points',
        'reason',
        'asked_by',
        'asked_at',
        'state',
        'decided_by',
        'decided_at',
        'said',
        'undoes',
      ],
    ],
    't.id',
  ),
  csv(
    'transfers',
    'transfer',
    [
      ...[
        'id',
        'at',
        'posted_at',
        'member_id',
        'unit',
        'cause',
        'kind',
        'from_member',
        'from_account',
        'to_member',
        'to_account',
        'lot',
      ],
      ...['points', 'seq'],
    ],
    't.id',
  ),
  csv(
    'lots',
    'lot',
    [
      ...[
        'member_id',
        'unit',
        'of',
        'given',
        'remaining',
        'lapsed',
        'drawn',
        'matured',
        'earned_at',
        'usable_at',
        'ends_at',
      ],
    ],
    't.member_id, t.unit, t.of',
  ),
  csv('uses', 'lot_use', ['member_id', 'unit', 'spending', 'lot', 'points'], 't.member_id, t.unit, t.spending, t.lot'),
  lines('audit', 'audit_event', 't.id'),
];

const of = ({ from, where = 'true' }: Content) => `from ${from} t where t.program_id = $1 and ${where}`;

/** How many rows there are of each, by the file's place. */
export const COUNTS = CONTENTS.map((one, i) => `select ${i} as place, count(*)::int as rows ${of(one)}`).join(
  ' union all ',
);

/** All rows as of one instant: one statement sees one. */
export const ROWS = CONTENTS.map((one, i) => {
  const row = one.row ?? "(to_jsonb(t) - 'program_id')";
  return `(select ${i} as place, ${row}::text as row ${of(one)} order by ${one.order})`;
}).join(' union all ');
