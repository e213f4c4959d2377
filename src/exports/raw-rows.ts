import { CONTENTS } from './contents.js';

/** What of a table's columns opens something, or is a hash of what does. */
const SECRET: Readonly<Record<string, readonly string[]>> = {
  activity: ['mailbox'],
  api_key: ['hash'],
  import_line: ['mailbox'],
  member: ['mailbox', 'phone'],
  order_state: ['mailbox'],
  redemption: ['idempotency_key', 'request_hash'],
  sticker: ['hash'],
  // where review apps send to, by a token of ours
  store: ['installation', 'settings'],
};
/** What of such a column may be told all the same. */
const TOLD: Readonly<Record<string, string>> = {
  activity: "jsonb_build_object('facts', t.facts - 'mailbox')",
  order_state: "jsonb_build_object('snapshot', t.snapshot - 'mailbox' - 'phone')",
  store: "jsonb_build_object('settings', t.settings - 'reviews')",
};

/** Every table of which an export has something, and each member's accounts, in an order in which they could be put back. */
const TABLES = [
  ...new Map(CONTENTS.map(({ from, of = 't.program_id', order }) => [from, { from, of, order }])).values(),
  { from: 'account', of: 't.program_id', order: 't.id' },
];

/** All rows of program $1 just as they are kept, as `of` (the table) and `row` (JSON): one statement sees one instant. */
export const RAW_ROWS = TABLES.map(({ from, of, order }) => {
  const without = (SECRET[from] ?? []).map((name) => ` - '${name}'`).join('');
  const told = TOLD[from] === undefined ? '' : ` || ${TOLD[from]}`;
  return `(select '${from}' as of, (to_jsonb(t)${without}${told})::text as row from ${from} t where ${of} = $1 order by ${order})`;
}).join(' union all ');
