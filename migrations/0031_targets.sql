-- What the owner wants the program to reach, to be held against what happens.
create table target (
  program_id bigint not null references program (id),
  what text not null check (what in ('came-back', 'order-value')),
  -- ten-thousandths of a share, or minor units of the program's money
  aim integer not null check (aim > 0),
  set_by text not null,
  set_at timestamptz not null,
  primary key (program_id, what)
);

alter table target enable row level security;
alter table target force row level security;
create policy of_programs on target using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on target to tallymark_app;
  end if;
end $$;
