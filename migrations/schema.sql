-- What all migrations come to. Made by scripts/dump-schema.ts; a test compares it.

table account
  program_id bigint not null
  member_id bigint not null
  unit text collate "C" not null
  kind text collate "C" not null
  id bigint not null generated always as identity
  balance bigint not null default 0
  version bigint not null default 0
  constraint account_pkey PRIMARY KEY (program_id, member_id, unit, kind)
  constraint never_overdrawn CHECK ((((kind = ANY (ARRAY['available'::text, 'pending'::text, 'held'::text])) AND (balance >= 0)) OR ((kind = 'debt'::text) AND (balance <= 0)) OR (kind = ANY (ARRAY['issued'::text, 'redeemed'::text, 'expired'::text, 'forgiven'::text]))))
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table activity
  program_id bigint not null
  kind text not null
  key text not null
  store_id bigint
  member_id bigint
  subject text
  at timestamp with time zone not null
  facts jsonb not null
  arrived_at timestamp with time zone not null default now()
  mailbox text default (facts ->> 'mailbox'::text)
  constraint activity_pkey PRIMARY KEY (program_id, kind, key)
  CREATE INDEX activity_mailbox on activity USING btree (program_id, mailbox) WHERE ((member_id IS NULL) AND (mailbox IS NOT NULL))
  CREATE INDEX activity_member on activity USING btree (program_id, member_id) WHERE (member_id IS NOT NULL)
  CREATE INDEX activity_subject on activity USING btree (program_id, kind, subject) WHERE (subject IS NOT NULL)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table adjustment
  program_id bigint not null
  id text not null
  member_id bigint not null
  unit text not null
  points bigint not null
  reason text not null
  asked_by text not null
  asked_at timestamp with time zone not null
  state text not null
  decided_by text
  decided_at timestamp with time zone
  said text
  undoes text
  constraint adjustment_check CHECK (((decided_by <> asked_by) OR (state = 'withdrawn'::text)))
  constraint adjustment_pkey PRIMARY KEY (program_id, id)
  constraint adjustment_points_check CHECK ((points <> 0))
  constraint adjustment_program_id_member_id_fkey FOREIGN KEY (program_id, member_id) REFERENCES member(program_id, id)
  constraint adjustment_state_check CHECK ((state = ANY (ARRAY['given'::text, 'waiting'::text, 'refused'::text, 'withdrawn'::text])))
  CREATE INDEX adjustment_asked on adjustment USING btree (program_id, asked_by, asked_at)
  CREATE INDEX adjustment_of_member on adjustment USING btree (program_id, member_id, asked_at)
  CREATE INDEX adjustment_waiting on adjustment USING btree (program_id, asked_at, id) WHERE (state = 'waiting'::text)
  CREATE UNIQUE INDEX adjustment_undone on adjustment USING btree (program_id, undoes) WHERE (undoes IS NOT NULL)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table adjustment_limit
  program_id bigint not null
  role text not null
  alone bigint
  at_once bigint not null
  a_day bigint not null
  constraint adjustment_limit_alone_check CHECK ((alone >= 0))
  constraint adjustment_limit_at_once_check CHECK ((at_once >= 0))
  constraint adjustment_limit_check CHECK ((a_day >= at_once))
  constraint adjustment_limit_pkey PRIMARY KEY (program_id, role)
  constraint adjustment_limit_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint adjustment_limit_role_check CHECK ((role = ANY (ARRAY['admin'::text, 'support'::text])))
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table api_key
  program_id bigint not null
  id bigint not null generated always as identity
  name text not null
  hash bytea not null
  created_at timestamp with time zone not null default now()
  last_used_at timestamp with time zone
  revoked_at timestamp with time zone
  constraint api_key_pkey PRIMARY KEY (program_id, id)
  constraint api_key_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint api_key_program_id_hash_key UNIQUE (program_id, hash)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table audit_event
  program_id bigint not null
  id bigint not null generated always as identity
  at timestamp with time zone not null default now()
  actor text not null
  what text not null
  facts jsonb not null default '{}'::jsonb
  constraint audit_event_pkey PRIMARY KEY (program_id, id)
  CREATE INDEX audit_event_actor on audit_event USING btree (program_id, actor, what COLLATE "C", id)
  CREATE INDEX audit_event_what on audit_event USING btree (program_id, what COLLATE "C", id)
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE on audit_event FOR EACH ROW EXECUTE FUNCTION tallymark_append_only()
  CREATE TRIGGER never_emptied BEFORE TRUNCATE on audit_event FOR EACH STATEMENT EXECUTE FUNCTION tallymark_append_only()
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select to tallymark_app
table bulk_adjustment
  program_id bigint not null
  id uuid not null
  unit text
  points bigint not null
  reason text not null
  state text not null default 'looked'::text
  asked_by text not null
  asked_at timestamp with time zone not null
  members integer not null default 0
  total bigint not null default 0
  short integer not null default 0
  left_out integer not null default 0
  parts integer not null default 0
  decided_by text
  decided_at timestamp with time zone
  said text
  lease_until timestamp with time zone
  attempts integer not null default 0
  done integer not null default 0
  given_members integer not null default 0
  given_points bigint not null default 0
  undone_members integer not null default 0
  cancelled boolean not null default false
  undone_by text
  undo_reason text
  finished_at timestamp with time zone
  error text
  kind text not null default 'points'::text
  turn integer not null default 0
  constraint bulk_adjustment_check CHECK ((decided_by <> asked_by))
  constraint bulk_adjustment_kind_check CHECK ((kind = ANY (ARRAY['points'::text, 'hold'::text, 'release'::text])))
  constraint bulk_adjustment_moves CHECK (
CASE kind
    WHEN 'points'::text THEN ((points <> 0) AND (unit IS NOT NULL))
    ELSE ((points = 0) AND (unit IS NULL))
END)
  constraint bulk_adjustment_pkey PRIMARY KEY (program_id, id)
  constraint bulk_adjustment_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint bulk_adjustment_state_check CHECK ((state = ANY (ARRAY['looked'::text, 'waiting'::text, 'refused'::text, 'withdrawn'::text, 'giving'::text, 'done'::text, 'undoing'::text, 'undone'::text, 'failed'::text])))
  CREATE INDEX bulk_adjustment_asked on bulk_adjustment USING btree (program_id, asked_by, asked_at)
  CREATE INDEX bulk_adjustment_latest on bulk_adjustment USING btree (program_id, asked_at, id)
  CREATE INDEX bulk_adjustment_waiting on bulk_adjustment USING btree (program_id) WHERE (state = 'waiting'::text)
  CREATE INDEX bulk_adjustment_working on bulk_adjustment USING btree (asked_at) WHERE (state = ANY (ARRAY['giving'::text, 'undoing'::text]))
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select (program_id, id, state, asked_at, lease_until) to tallymark_intake
table bulk_adjustment_member
  program_id bigint not null
  bulk_id uuid not null
  n integer not null
  member_id bigint not null
  points bigint not null
  state text not null default 'ready'::text
  given bigint
  held_at timestamp with time zone
  constraint bulk_adjustment_member_pkey PRIMARY KEY (program_id, bulk_id, n)
  constraint bulk_adjustment_member_program_id_bulk_id_fkey FOREIGN KEY (program_id, bulk_id) REFERENCES bulk_adjustment(program_id, id) ON DELETE CASCADE
  constraint bulk_adjustment_member_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'given'::text, 'passed'::text, 'undone'::text, 'kept'::text])))
  CREATE INDEX bulk_adjustment_given on bulk_adjustment_member USING btree (program_id, bulk_id, n) WHERE (state = 'given'::text)
  CREATE UNIQUE INDEX bulk_adjustment_once on bulk_adjustment_member USING btree (program_id, bulk_id, member_id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table cause_payout
  program_id bigint not null
  id uuid not null default uuidv7()
  cause text not null
  month text not null
  members bigint not null
  shop bigint not null
  paid_on text not null
  reference text not null
  paid_by text not null
  noted_at timestamp with time zone not null
  constraint cause_payout_members_check CHECK ((members >= 0))
  constraint cause_payout_month_check CHECK ((month ~ '^\d{4}-\d{2}$'::text))
  constraint cause_payout_paid_on_check CHECK ((paid_on ~ '^\d{4}-\d{2}-\d{2}$'::text))
  constraint cause_payout_pkey PRIMARY KEY (program_id, id)
  constraint cause_payout_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint cause_payout_shop_check CHECK ((shop >= 0))
  CREATE INDEX cause_payout_month on cause_payout USING btree (program_id, month)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select to tallymark_app
table ceiling
  program_id bigint not null
  promotion text not null
  granted bigint not null default 0
  constraint ceiling_granted_check CHECK ((granted >= 0))
  constraint ceiling_pkey PRIMARY KEY (program_id, promotion)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table connection
  id text not null
  platform text not null
  url text not null
  made_at timestamp with time zone not null
  award_history boolean not null default false
  outcome text
  constraint connection_outcome_check CHECK ((outcome = ANY (ARRAY['connected'::text, 'refused'::text])))
  constraint connection_pkey PRIMARY KEY (id)
  grant delete, insert, select, update to tallymark_app
table consent
  program_id bigint not null
  id bigint not null generated always as identity
  member_id bigint not null
  channel text not null
  given boolean not null
  text text not null
  source text not null
  at timestamp with time zone not null
  constraint consent_pkey PRIMARY KEY (program_id, id)
  CREATE INDEX consent_member on consent USING btree (program_id, member_id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select to tallymark_app
  grant update (text, source) to tallymark_app
table customer_link
  program_id bigint not null
  store_id bigint not null
  customer text not null
  member_id bigint not null
  linked_at timestamp with time zone not null
  constraint customer_link_pkey PRIMARY KEY (program_id, store_id, customer)
  CREATE INDEX customer_link_member on customer_link USING btree (program_id, member_id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table customer_state
  program_id bigint not null
  store_id bigint not null
  customer text not null
  roles text[] not null
  tags text[] not null
  version timestamp with time zone not null
  constraint customer_state_pkey PRIMARY KEY (program_id, store_id, customer)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table decision
  program_id bigint not null
  activity text not null
  member_id bigint
  reason text not null
  gives jsonb not null
  rule_version integer not null
  explanation jsonb not null
  decided_at timestamp with time zone not null default now()
  constraint decision_pkey PRIMARY KEY (program_id, activity)
  CREATE INDEX decision_member on decision USING btree (program_id, member_id) WHERE (member_id IS NOT NULL)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table desk_session
  program_id bigint not null
  hash bytea not null
  staff_id bigint not null
  began_at timestamp with time zone not null
  seen_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  constraint desk_session_pkey PRIMARY KEY (program_id, hash)
  constraint desk_session_program_id_staff_id_fkey FOREIGN KEY (program_id, staff_id) REFERENCES staff(program_id, id)
  CREATE INDEX desk_session_staff on desk_session USING btree (program_id, staff_id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table draft
  program_id bigint not null
  file jsonb not null
  hash text not null
  base_version integer not null
  updated_by text not null
  updated_at timestamp with time zone not null default now()
  constraint draft_pkey PRIMARY KEY (program_id)
  constraint draft_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table entry
  program_id bigint not null
  account_id bigint not null
  account_seq bigint not null
  transfer_id bigint not null
  points bigint not null
  balance_after bigint not null
  constraint entry_pkey PRIMARY KEY (account_id, account_seq)
  constraint entry_points_check CHECK ((points <> 0))
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE on entry FOR EACH ROW EXECUTE FUNCTION tallymark_append_only()
  CREATE TRIGGER never_emptied BEFORE TRUNCATE on entry FOR EACH STATEMENT EXECUTE FUNCTION tallymark_append_only()
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select to tallymark_app
table export_file
  program_id bigint not null
  id uuid not null default uuidv7()
  people boolean not null
  state text not null default 'making'::text
  asked_by text not null
  asked_at timestamp with time zone not null default now()
  lease_until timestamp with time zone
  attempts integer not null default 0
  done integer not null default 0
  total integer
  finished_at timestamp with time zone
  ends_at timestamp with time zone
  error text
  bytes bigint not null default 0
  parts integer not null default 0
  manifest jsonb
  turn integer not null default 0
  constraint export_file_pkey PRIMARY KEY (program_id, id)
  constraint export_file_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint export_file_state_check CHECK ((state = ANY (ARRAY['making'::text, 'done'::text, 'cancelled'::text, 'failed'::text])))
  CREATE INDEX export_ending on export_file USING btree (ends_at) WHERE (ends_at IS NOT NULL)
  CREATE INDEX export_making on export_file USING btree (asked_at) WHERE (state = 'making'::text)
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select (program_id, id, state, asked_at, lease_until, ends_at) to tallymark_intake
table export_part
  program_id bigint not null
  export_id uuid not null
  n integer not null
  sealed bytea not null
  constraint export_part_pkey PRIMARY KEY (program_id, export_id, n)
  constraint export_part_program_id_export_id_fkey FOREIGN KEY (program_id, export_id) REFERENCES export_file(program_id, id) ON DELETE CASCADE
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table forecast
  program_id bigint not null
  promotion text not null
  unit text not null
  points bigint not null
  open_hours integer not null
  together integer not null
  from_at timestamp with time zone not null
  constraint forecast_pkey PRIMARY KEY (program_id, promotion)
  constraint forecast_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table household_member
  program_id bigint not null
  member_id bigint not null
  head_id bigint not null
  from_at timestamp with time zone not null
  until_at timestamp with time zone
  constraint household_member_check CHECK ((member_id <> head_id))
  constraint household_member_check1 CHECK ((until_at >= from_at))
  constraint household_member_pkey PRIMARY KEY (program_id, member_id, from_at)
  constraint household_member_program_id_head_id_fkey FOREIGN KEY (program_id, head_id) REFERENCES member(program_id, id)
  constraint household_member_program_id_member_id_fkey FOREIGN KEY (program_id, member_id) REFERENCES member(program_id, id)
  CREATE INDEX household_head on household_member USING btree (program_id, head_id)
  CREATE UNIQUE INDEX household_one_at_a_time on household_member USING btree (program_id, member_id) WHERE (until_at IS NULL)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table import_file
  program_id bigint not null
  id uuid not null default uuidv7()
  name text not null
  state text not null
  encoding text not null
  separator text not null default ','::text
  columns jsonb not null default '[]'::jsonb
  rows integer not null default 0
  parts integer not null default 0
  mapping jsonb
  asked_by text not null
  asked_at timestamp with time zone not null default now()
  lease_until timestamp with time zone
  attempts integer not null default 0
  done integer not null default 0
  cancelled boolean not null default false
  given_at timestamp with time zone
  undone_at timestamp with time zone
  finished_at timestamp with time zone
  error text
  report jsonb
  parity jsonb
  turn integer not null default 0
  constraint import_file_pkey PRIMARY KEY (program_id, id)
  constraint import_file_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint import_file_state_check CHECK ((state = ANY (ARRAY['receiving'::text, 'uploaded'::text, 'checking'::text, 'checked'::text, 'importing'::text, 'done'::text, 'undoing'::text, 'undone'::text, 'failed'::text])))
  CREATE INDEX import_working on import_file USING btree (asked_at) WHERE (state = ANY (ARRAY['checking'::text, 'importing'::text, 'undoing'::text]))
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select (program_id, id, state, asked_at, lease_until) to tallymark_intake
table import_line
  program_id bigint not null
  import_id uuid not null
  line integer not null
  mailbox text
  member_id bigint
  origin text not null
  unit text not null
  points bigint not null
  ends text
  level text
  state text not null default 'ready'::text
  constraint import_line_pkey PRIMARY KEY (program_id, import_id, line)
  constraint import_line_points_check CHECK ((points >= 0))
  constraint import_line_program_id_import_id_fkey FOREIGN KEY (program_id, import_id) REFERENCES import_file(program_id, id) ON DELETE CASCADE
  constraint import_line_state_check CHECK ((state = ANY (ARRAY['ready'::text, 'given'::text, 'passed'::text, 'undone'::text, 'kept'::text])))
  CREATE UNIQUE INDEX import_line_mailbox on import_line USING btree (program_id, import_id, mailbox) WHERE (mailbox IS NOT NULL)
  CREATE UNIQUE INDEX import_line_once on import_line USING btree (program_id, member_id, origin, unit) WHERE (state = ANY (ARRAY['given'::text, 'kept'::text]))
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table import_part
  program_id bigint not null
  import_id uuid not null
  n integer not null
  first_row integer not null
  sealed bytea not null
  constraint import_part_pkey PRIMARY KEY (program_id, import_id, n)
  constraint import_part_program_id_import_id_fkey FOREIGN KEY (program_id, import_id) REFERENCES import_file(program_id, id) ON DELETE CASCADE
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table import_problem
  program_id bigint not null
  import_id uuid not null
  line integer not null
  reason text not null
  of_line integer
  constraint import_problem_pkey PRIMARY KEY (program_id, import_id, line)
  constraint import_problem_program_id_import_id_fkey FOREIGN KEY (program_id, import_id) REFERENCES import_file(program_id, id) ON DELETE CASCADE
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table inbox
  id bigint not null generated always as identity
  program_id bigint not null
  store_id bigint not null
  shard smallint not null
  topic text not null
  delivery_key text
  subject text
  body_hash bytea not null
  body bytea
  triggered_at timestamp with time zone
  received_at timestamp with time zone not null default now()
  status smallint not null default 0
  attempts smallint not null default 0
  next_at timestamp with time zone not null default '-infinity'::timestamp with time zone
  error text
  processed_at timestamp with time zone
  constraint inbox_pkey PRIMARY KEY (id)
  constraint inbox_status_check CHECK ((status = ANY (ARRAY[0, 1, 2])))
  CREATE INDEX inbox_body on inbox USING btree (body_hash) WHERE (topic ~~ '%/%'::text)
  CREATE INDEX inbox_unread on inbox USING btree (program_id, store_id) WHERE (status = 2)
  CREATE INDEX inbox_waiting on inbox USING btree (shard, id) WHERE (status = 0)
  CREATE UNIQUE INDEX inbox_once on inbox USING btree (store_id, delivery_key) WHERE (delivery_key IS NOT NULL)
  policy of_intake for all using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant delete, insert, select, update to tallymark_intake
table leaderboard_end
  program_id bigint not null
  board text not null
  period text not null
  ended_at timestamp with time zone not null
  constraint leaderboard_end_pkey PRIMARY KEY (program_id, board, period)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select to tallymark_app
table level_count
  program_id bigint not null
  counted_at timestamp with time zone not null
  members integer not null
  constraint level_count_pkey PRIMARY KEY (program_id)
  constraint level_count_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table level_move
  program_id bigint not null
  member_id bigint not null
  nth integer not null
  at timestamp with time zone not null
  kind text not null
  was text
  level text
  until timestamp with time zone
  constraint level_move_kind_check CHECK ((kind = ANY (ARRAY['joined'::text, 'rose'::text, 'fell'::text, 'kept'::text, 'ruled'::text])))
  constraint level_move_pkey PRIMARY KEY (program_id, member_id, nth)
  constraint level_move_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint level_move_program_id_member_id_fkey FOREIGN KEY (program_id, member_id) REFERENCES member(program_id, id)
  CREATE INDEX level_move_at on level_move USING btree (program_id, at) INCLUDE (kind, was, level, member_id)
  CREATE INDEX level_move_level on level_move USING btree (program_id, level, member_id, nth) INCLUDE (at) WHERE (kind <> 'kept'::text)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table lot
  program_id bigint not null
  member_id bigint not null
  unit text collate "C" not null
  of text collate "C" not null
  given bigint not null
  remaining bigint not null
  lapsed bigint not null default 0
  drawn bigint not null default 0
  matured boolean not null
  earned_at timestamp with time zone not null
  usable_at timestamp with time zone not null
  ends_at timestamp with time zone not null default 'infinity'::timestamp with time zone
  constraint lot_given_check CHECK ((given >= 0))
  constraint lot_lapsed_check CHECK ((lapsed >= 0))
  constraint lot_pkey PRIMARY KEY (program_id, member_id, unit, of)
  constraint lot_remaining_check CHECK ((remaining >= 0))
  CREATE INDEX lot_ending on lot USING btree (ends_at) WHERE ((remaining > 0) AND matured AND (ends_at < 'infinity'::timestamp with time zone))
  CREATE INDEX lot_maturing on lot USING btree (usable_at) WHERE ((NOT matured) AND (remaining > 0))
  CREATE INDEX lot_open on lot USING btree (program_id, member_id, unit, ends_at, earned_at) WHERE ((remaining > 0) AND matured)
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
  grant select (program_id, member_id, unit, remaining, matured, usable_at, ends_at) to tallymark_intake
table lot_use
  program_id bigint not null
  member_id bigint not null
  unit text collate "C" not null
  spending text collate "C" not null
  lot text collate "C" not null
  points bigint not null
  constraint lot_use_pkey PRIMARY KEY (program_id, member_id, unit, spending, lot)
  constraint lot_use_points_check CHECK ((points >= 0))
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table member
  program_id bigint not null
  id bigint not null generated always as identity
  public_id uuid not null default uuidv7()
  joined_at timestamp with time zone not null
  status text not null default 'active'::text
  merged_into bigint
  merged_at timestamp with time zone
  referral_code text not null
  mailbox text
  phone text
  blocked_at timestamp with time zone
  brought_by uuid
  enrolled_by text
  kin bigint
  constraint member_pkey PRIMARY KEY (program_id, id)
  constraint member_program_id_public_id_key UNIQUE (program_id, public_id)
  constraint member_program_id_referral_code_key UNIQUE (program_id, referral_code)
  constraint member_status_check CHECK ((status = ANY (ARRAY['active'::text, 'merged'::text, 'redacted'::text, 'bearer'::text])))
  CREATE INDEX member_enrolled on member USING btree (program_id, enrolled_by) WHERE (enrolled_by IS NOT NULL)
  CREATE INDEX member_joined on member USING btree (program_id, joined_at)
  CREATE INDEX member_kin on member USING btree (program_id, kin) WHERE (kin IS NOT NULL)
  CREATE INDEX member_mailbox on member USING btree (program_id, mailbox) WHERE (mailbox IS NOT NULL)
  CREATE INDEX member_merged on member USING btree (program_id, merged_into) WHERE (merged_into IS NOT NULL)
  CREATE INDEX member_phone on member USING btree (program_id, phone) WHERE (phone IS NOT NULL)
  CREATE UNIQUE INDEX member_bearer on member USING btree (program_id) WHERE (status = 'bearer'::text)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table member_books
  program_id bigint not null
  member_id bigint not null
  unit text collate "C" not null
  disturbed_at timestamp with time zone
  due_at timestamp with time zone
  version bigint not null default 0
  constraint member_books_pkey PRIMARY KEY (program_id, member_id, unit)
  CREATE INDEX member_books_due on member_books USING btree (due_at) WHERE (due_at IS NOT NULL)
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select (program_id, member_id, unit, due_at) to tallymark_intake
table member_level
  program_id bigint not null
  member_id bigint not null
  level text not null
  falls_at timestamp with time zone
  constraint member_level_pkey PRIMARY KEY (program_id, member_id)
  constraint member_level_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint member_level_program_id_member_id_fkey FOREIGN KEY (program_id, member_id) REFERENCES member(program_id, id)
  CREATE INDEX member_level_level on member_level USING btree (program_id, level, member_id) INCLUDE (falls_at)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table member_pii
  program_id bigint not null
  member_id bigint not null
  sealed bytea not null
  constraint member_pii_pkey PRIMARY KEY (program_id, member_id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table member_word
  program_id bigint not null
  member_id bigint not null
  token bigint not null
  constraint member_word_pkey PRIMARY KEY (program_id, token, member_id)
  constraint member_word_program_id_member_id_fkey FOREIGN KEY (program_id, member_id) REFERENCES member_pii(program_id, member_id) ON DELETE CASCADE
  CREATE INDEX member_word_member on member_word USING btree (program_id, member_id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select to tallymark_app
table migration
  number integer not null
  name text not null
  ran_at timestamp with time zone not null default now()
  constraint migration_pkey PRIMARY KEY (number)
table order_state
  program_id bigint not null
  store_id bigint not null
  order_id text not null
  version timestamp with time zone not null
  snapshot jsonb not null
  customer text
  member_id bigint
  placed_at timestamp with time zone not null
  removed boolean not null default false
  grants jsonb not null default '{}'::jsonb
  imported boolean not null default false
  first_seen_at timestamp with time zone not null default now()
  updated_at timestamp with time zone not null default now()
  paid_arrival bigint
  mailbox text default (snapshot ->> 'mailbox'::text)
  number text default ltrim((snapshot ->> 'name'::text), '#'::text)
  brought bigint default order_brought(snapshot)
  brought_in text default (((snapshot -> 'money'::text) ->> 'code'::text) || ((snapshot -> 'money'::text) ->> 'exponent'::text))
  constraint order_state_pkey PRIMARY KEY (program_id, store_id, order_id)
  CREATE INDEX order_state_customer on order_state USING btree (program_id, store_id, customer) WHERE (customer IS NOT NULL)
  CREATE INDEX order_state_granted on order_state USING btree (program_id, placed_at) WHERE (grants <> '{}'::jsonb)
  CREATE INDEX order_state_guest on order_state USING btree (program_id, mailbox) WHERE ((customer IS NULL) AND (mailbox IS NOT NULL))
  CREATE INDEX order_state_member on order_state USING btree (program_id, member_id) WHERE (member_id IS NOT NULL)
  CREATE INDEX order_state_number on order_state USING btree (program_id, number) WHERE (number IS NOT NULL)
  CREATE INDEX order_state_placed on order_state USING btree (program_id, placed_at) INCLUDE (store_id, member_id, customer, mailbox, brought, brought_in, removed)
  CREATE INDEX order_state_refunded on order_state USING btree (program_id, store_id, updated_at) WHERE (jsonb_array_length((snapshot -> 'refunds'::text)) > 0)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table outbox
  id bigint not null generated always as identity
  program_id bigint not null
  store_id bigint not null
  shard smallint not null
  kind text not null
  subject text not null
  payload jsonb not null default '{}'::jsonb
  status smallint not null default 0
  asked integer not null default 1
  attempts smallint not null default 0
  next_at timestamp with time zone not null default '-infinity'::timestamp with time zone
  error text
  created_at timestamp with time zone not null default now()
  done_at timestamp with time zone
  lease_until timestamp with time zone
  constraint outbox_pkey PRIMARY KEY (id)
  constraint outbox_status_check CHECK ((status = ANY (ARRAY[0, 1, 2])))
  CREATE INDEX outbox_given_up on outbox USING btree (program_id, store_id) WHERE (status = 2)
  CREATE INDEX outbox_waiting on outbox USING btree (shard, id) WHERE (status = 0)
  CREATE UNIQUE INDEX outbox_coalesced on outbox USING btree (program_id, store_id, kind, subject) WHERE (status = 0)
  policy of_intake for all using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant delete, insert, select, update to tallymark_intake
table passkey
  program_id bigint not null
  id uuid not null default gen_random_uuid()
  staff_id bigint not null
  credential bytea not null
  host text not null
  public_key bytea not null
  name text not null
  counter bigint not null
  added_at timestamp with time zone not null
  used_at timestamp with time zone
  challenged_at timestamp with time zone not null
  constraint passkey_pkey PRIMARY KEY (program_id, id)
  constraint passkey_program_id_credential_key UNIQUE (program_id, credential)
  constraint passkey_program_id_staff_id_fkey FOREIGN KEY (program_id, staff_id) REFERENCES staff(program_id, id)
  CREATE INDEX passkey_staff on passkey USING btree (program_id, staff_id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table product_state
  program_id bigint not null
  store_id bigint not null
  product text not null
  categories text[] not null
  tags text[] not null
  version timestamp with time zone not null
  on_sale boolean not null default false
  title text
  category_names jsonb not null default '{}'::jsonb
  constraint product_state_pkey PRIMARY KEY (program_id, store_id, product)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table program
  id bigint not null generated by default as identity
  name text not null
  zone text not null
  money_code text not null
  money_exponent smallint not null
  created_at timestamp with time zone not null default now()
  constraint program_money_exponent_check CHECK ((money_exponent = ANY (ARRAY[0, 2, 3, 4])))
  constraint program_pkey PRIMARY KEY (id)
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
  grant select to tallymark_intake
table reconciliation
  program_id bigint not null
  store_id bigint not null
  what text not null
  since timestamp with time zone not null
  cursor text
  started_at timestamp with time zone
  finished_at timestamp with time zone
  healed integer not null default 0
  error text
  constraint reconciliation_pkey PRIMARY KEY (store_id, what)
  policy of_intake for all using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant delete, insert, select, update to tallymark_intake
table redemption
  program_id bigint not null
  id uuid not null default uuidv7()
  store_id bigint not null
  member_id bigint not null
  reward text not null
  unit text not null
  points bigint not null
  off bigint not null
  net_points bigint not null
  code text not null
  state text not null
  code_state text not null
  code_ref text
  made_at timestamp with time zone not null
  expires_at timestamp with time zone not null
  released_at timestamp with time zone
  order_id text
  idempotency_key text
  request_hash bytea
  cart jsonb not null
  given_at timestamp with time zone
  by_hand boolean not null default false
  of_stock boolean not null default false
  constraint redemption_code_state_check CHECK ((code_state = ANY (ARRAY['wanted'::text, 'live'::text, 'dying'::text, 'killed'::text, 'failed'::text])))
  constraint redemption_pkey PRIMARY KEY (program_id, id)
  constraint redemption_state_check CHECK ((state = ANY (ARRAY['held'::text, 'captured'::text, 'released'::text, 'returned'::text])))
  CREATE INDEX redemption_expiring on redemption USING btree (expires_at) WHERE (state = 'held'::text)
  CREATE INDEX redemption_given on redemption USING btree (program_id, reward) INCLUDE (net_points) WHERE (state = 'captured'::text)
  CREATE INDEX redemption_held on redemption USING btree (program_id, made_at, id) WHERE (state = 'held'::text)
  CREATE INDEX redemption_made on redemption USING btree (program_id, made_at, id)
  CREATE INDEX redemption_member on redemption USING btree (program_id, member_id)
  CREATE INDEX redemption_to_give on redemption USING btree (program_id, made_at, id) WHERE (by_hand AND (state = 'held'::text))
  CREATE INDEX redemption_under_way on redemption USING btree (program_id, made_at, id) WHERE (code_state = ANY (ARRAY['wanted'::text, 'dying'::text]))
  CREATE INDEX redemption_used on redemption USING btree (program_id, made_at, id) WHERE (state = ANY (ARRAY['captured'::text, 'returned'::text]))
  CREATE UNIQUE INDEX redemption_code on redemption USING btree (store_id, code)
  CREATE UNIQUE INDEX redemption_retry on redemption USING btree (program_id, member_id, idempotency_key) WHERE (idempotency_key IS NOT NULL)
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select (program_id, id, state, expires_at) to tallymark_intake
table rejudging
  program_id bigint not null
  since timestamp with time zone not null
  everyone boolean not null
  asked_at timestamp with time zone not null default now()
  after_member bigint not null default 0
  total integer
  done integer not null default 0
  finished_at timestamp with time zone
  constraint rejudging_pkey PRIMARY KEY (program_id)
  CREATE INDEX rejudging_waiting on rejudging USING btree (program_id) WHERE (finished_at IS NULL)
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
  grant select (program_id, finished_at) to tallymark_intake
table reward_stock
  program_id bigint not null
  reward text not null
  received bigint not null
  taken bigint not null default 0
  constraint reward_stock_pkey PRIMARY KEY (program_id, reward)
  constraint reward_stock_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint reward_stock_received_check CHECK ((received >= 0))
  constraint reward_stock_taken_check CHECK ((taken >= 0))
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table reward_trial
  program_id bigint not null
  id uuid not null default uuidv7()
  name text not null
  one text not null
  other text not null
  measure text not null
  salt text not null
  began_at timestamp with time zone not null
  ends_at timestamp with time zone not null
  closed_at timestamp with time zone
  begun_by text not null
  constraint reward_trial_check CHECK ((other <> one))
  constraint reward_trial_measure_check CHECK ((measure = ANY (ARRAY['taken'::text, 'bought'::text, 'brought'::text])))
  constraint reward_trial_pkey PRIMARY KEY (program_id, id)
  constraint reward_trial_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table rule_set
  program_id bigint not null
  version integer not null
  in_force_from timestamp with time zone not null
  rules jsonb not null
  published_at timestamp with time zone not null default now()
  about jsonb not null default '{}'::jsonb
  constraint rule_set_pkey PRIMARY KEY (program_id, version)
  constraint rule_set_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint rule_set_version_check CHECK ((version > 0))
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE on rule_set FOR EACH ROW EXECUTE FUNCTION tallymark_append_only()
  CREATE TRIGGER never_emptied BEFORE TRUNCATE on rule_set FOR EACH STATEMENT EXECUTE FUNCTION tallymark_append_only()
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select to tallymark_app
table shown_name
  program_id bigint not null
  member_id bigint not null
  name text not null
  agreed_at timestamp with time zone not null
  constraint shown_name_pkey PRIMARY KEY (program_id, member_id)
  CREATE UNIQUE INDEX shown_name_once on shown_name USING btree (program_id, lower(name))
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select (program_id) to tallymark_intake
table sign_in_link
  program_id bigint not null
  hash bytea not null
  staff_id bigint not null
  ends_at timestamp with time zone not null
  used_at timestamp with time zone
  constraint sign_in_link_pkey PRIMARY KEY (program_id, hash)
  constraint sign_in_link_program_id_staff_id_fkey FOREIGN KEY (program_id, staff_id) REFERENCES staff(program_id, id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table simulation
  program_id bigint not null
  id uuid not null default uuidv7()
  rules jsonb not null
  since timestamp with time zone
  made jsonb
  asked_by text not null
  asked_at timestamp with time zone not null default now()
  lease_until timestamp with time zone
  done integer not null default 0
  total integer
  cancelled boolean not null default false
  finished_at timestamp with time zone
  error text
  report jsonb
  draft text
  weeks_back integer not null default 0
  turn integer not null default 0
  constraint simulation_pkey PRIMARY KEY (program_id, id)
  constraint simulation_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  CREATE INDEX simulation_waiting on simulation USING btree (asked_at) WHERE (finished_at IS NULL)
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select (program_id, id, asked_at, lease_until, finished_at) to tallymark_intake
table staff
  program_id bigint not null
  id bigint not null generated always as identity
  email text
  platform_user text
  name text not null
  role text not null
  locale text not null default 'en'::text
  added_at timestamp with time zone not null default now()
  removed_at timestamp with time zone
  constraint staff_check CHECK (((email IS NOT NULL) OR (platform_user IS NOT NULL)))
  constraint staff_pkey PRIMARY KEY (program_id, id)
  constraint staff_program_id_email_key UNIQUE (program_id, email)
  constraint staff_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint staff_program_id_platform_user_key UNIQUE (program_id, platform_user)
  constraint staff_role_check CHECK ((role = ANY (ARRAY['owner'::text, 'admin'::text, 'support'::text, 'till'::text, 'read-only'::text])))
  CREATE INDEX staff_email on staff USING btree (email) WHERE (removed_at IS NULL)
  policy of_intake for select using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
  grant select (program_id, id, email, removed_at) to tallymark_intake
table sticker
  program_id bigint not null
  hash bytea not null
  batch text not null
  n integer not null
  voided boolean not null default false
  redemption uuid
  constraint sticker_pkey PRIMARY KEY (program_id, hash)
  CREATE INDEX sticker_redemption on sticker USING btree (program_id, redemption) WHERE (redemption IS NOT NULL)
  CREATE UNIQUE INDEX sticker_of_batch on sticker USING btree (program_id, batch, n)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table sticker_batch
  program_id bigint not null
  key text not null
  unit text not null
  made_by text not null
  made_at timestamp with time zone not null
  ends_at timestamp with time zone not null default 'infinity'::timestamp with time zone
  constraint sticker_batch_pkey PRIMARY KEY (program_id, key)
  CREATE INDEX sticker_batch_made on sticker_batch USING btree (program_id, made_at)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select, update to tallymark_app
table store
  id bigint not null generated always as identity
  program_id bigint not null
  platform text not null
  key text not null
  url text not null
  installation text
  status text not null
  generation integer not null default 1
  installed_at timestamp with time zone not null default now()
  uninstalled_at timestamp with time zone
  money_code text not null
  money_exponent smallint not null
  zone text not null
  settings jsonb not null default '{}'::jsonb
  heard_at timestamp with time zone
  constraint store_pkey PRIMARY KEY (id)
  constraint store_platform_key_key UNIQUE (platform, key)
  constraint store_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint store_status_check CHECK ((status = ANY (ARRAY['active'::text, 'suspended'::text, 'uninstalled'::text])))
  policy of_intake for all using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select, update to tallymark_intake
table store_secret
  program_id bigint not null
  store_id bigint not null
  kind text not null
  sealed bytea not null
  created_at timestamp with time zone not null default now()
  expires_at timestamp with time zone
  constraint store_secret_pkey PRIMARY KEY (store_id, kind, created_at)
  constraint store_secret_store_id_fkey FOREIGN KEY (store_id) REFERENCES store(id)
  policy of_intake for all using ( SELECT tallymark_is_intake() AS tallymark_is_intake)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
  grant select, update to tallymark_intake
table survey_answer
  program_id bigint not null
  survey text not null
  member_id bigint not null
  answers jsonb not null
  answered_at timestamp with time zone not null
  constraint survey_answer_pkey PRIMARY KEY (program_id, survey, member_id)
  CREATE INDEX survey_answer_member on survey_answer USING btree (program_id, member_id)
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select to tallymark_app
table target
  program_id bigint not null
  what text not null
  aim integer not null
  set_by text not null
  set_at timestamp with time zone not null
  constraint target_aim_check CHECK ((aim > 0))
  constraint target_pkey PRIMARY KEY (program_id, what)
  constraint target_program_id_fkey FOREIGN KEY (program_id) REFERENCES program(id)
  constraint target_what_check CHECK ((what = ANY (ARRAY['came-back'::text, 'order-value'::text])))
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant delete, insert, select, update to tallymark_app
table transfer
  program_id bigint not null
  id bigint not null generated by default as identity
  at timestamp with time zone not null
  posted_at timestamp with time zone not null default now()
  member_id bigint not null
  unit text collate "C" not null
  cause text collate "C" not null
  kind text collate "C" not null
  from_member bigint not null
  from_account text collate "C" not null
  to_member bigint not null
  to_account text collate "C" not null
  lot text collate "C" not null default ''::text
  points bigint not null
  seq integer not null default 1
  constraint transfer_pkey PRIMARY KEY (id)
  constraint transfer_points_check CHECK ((points > 0))
  CREATE INDEX transfer_when on transfer USING btree (program_id, at)
  CREATE UNIQUE INDEX transfer_once on transfer USING btree (program_id, member_id, cause, lot, kind, unit, from_account, to_account, seq)
  CREATE TRIGGER append_only BEFORE DELETE OR UPDATE on transfer FOR EACH ROW EXECUTE FUNCTION tallymark_append_only()
  CREATE TRIGGER never_emptied BEFORE TRUNCATE on transfer FOR EACH STATEMENT EXECUTE FUNCTION tallymark_append_only()
  policy of_programs for all using (program_id = ANY (( SELECT tallymark_programs() AS tallymark_programs)::bigint[]))
  grant insert, select to tallymark_app
CREATE OR REPLACE FUNCTION public.ledger_hold(p_program bigint, p_member bigint, p_unit text, p_points bigint, p_cause text, p_at timestamp with time zone, OUT outcome text, OUT draws json)
 RETURNS record
 LANGUAGE plpgsql
AS $function$
declare
  v_available account;
  v_held account;
  v_lot record;
  v_take bigint;
  v_need bigint := p_points;
  v_transfer bigint;
  v_count bigint := 0;
begin
  perform from member where program_id = p_program and id = p_member for no key update;

  select json_agg(json_build_object('of', t.lot, 'points', t.points::text) order by t.id) into draws from transfer t
  where t.program_id = p_program and t.member_id = p_member and t.unit = p_unit and t.cause = p_cause and t.kind = 'hold'
    and t.from_account = 'available';
  if draws is not null then
    outcome := 'held_before';
    return;
  end if;

  -- what fell due must be settled first: a lot that ended is nobody's to spend, one that matured is
  if exists (
    select from lot l where l.program_id = p_program and l.member_id = p_member and l.unit = p_unit and l.remaining > 0
      and l.matured and l.ends_at <= p_at
  ) or exists (
    select from lot l where l.program_id = p_program and l.member_id = p_member and l.unit = p_unit and l.remaining > 0
      and not l.matured and l.usable_at <= p_at
  ) then
    outcome := 'due';
    return;
  end if;

  select * into v_available from account
  where program_id = p_program and member_id = p_member and unit = p_unit and kind = 'available' for no key update;
  if not found or v_available.balance < p_points then
    outcome := 'short';
    return;
  end if;
  insert into account (program_id, member_id, unit, kind) values (p_program, p_member, p_unit, 'held') on conflict do nothing;
  select * into v_held from account
  where program_id = p_program and member_id = p_member and unit = p_unit and kind = 'held' for no key update;

  draws := '[]';
  for v_lot in
    select l.of, l.remaining from lot l
    where l.program_id = p_program and l.member_id = p_member and l.unit = p_unit and l.remaining > 0 and l.matured
    -- as rules/lots.ts has it: an order's lot goes by the order's own id, a card's without its member
    order by l.ends_at, l.earned_at, case when l.of like 'order:%' then substr(l.of, 7) else regexp_replace(l.of, '^card:[^:]*:', 'card:') end collate "C", l.of
  loop
    v_take := least(v_lot.remaining, v_need);
    v_need := v_need - v_take;
    v_count := v_count + 1;
    insert into transfer (program_id, at, member_id, unit, cause, kind, from_member, from_account, to_member, to_account, lot, points)
    values (p_program, p_at, p_member, p_unit, p_cause, 'hold', p_member, 'available', p_member, 'held', v_lot.of, v_take)
    returning id into v_transfer;
    insert into entry (program_id, account_id, account_seq, transfer_id, points, balance_after) values
      (p_program, v_available.id, v_available.version + v_count, v_transfer, -v_take, v_available.balance - p_points + v_need),
      (p_program, v_held.id, v_held.version + v_count, v_transfer, v_take, v_held.balance + p_points - v_need);
    update lot l set remaining = l.remaining - v_take, drawn = l.drawn + v_take
    where l.program_id = p_program and l.member_id = p_member and l.unit = p_unit and l.of = v_lot.of;
    insert into lot_use (program_id, member_id, unit, spending, lot, points)
    values (p_program, p_member, p_unit, p_cause, v_lot.of, v_take);
    draws := (draws::jsonb || jsonb_build_object('of', v_lot.of, 'points', v_take::text))::json;
    exit when v_need = 0;
  end loop;
  if v_need > 0 then
    raise exception 'lots of member % hold % points less than the balance says', p_member, v_need using errcode = 'XX001';
  end if;

  update account set balance = balance - p_points, version = version + v_count where id = v_available.id
    and program_id = p_program and member_id = p_member and unit = p_unit and kind = 'available';
  update account set balance = balance + p_points, version = version + v_count where id = v_held.id
    and program_id = p_program and member_id = p_member and unit = p_unit and kind = 'held';
  insert into member_books as b (program_id, member_id, unit, disturbed_at, version) values (p_program, p_member, p_unit, p_at, 1)
  on conflict (program_id, member_id, unit) do update
    set disturbed_at = greatest(b.disturbed_at, excluded.disturbed_at), version = b.version + 1;
  outcome := 'held';
end $function$

CREATE OR REPLACE FUNCTION public.ledger_must(holds boolean, rule text, message text)
 RETURNS boolean
 LANGUAGE plpgsql
AS $function$ begin
    if holds then return true; end if;
    raise exception '%', message using errcode = 'check_violation', constraint = rule;
  end $function$

aggregate ledger_sum(bigint)
CREATE OR REPLACE FUNCTION public.order_brought(s jsonb)
 RETURNS bigint
 LANGUAGE sql
 IMMUTABLE PARALLEL SAFE
AS $function$
  select case when s -> 'paid' <> 'null' and s -> 'cancelled' = 'null' and s -> 'test' = 'false' then greatest(0,
    (select coalesce(sum((l ->> 'net')::bigint + (l ->> 'tax')::bigint), 0)
      from jsonb_array_elements(s -> 'lines') l where l ->> 'kind' = 'product')
    - case when jsonb_array_length(s -> 'refunds') = 0 then 0 else (
      select coalesce(sum((r ->> 'amount')::bigint + (
        select coalesce(sum((b ->> 'net')::bigint + (b ->> 'tax')::bigint), 0) from jsonb_array_elements(r -> 'lines') b
        where exists (select from jsonb_array_elements(s -> 'lines') l where l -> 'id' = b -> 'line' and l ->> 'kind' = 'product')
      )), 0) from jsonb_array_elements(s -> 'refunds') r where r -> 'failed' = 'null') end)::bigint end
$function$

CREATE OR REPLACE FUNCTION public.tallymark_append_only()
 RETURNS trigger
 LANGUAGE plpgsql
AS $function$ begin
    raise exception '% is append-only: post a further row instead', tg_table_name using errcode = 'restrict_violation';
  end $function$

CREATE OR REPLACE FUNCTION public.tallymark_is_intake()
 RETURNS boolean
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select current_user = 'tallymark_intake'
    or (current_user <> 'tallymark_app' and coalesce(current_setting('tallymark.intake', true), '') = 'on') $function$

CREATE OR REPLACE FUNCTION public.tallymark_programs()
 RETURNS bigint[]
 LANGUAGE sql
 STABLE PARALLEL SAFE
AS $function$ select coalesce(nullif(current_setting('tallymark.programs', true), ''), '{}')::bigint[] $function$

