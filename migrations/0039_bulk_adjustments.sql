-- Points given to, or taken from, many members at once: looked at first, then done part by part. Under `bulk:<id>:<member>` what one
-- member got is an activity (kind adjust), and `undo:bulk:<id>:<member>` takes it back.
create table bulk_adjustment (
  program_id bigint not null references program,
  -- made by whoever asks: the same id again is the same
  id uuid not null,
  unit text not null,
  -- a member; to take when negative
  points bigint not null check (points <> 0),
  reason text not null,
  -- looked -> (waiting -> refused, withdrawn) -> giving -> done -> undoing -> undone; failed = gave up, says why
  state text not null default 'looked' check (state in
    ('looked', 'waiting', 'refused', 'withdrawn', 'giving', 'done', 'undoing', 'undone', 'failed')),
  asked_by text not null,
  asked_at timestamptz not null,
  -- what the look found: whose turn it is, points in all, who has less than is taken, and who was named and cannot be reached
  members int not null default 0,
  total bigint not null default 0,
  short int not null default 0,
  left_out int not null default 0,
  parts int not null default 0,
  -- the second person; null where nobody else was needed, or nobody has decided yet
  decided_by text,
  decided_at timestamptz,
  said text,
  lease_until timestamptz,
  attempts int not null default 0,
  -- parts gone through in the present state, and what became of them
  done int not null default 0,
  given_members int not null default 0,
  given_points bigint not null default 0,
  undone_members int not null default 0,
  cancelled boolean not null default false,
  undone_by text,
  undo_reason text,
  finished_at timestamptz,
  error text,
  primary key (program_id, id),
  check (decided_by <> asked_by)
);
create index bulk_adjustment_working on bulk_adjustment (asked_at) where state in ('giving', 'undoing');
-- what somebody gave today, and the last ones
create index bulk_adjustment_asked on bulk_adjustment (program_id, asked_by, asked_at);
create index bulk_adjustment_latest on bulk_adjustment (program_id, asked_at, id);
create index bulk_adjustment_waiting on bulk_adjustment (program_id) where state = 'waiting';

create table bulk_adjustment_member (
  program_id bigint not null,
  bulk_id uuid not null,
  n int not null,
  member_id bigint not null,
  -- at most
  points bigint not null check (points <> 0),
  -- passed = nothing was there to take, or they are a member no longer; kept = who was erased has nothing to take back
  state text not null default 'ready' check (state in ('ready', 'given', 'passed', 'undone', 'kept')),
  given bigint,
  primary key (program_id, bulk_id, n),
  foreign key (program_id, bulk_id) references bulk_adjustment on delete cascade
);
create unique index bulk_adjustment_once on bulk_adjustment_member (program_id, bulk_id, member_id);
create index bulk_adjustment_given on bulk_adjustment_member (program_id, bulk_id, n) where state = 'given';

do $$
declare
  t text;
begin
  foreach t in array array['bulk_adjustment', 'bulk_adjustment_member'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_programs on %I using (program_id = any ((select tallymark_programs())::bigint[]))', t);
  end loop;
end $$;
-- which programs have something to do; it is done under the program's own scope
create policy of_intake on bulk_adjustment for select using ((select tallymark_is_intake()));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on bulk_adjustment, bulk_adjustment_member to tallymark_app;
    grant select (program_id, id, asked_at, state, lease_until) on bulk_adjustment to tallymark_intake;
  end if;
end $$;
