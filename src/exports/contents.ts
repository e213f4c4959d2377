/** One file of an export: what it is called, and the rows that it holds, each a JSON object; `t` is the table. */
export interface Content {
  file: string;
  /** Of a CSV, in this order; absent = a line of JSON a row. */
  columns?: readonly string[];
  from: string;
  /** SQL of the row; absent = all columns but the program's and those that it is without. */
  row?: string;
  /** Columns of the table that the file does not have; docs/exports.md says why. */
  without?: readonly string[];
  /** Left empty in an export without names. */
  personal?: readonly string[];
  where?: string;
  /** Whose the row is; absent = `t.program_id`. */
  of?: string;
  order: string;
}

type More = Pick<Content, 'without' | 'personal' | 'where' | 'of' | 'row'>;
type CsvMore = More & {
  /** Columns that are worked out, and what the writer needs beside them: their SQL. */
  made?: Readonly<Record<string, string>>;
};

const csv = (
  file: string,
  from: string,
  columns: string,
  order: string,
  { made = {}, ...more }: CsvMore = {},
): Content => {
  const names = columns.split(/\s+/);
  const pairs = [...new Set([...names, ...Object.keys(made)])].map((name) => `'${name}', ${made[name] ?? `t.${name}`}`);
  return {
    ...{ file: `${file}.csv`, from, columns: names, order, ...more },
    row: `json_build_object(${pairs.join(', ')})`,
  };
};
const lines = (file: string, from: string, order: string, more: More = {}): Content => ({
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
const OF_ACTIVITY = { row: ACTIVITY, without: ['mailbox'] };
/** What a worker notes while it is at it. */
const UNDER_WAY = ['parts', 'lease_until', 'attempts', 'done', 'turn'];
const showing = (name: string, without: string) => `coalesce(t.settings #> '{showing,${name}}', '${without}')`;

/** The program as it is ruled, and where it runs. */
const PROGRAM: readonly Content[] = [
  csv('program', 'program', 'id name zone money_code money_exponent created_at', 't.id', { of: 't.id' }),
  lines('versions', 'rule_set', 't.version'),
  lines('draft', 'draft', 't.updated_at'),
  csv(
    'stores',
    'store',
    'id platform key url status installed_at uninstalled_at money_code money_exponent zone share accent corner',
    't.id',
    {
      without: ['installation', 'generation', 'settings', 'heard_at'],
      made: {
        share: showing('share', '100'),
        accent: `t.settings #>> '{showing,accent}'`,
        corner: `coalesce(t.settings #>> '{showing,corner}', 'end')`,
      },
    },
  ),
  lines('products', 'product_state', 't.store_id, t.product'),
  csv('stock', 'reward_stock', 'reward received taken', 't.reward'),
  csv('forecasts', 'forecast', 'promotion unit points open_hours together from_at', 't.promotion'),
  csv('targets', 'target', 'what aim set_by set_at', 't.what'),
  csv('trials', 'reward_trial', 'id name one other measure salt began_at ends_at closed_at begun_by', 't.id'),
];

/** What members are and did. */
const MEMBERS: readonly Content[] = [
  csv('customers', 'customer_link', 'store_id customer member_id linked_at', 't.store_id, t.customer'),
  lines('customer-marks', 'customer_state', 't.store_id, t.customer'),
  csv('households', 'household_member', 'member_id head_id from_at until_at', 't.member_id, t.from_at'),
  csv('shown-names', 'shown_name', 'member_id name agreed_at', 't.member_id', { personal: ['name'] }),
  csv('consents', 'consent', 'id member_id channel given text source at', 't.id'),
  lines('orders', 'order_state', 't.store_id, t.order_id', {
    row: `json_build_object('store_id', t.store_id, 'order_id', t.order_id, 'member', t.member_id, 'customer', t.customer, 'placed_at',
      t.placed_at, 'version', t.version, 'removed', t.removed, 'imported', t.imported, 'first_seen_at', t.first_seen_at,
      'updated_at', t.updated_at, 'paid_arrival', t.paid_arrival, 'grants', t.grants, 'snapshot', ${TOKENLESS})`,
    without: ['mailbox', 'number', 'brought', 'brought_in'],
  }),
  lines('referrals', 'activity', 't.kind, t.key', { where: "t.kind in ('referral', 'friend')", ...OF_ACTIVITY }),
  lines('reviews', 'activity', 't.kind, t.key', { where: "t.kind = 'review'", ...OF_ACTIVITY }),
  lines('activities', 'activity', 't.kind, t.key', {
    where: "t.kind not in ('referral', 'friend', 'review')",
    ...OF_ACTIVITY,
  }),
  lines('answers', 'survey_answer', 't.survey, t.member_id'),
  csv('leaderboard-ends', 'leaderboard_end', 'board period ended_at', 't.board, t.period'),
];

/** What that gave, and what became of it. */
const BOOKS: readonly Content[] = [
  lines('decisions', 'decision', 't.activity'),
  csv(
    'redemptions',
    'redemption',
    `id store_id member_id reward unit points net_points off code state code_state made_at expires_at released_at order_id given_at
      by_hand of_stock`,
    't.id',
    { without: ['cart', 'code_ref', 'idempotency_key', 'request_hash'] },
  ),
  csv('sticker-batches', 'sticker_batch', 'key unit made_by made_at ends_at', 't.key'),
  csv('stickers', 'sticker', 'batch n voided redemption', 't.batch, t.n', { without: ['hash'] }),
  csv('cause-receipts', 'cause_payout', 'id cause month members shop paid_on reference paid_by noted_at', 't.id'),
  csv(
    'transfers',
    'transfer',
    'id at posted_at member_id unit cause kind from_member from_account to_member to_account lot points seq',
    't.id',
  ),
  csv(
    'lots',
    'lot',
    'member_id unit of given remaining lapsed drawn matured earned_at usable_at ends_at',
    't.member_id, t.unit, t.of',
  ),
  csv('uses', 'lot_use', 'member_id unit spending lot points', 't.member_id, t.unit, t.spending, t.lot'),
];

/** Who works at the desk, and what they did by hand. */
const DESK: readonly Content[] = [
  csv('staff', 'staff', 'id name email platform_user role locale added_at removed_at', 't.id', {
    personal: ['name', 'email', 'platform_user'],
  }),
  csv('keys', 'api_key', 'id name created_at last_used_at revoked_at', 't.id', { without: ['hash'] }),
  csv('limits', 'adjustment_limit', 'role alone at_once a_day', 't.role'),
  csv(
    'adjustments',
    'adjustment',
    'id member_id unit points reason asked_by asked_at state decided_by decided_at said undoes',
    't.id',
  ),
  csv(
    'bulk-changes',
    'bulk_adjustment',
    `id kind unit points reason state asked_by asked_at members total short left_out decided_by decided_at said given_members
      given_points undone_members cancelled undone_by undo_reason finished_at error`,
    't.asked_at, t.id',
    { without: UNDER_WAY },
  ),
  csv('bulk-members', 'bulk_adjustment_member', 'bulk_id n member_id points state given held_at', 't.bulk_id, t.n'),
  lines('imports', 'import_file', 't.asked_at, t.id', { without: [...UNDER_WAY, 'columns', 'encoding', 'separator'] }),
  csv(
    'import-lines',
    'import_line',
    'import_id line member_id origin unit points ends level state',
    't.import_id, t.line',
    {
      without: ['mailbox'],
    },
  ),
  csv('import-problems', 'import_problem', 'import_id line reason of_line', 't.import_id, t.line'),
  lines('audit', 'audit_event', 't.id'),
];

/**
 * All that a program has, in an order in which it could be put back; a member is known by `number` throughout. Every table of
 * the schema is here or in `LEFT_OUT`.
 */
export const CONTENTS: readonly Content[] = [
  ...PROGRAM,
  csv(
    'members',
    'member',
    // the columns of the units and of the person are put in where the file is written
    'number id joined status merged_into code merged_at blocked_at enrolled_by brought_by',
    't.id',
    {
      made: {
        number: 't.id',
        id: 't.public_id',
        joined: 't.joined_at',
        status: `case when t.status = 'active' and t.blocked_at is not null then 'blocked' else t.status end`,
        code: 't.referral_code',
        balances: BALANCES,
      },
      without: ['mailbox', 'phone', 'kin'],
    },
  ),
  ...MEMBERS,
  ...BOOKS,
  ...DESK,
];

const rowsOf = ({ from, of = 't.program_id', where = 'true' }: Content) =>
  `from ${from} t where ${of} = $1 and ${where}`;

/** How many rows there are of each, by the file's place. */
export const COUNTS = CONTENTS.map((one, i) => `select ${i} as place, count(*)::int as rows ${rowsOf(one)}`).join(
  ' union all ',
);

const plainRow = ({ without = [] }: Content) =>
  `(to_jsonb(t) - array[${['program_id', ...without].map((name) => `'${name}'`).join(', ')}])`;

/** All rows as of one instant: one statement sees one. */
export const ROWS = CONTENTS.map(
  (one, i) => `(select ${i} as place, ${one.row ?? plainRow(one)}::text as row ${rowsOf(one)} order by ${one.order})`,
).join(' union all ');
