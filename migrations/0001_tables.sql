-- Everything is led by program_id: the tenant, the sharding key, and what row-level security looks at.
-- Foreign keys stand on slow tables only; the append path of the ledger has one writer (src/ledger) instead.

create table program (
  id bigint generated always as identity primary key,
  name text not null,
  zone text not null,
  money_code text not null,
  money_exponent smallint not null check (money_exponent in (0, 2, 3, 4)),
  created_at timestamptz not null default now()
);

create table rule_set (
  program_id bigint not null references program,
  version int not null check (version > 0),
  in_force_from timestamptz not null,
  rules jsonb not null,
  published_at timestamptz not null default now(),
  primary key (program_id, version)
);

create table store (
  id bigint generated always as identity primary key,
  program_id bigint not null references program,
  platform text not null,
  -- under which a delivery finds it: the shop's domain (Shopify), an unguessable path token (WooCommerce)
  key text not null,
  url text not null,
  -- the platform's own identity of the installation (WooCommerce store_id); a staging clone has another
  installation text,
  status text not null check (status in ('active', 'suspended', 'uninstalled')),
  generation int not null default 1,
  installed_at timestamptz not null default now(),
  uninstalled_at timestamptz,
  money_code text not null,
  money_exponent smallint not null,
  zone text not null,
  settings jsonb not null default '{}',
  unique (platform, key)
);

-- Sealed with AES-256-GCM; the additional data names table, store and kind, so that rows cannot be swapped.
create table store_secret (
  program_id bigint not null,
  store_id bigint not null references store,
  kind text not null,
  sealed bytea not null,
  created_at timestamptz not null default now(),
  expires_at timestamptz,
  primary key (store_id, kind, created_at)
);

create table member (
  program_id bigint not null,
  id bigint generated always as identity,
  public_id uuid not null default uuidv7(),
  joined_at timestamptz not null,
  status text not null default 'active' check (status in ('active', 'merged', 'redacted')),
  merged_into bigint,
  merged_at timestamptz,
  referral_code text not null,
  -- opaque tokens: keyed hashes of the normalised mailbox and phone, equal when the person's are
  mailbox text,
  phone text,
  primary key (program_id, id),
  unique (program_id, public_id),
  unique (program_id, referral_code)
);
create index member_mailbox on member (program_id, mailbox) where mailbox is not null;
create index member_merged on member (program_id, merged_into) where merged_into is not null;

create table member_pii (
  program_id bigint not null,
  member_id bigint not null,
  sealed bytea not null,
  primary key (program_id, member_id)
);

create table customer_link (
  program_id bigint not null,
  store_id bigint not null,
  customer text not null,
  member_id bigint not null,
  linked_at timestamptz not null,
  primary key (program_id, store_id, customer)
);
create index customer_link_member on customer_link (program_id, member_id);

create table consent (
  program_id bigint not null,
  id bigint generated always as identity,
  member_id bigint not null,
  channel text not null,
  given boolean not null,
  text text not null,
  source text not null,
  at timestamptz not null,
  primary key (program_id, id)
);

-- A raw delivery. body is sealed (personal data) and short-lived; the row outlives it, so that a replayed one is known.
create table inbox (
  id bigint generated always as identity primary key,
  program_id bigint not null,
  store_id bigint not null,
  shard smallint not null,
  topic text not null,
  -- null where equal bodies are legitimate (pokes)
  delivery_key text,
  subject text,
  body_hash bytea not null,
  body bytea,
  triggered_at timestamptz,
  received_at timestamptz not null default now(),
  status smallint not null default 0 check (status in (0, 1, 2)), -- waiting, done, dead
  attempts smallint not null default 0,
  next_at timestamptz not null default '-infinity',
  error text,
  processed_at timestamptz
) with (fillfactor = 90);
create unique index inbox_once on inbox (store_id, delivery_key) where delivery_key is not null;
create index inbox_waiting on inbox (shard, id) where status = 0;

-- The newest snapshot of an order: never personal data (mailbox and phone are opaque tokens).
create table order_state (
  program_id bigint not null,
  store_id bigint not null,
  order_id text not null,
  version timestamptz not null,
  body_hash bytea,
  snapshot jsonb not null,
  customer text,
  member_id bigint,
  placed_at timestamptz not null,
  removed boolean not null default false,
  -- parts of ceilings granted first come
  grants jsonb not null default '{}',
  -- history from before the installation: kept for rules and reports, awards nothing unless the owner asks
  imported boolean not null default false,
  first_seen_at timestamptz not null default now(),
  updated_at timestamptz not null default now(),
  primary key (program_id, store_id, order_id)
) with (fillfactor = 80);
create index order_state_member on order_state (program_id, member_id) where member_id is not null;
create index order_state_customer on order_state (program_id, store_id, customer) where customer is not null;

-- Everything else that happened, in its newest state, one row an activity. kind: join, review, referral, adjust, visit, claim, merge.
create table activity (
  program_id bigint not null,
  kind text not null,
  key text not null,
  store_id bigint,
  member_id bigint,
  -- what it is about, where it must be found by that: the customer of a referral or review
  subject text,
  at timestamptz not null,
  facts jsonb not null,
  arrived_at timestamptz not null default now(),
  primary key (program_id, kind, key)
);
create index activity_member on activity (program_id, member_id) where member_id is not null;
create index activity_subject on activity (program_id, kind, subject) where subject is not null;

create table decision (
  program_id bigint not null,
  activity text not null, -- order:<store>/<order>, review:..., referral:..., join:...
  member_id bigint,
  reason text not null,
  gives jsonb not null,
  rule_version int not null,
  explanation jsonb not null,
  decided_at timestamptz not null default now(),
  primary key (program_id, activity)
) with (fillfactor = 80);
create index decision_member on decision (program_id, member_id) where member_id is not null;

-- One balance an account. Members' accounts: available, pending, held, debt (<= 0). The program's (member_id 0): issued, redeemed, expired, forgiven.
create table account (
  program_id bigint not null,
  member_id bigint not null,
  unit text not null,
  kind text not null,
  balance bigint not null default 0,
  version bigint not null default 0,
  primary key (program_id, member_id, unit, kind),
  constraint never_overdrawn check (
    (kind in ('available', 'pending', 'held') and balance >= 0)
    or (kind = 'debt' and balance <= 0)
    or kind in ('issued', 'redeemed', 'expired', 'forgiven')
  )
) with (fillfactor = 80);

-- What the incremental way must know of a member before it may skip the replay.
create table member_books (
  program_id bigint not null,
  member_id bigint not null,
  unit text not null,
  -- the latest instant at which points of the member fell, were drawn or given back; a rise before it is "late"
  disturbed_at timestamptz,
  -- the next instant at which something changes without a new fact, apart from lots that mature or end
  due_at timestamptz,
  version bigint not null default 0,
  primary key (program_id, member_id, unit)
) with (fillfactor = 80);
create index member_books_due on member_books (due_at) where due_at is not null;

create table transfer (
  program_id bigint not null,
  id bigint generated by default as identity,
  -- when it happened (effective) and when it was posted
  at timestamptz not null,
  posted_at timestamptz not null default now(),
  member_id bigint not null,
  unit text not null,
  cause text not null,
  kind text not null,
  from_member bigint not null,
  from_account text not null,
  to_member bigint not null,
  to_account text not null,
  lot text not null default '',
  points bigint not null check (points > 0),
  -- 1, 2, ... for further postings under the same key; the unique key is what makes a repeated batch a no-op
  seq int not null default 1,
  primary key (program_id, id)
);
create unique index transfer_once on transfer (program_id, member_id, unit, cause, kind, from_account, to_account, lot, seq);

create table entry (
  program_id bigint not null,
  transfer_id bigint not null,
  member_id bigint not null,
  unit text not null,
  kind text not null,
  points bigint not null check (points <> 0),
  balance_after bigint not null,
  account_seq bigint not null,
  primary key (program_id, member_id, unit, kind, account_seq)
);

create table lot (
  program_id bigint not null,
  member_id bigint not null,
  unit text not null,
  of text not null,
  given bigint not null check (given >= 0),
  remaining bigint not null check (remaining >= 0),
  lapsed bigint not null default 0 check (lapsed >= 0),
  drawn bigint not null default 0,
  matured boolean not null,
  earned_at timestamptz not null,
  usable_at timestamptz not null,
  ends_at timestamptz not null default 'infinity',
  primary key (program_id, member_id, unit, of)
) with (fillfactor = 85);
create index lot_open on lot (program_id, member_id, unit, ends_at, earned_at, of) where remaining > 0 and matured;
create index lot_ending on lot (ends_at) where remaining > 0 and matured;
create index lot_maturing on lot (usable_at) where not matured and remaining > 0;

create table lot_use (
  program_id bigint not null,
  member_id bigint not null,
  unit text not null,
  spending text not null, -- redemption:<id>
  lot text not null,
  points bigint not null check (points >= 0),
  primary key (program_id, member_id, unit, spending, lot)
);

create table redemption (
  program_id bigint not null,
  id uuid not null default uuidv7(),
  store_id bigint not null,
  member_id bigint not null,
  reward text not null,
  unit text not null,
  points bigint not null,
  off bigint not null,
  -- what the member still has in it: the net points that its first order took
  net_points bigint not null,
  code text not null,
  state text not null check (state in ('held', 'captured', 'released', 'returned')),
  -- the platform's side: wanted -> live -> killed; failed = the platform refused, the points went back
  code_state text not null check (code_state in ('wanted', 'live', 'dying', 'killed', 'failed')),
  code_ref text,
  made_at timestamptz not null,
  expires_at timestamptz not null,
  released_at timestamptz,
  order_id text,
  idempotency_key text,
  request_hash bytea,
  cart jsonb not null,
  primary key (program_id, id)
) with (fillfactor = 80);
create unique index redemption_code on redemption (store_id, code);
create unique index redemption_retry on redemption (program_id, member_id, idempotency_key) where idempotency_key is not null;
create index redemption_member on redemption (program_id, member_id);
create index redemption_expiring on redemption (expires_at) where state = 'held';

-- Effects on the outside, written in the transaction that decided them.
create table outbox (
  id bigint generated always as identity primary key,
  program_id bigint not null,
  store_id bigint not null,
  shard smallint not null,
  kind text not null, -- mirror-balance, create-code, kill-code, ...
  subject text not null,
  payload jsonb not null default '{}',
  status smallint not null default 0 check (status in (0, 1, 2)),
  attempts smallint not null default 0,
  next_at timestamptz not null default '-infinity',
  error text,
  created_at timestamptz not null default now(),
  done_at timestamptz
) with (fillfactor = 80);
create index outbox_waiting on outbox (shard, id) where status = 0;
-- coalesced: at most one effect of a kind waits for a subject
create unique index outbox_coalesced on outbox (program_id, store_id, kind, subject) where status = 0;

-- Where the comparison with the platform stands, per store and what is compared.
create table reconciliation (
  program_id bigint not null,
  store_id bigint not null,
  what text not null, -- orders, reviews, subscriptions, install
  since timestamptz not null,
  cursor text,
  started_at timestamptz,
  finished_at timestamptz,
  healed int not null default 0,
  error text,
  primary key (store_id, what)
);

create table audit_event (
  program_id bigint not null,
  id bigint generated always as identity,
  at timestamptz not null default now(),
  actor text not null,
  what text not null,
  facts jsonb not null default '{}',
  primary key (program_id, id)
);
