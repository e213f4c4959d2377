-- What a simulation said of a promotion when it was published, to be held against what happens; and which draft a simulation played.
alter table simulation
  -- which draft was played, and from which version it was begun; null = a file of somebody's own
  add column draft text,
  -- by how many weeks the farthest of its promotions was played earlier, for it is still to come
  add column weeks_back integer not null default 0;

create table forecast (
  program_id bigint not null references program (id),
  promotion text not null,
  unit text not null,
  -- given more with it than without, over the days of the simulation
  points bigint not null,
  -- the part of those days in which its window was open, in hours
  open_hours integer not null,
  -- how many changed promotions the figure is of together
  together integer not null,
  from_at timestamptz not null,
  primary key (program_id, promotion)
);

alter table forecast enable row level security;
alter table forecast force row level security;
create policy of_programs on forecast using (program_id = any ((select tallymark_programs())::bigint[]));

do $$
begin
  if exists (select from pg_roles where rolname = 'tallymark_app') then
    grant select, insert, update on forecast to tallymark_app;
  end if;
end $$;
