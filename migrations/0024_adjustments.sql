-- What each role may give or take by hand. No row = the product's own limits (src/loyalty/adjustment-limits.ts); an owner has none.
create table adjustment_limit (
  program_id bigint not null references program,
  role text not null check (role in ('admin', 'support')),
  -- above it a second person has to agree; null = never
  alone bigint check (alone >= 0),
  at_once bigint not null check (at_once >= 0),
  a_day bigint not null check (a_day >= at_once),
  primary key (program_id, role)
);

-- What was given or taken by hand, or waits for a second person. Under its id the points themselves are an activity (kind adjust).
create table adjustment (
  program_id bigint not null,
  -- names the act: the same id again is the same
  id text not null,
  member_id bigint not null,
  unit text not null,
  points bigint not null check (points <> 0),
  reason text not null,
  asked_by text not null,
  asked_at timestamptz not null,
  state text not null check (state in ('given', 'waiting', 'refused', 'withdrawn')),
  -- the second person; null where nobody else was needed, or nobody has decided yet
  decided_by text,
  decided_at timestamptz,
  -- why it was refused
  said text,
  -- the adjustment that this one takes back
  undoes text,
  primary key (program_id, id),
  foreign key (program_id, member_id) references member,
  check (decided_by <> asked_by or state = 'withdrawn')
);
-- what somebody gave today
create index adjustment_asked on adjustment (program_id, asked_by, asked_at);
create index adjustment_waiting on adjustment (program_id, asked_at, id) where state = 'waiting';
create index adjustment_of_member on adjustment (program_id, member_id, asked_at);
create unique index adjustment_undone on adjustment (program_id, undoes) where undoes is not null;

do $$
declare
  t text;
begin
  foreach t in array array['adjustment_limit', 'adjustment'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_programs on %I using (program_id = any ((select tallymark_programs())::bigint[]))', t);
  end loop;
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update on adjustment_limit, adjustment to tallymark_app;
  end if;
end $$;
