-- Everything of a program in one file, made by a worker. The bytes lie sealed, for names and addresses may be in them, and go when
-- their time is over.
create table export_file (
  program_id bigint not null references program,
  id uuid not null default uuidv7(),
  -- whether names, e-mails and phone numbers are in it
  people boolean not null,
  -- making -> done; cancelled and failed = nothing came of it
  state text not null default 'making' check (state in ('making', 'done', 'cancelled', 'failed')),
  asked_by text not null,
  asked_at timestamptz not null default now(),
  lease_until timestamptz,
  -- how often it was begun: what an earlier worker still writes is refused
  attempts int not null default 0,
  done int not null default 0,
  total int,
  finished_at timestamptz,
  ends_at timestamptz,
  error text,
  bytes bigint not null default 0,
  parts int not null default 0,
  manifest jsonb,
  primary key (program_id, id)
);
create index export_making on export_file (asked_at) where state = 'making';
create index export_ending on export_file (ends_at) where ends_at is not null;

create table export_part (
  program_id bigint not null,
  export_id uuid not null,
  n int not null,
  sealed bytea not null,
  primary key (program_id, export_id, n),
  foreign key (program_id, export_id) references export_file on delete cascade
);

do $$
declare
  t text;
begin
  foreach t in array array['export_file', 'export_part'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_programs on %I using (program_id = any ((select tallymark_programs())::bigint[]))', t);
  end loop;
end $$;
-- which programs have something to do; it is done under the program's own scope
create policy of_intake on export_file for select using ((select tallymark_is_intake()));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on export_file, export_part to tallymark_app;
    grant select (program_id, id, asked_at, state, lease_until, ends_at) on export_file to tallymark_intake;
  end if;
end $$;
