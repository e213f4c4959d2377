const MADE = 'made from the rest';
const WAY_IN = 'a secret: whoever has it gets in';
const WORK = 'work that waits or is under way';

/** Tables of which an export has nothing, or nothing of its own, and why; docs/exports.md says the same. */
export const LEFT_OUT: Readonly<Record<string, string>> = {
  account: 'made from the rest: the sum of transfers; `members.csv` has what each member has',
  ceiling: 'made from the rest: the sum of the `grants` of orders',
  connection: WORK,
  desk_session: WAY_IN,
  entry: 'made from the rest: each transfer is two of them',
  export_file: 'exports themselves',
  export_part: 'exports themselves',
  import_part: 'the rows of a file as they came, thrown away when its import ends',
  inbox: `${WORK}: deliveries; what they told is in the rest`,
  level_count: MADE,
  level_move: `${MADE}: orders, visits and the versions of the rules`,
  member_books: MADE,
  member_level: MADE,
  member_pii: 'sealed; `members.csv` has the persons where names are asked for',
  member_word: `${MADE}: by which members are found`,
  migration: 'not of a program',
  outbox: WORK,
  passkey: WAY_IN,
  reconciliation: WORK,
  rejudging: WORK,
  sign_in_link: WAY_IN,
  simulation: `${MADE}: what a draft would have done; the last twenty are kept`,
  store_secret: WAY_IN,
};
