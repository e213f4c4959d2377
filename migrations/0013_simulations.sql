-- A draft of the rules played over a past: what was asked for, how far it came, and what came out. Whoever works on one renews
-- its lease; one whose worker is gone is begun anew by another.
create table simulation (
  program_id bigint not null references program,
  id uuid not null default uuidv7(),
  rules jsonb not null,
  -- as if in force from this instant on; null = always
  since timestamptz,
  -- a past made by dice instead of the stores' own: how many members, and the seed
  made jsonb,
  asked_by text not null,
  asked_at timestamptz not null default now(),
  lease_until timestamptz,
  -- members gone through, of all; null before it has begun
  done int not null default 0,
  total int,
  cancelled boolean not null default false,
  finished_at timestamptz,
  error text,
  report jsonb,
  primary key (program_id, id)
);
create index simulation_waiting on simulation (asked_at) where finished_at is null;

alter table simulation enable row level security;
alter table simulation force row level security;
create policy of_programs on simulation using (program_id = any ((select tallymark_programs())::bigint[]));
-- which programs have something to do; it is done under the program's own scope
create policy of_intake on simulation for select using ((select tallymark_is_intake()));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update, delete on simulation to tallymark_app;
    grant select (program_id, id, asked_at, lease_until, finished_at) on simulation to tallymark_intake;
  end if;
end $$;
