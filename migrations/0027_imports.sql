-- Members and balances brought from a file. The rows as they came are sealed and dropped when the import ends; what stays of a row
-- is its number, its member and its points.
alter table member add column brought_by uuid; -- the import that made the member: who is brought was welcomed elsewhere

create table import_file (
  program_id bigint not null references program,
  id uuid not null default uuidv7(),
  name text not null,
  -- receiving -> uploaded -> checking -> checked -> importing -> done -> undoing -> undone; failed = gave up, says why
  state text not null check (state in
    ('receiving', 'uploaded', 'checking', 'checked', 'importing', 'done', 'undoing', 'undone', 'failed')),
  encoding text not null,
  separator text not null default ',',
  columns jsonb not null default '[]',
  rows int not null default 0,
  parts int not null default 0,
  mapping jsonb,
  asked_by text not null,
  asked_at timestamptz not null default now(),
  lease_until timestamptz,
  attempts int not null default 0,
  -- parts gone through in the present state
  done int not null default 0,
  cancelled boolean not null default false,
  -- the instant of all that it gives; set when it is begun, so that going on after a crash gives the same
  given_at timestamptz,
  undone_at timestamptz,
  finished_at timestamptz,
  error text,
  report jsonb,
  parity jsonb,
  primary key (program_id, id)
);
create index import_working on import_file (asked_at) where state in ('checking', 'importing', 'undoing');

-- rows first_row, first_row + 1, ... as they came, sealed
create table import_part (
  program_id bigint not null,
  import_id uuid not null,
  n int not null,
  first_row int not null,
  sealed bytea not null,
  primary key (program_id, import_id, n),
  foreign key (program_id, import_id) references import_file on delete cascade
);

-- a usable row: whose (an opaque token until the import ends) and how much
create table import_line (
  program_id bigint not null,
  import_id uuid not null,
  line int not null,
  mailbox text,
  member_id bigint,
  origin text not null,
  unit text not null,
  points bigint not null check (points >= 0),
  -- the last local day on which it can be used, as 2027-12-31; null = as the unit has it
  ends text,
  level text,
  -- kept = some of it was spent when the rest was undone; passed = somebody else's import had brought it meanwhile
  state text not null default 'ready' check (state in ('ready', 'given', 'passed', 'undone', 'kept')),
  primary key (program_id, import_id, line),
  foreign key (program_id, import_id) references import_file on delete cascade
);
create unique index import_line_mailbox on import_line (program_id, import_id, mailbox) where mailbox is not null;
-- one opening balance a member, unit and origin
create unique index import_line_once on import_line (program_id, member_id, origin, unit) where state in ('given', 'kept');

-- a row that cannot be used, and why; never what stood in it
create table import_problem (
  program_id bigint not null,
  import_id uuid not null,
  line int not null,
  reason text not null,
  -- the row that it repeats
  of_line int,
  primary key (program_id, import_id, line),
  foreign key (program_id, import_id) references import_file on delete cascade
);

do $$
declare
  t text;
begin
  foreach t in array array['import_file', 'import_part', 'import_line', 'import_problem'] loop
    execute format('alter table %I enable row level security', t);
    execute format('alter table %I force row level security', t);
    execute format(
      'create policy of_programs on %I using (program_id = any ((select tallymark_programs())::bigint[]))', t);
  end loop;
end $$;
-- which programs have something to do; it is done under the program's own scope
create policy of_intake on import_file for select using ((select tallymark_is_intake()));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on import_file, import_part, import_line, import_problem to tallymark_app;
    grant select (program_id, id, asked_at, state, lease_until) on import_file to tallymark_intake;
  end if;
end $$;
